import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { driftFix } from '../core/commands/drift-fixes.ts'
import { renameObject } from '../core/commands/rename.ts'
import { setField } from '../core/commands/set-field.ts'
import { isColumn } from '../core/kinds/column/column.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import { schemaOf } from '../core/model/schema.ts'
import { findServices } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import type { Drift } from '../core/sequelize/models/drift.ts'
import { driftBetween } from '../core/sequelize/models/drift-between.ts'
import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { type ModelStyle, renderModels } from '../core/sequelize/models/render-models.ts'
import type { InProcessDatabase } from './in-process.ts'
import { openDatabase } from './node-database.ts'
import { folderFiles } from './replay/folder-cases.test-kit.ts'

const root = join(import.meta.dirname, '../..')
const fixture = (name: string) => readFileSync(join(root, `e2e/fixtures/sql/${name}.sql`), 'utf8')
const forge = readFileSync(join(root, 'src/core/templates/forge-crm.sql'), 'utf8')

let database: InProcessDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const schemaOfSql = async (sql: string) => (await database.importSql(sql)).document

let oldForge: { readonly document: SchemaDocument; readonly reading: ModelReading } | undefined

function read(files: FolderFiles) {
  return database.readModels({
    files,
    services: [{ root: '', modelsFolder: 'models', configFile: null }],
  })
}

/** The models that are written for the document. */
function written(document: SchemaDocument, style: ModelStyle): FolderFiles {
  const files = renderModels(document, style)
  return new Map(files.map(({ fileName, source }) => [`models/${fileName}`, source]))
}

/** Edits of a schema, and what its old models say of it then. */
const edits: readonly (readonly [string, readonly string[]])[] = [
  ['ALTER TABLE accounts DROP COLUMN industry', ['attribute-without-column']],
  ['ALTER TABLE accounts ADD COLUMN score integer', ['column-without-attribute']],
  ['ALTER TABLE accounts ALTER COLUMN industry TYPE varchar(20)', ['attribute-type']],
  ['ALTER TABLE contacts ALTER COLUMN last_name DROP NOT NULL', ['attribute-nullability']],
  ["ALTER TABLE accounts ALTER COLUMN industry SET DEFAULT 'none'", ['attribute-default']],
  ['ALTER TABLE contacts DROP CONSTRAINT contacts_account_id_fkey', ['association-without-foreign-key']],
  ['ALTER TABLE accounts ADD UNIQUE (industry)', ['model-unique']],
  ['CREATE INDEX by_industry ON accounts (industry, name)', ['table-indexes']],
  ['CREATE TABLE news (id integer PRIMARY KEY)', ['table-without-model']],
  ['ALTER TABLE audit_logs RENAME TO events', ['model-without-table', 'table-without-model']],
  ['COMMENT ON TABLE accounts IS $$Who pays$$', ['model-comment']],
  [
    `ALTER TABLE contacts DROP CONSTRAINT contacts_account_id_fkey,
       ADD FOREIGN KEY (account_id) REFERENCES accounts ON DELETE RESTRICT`,
    ['foreign-key-action'],
  ],
  ['ALTER INDEX idx_accounts_name RENAME TO accounts_by_name', ['index-name']],
  ["ALTER TABLE accounts ADD CHECK (name <> '')", []],
]

test.each(edits)('%s is seen by the models that were written before', async (sql, codes) => {
  if (!oldForge) {
    const document = await schemaOfSql(forge)
    oldForge = { document, reading: await read(written(document, 'define')) }
  }
  const after = await schemaOfSql(`${forge};\n${sql};`)
  const { drift } = await database.compareModels(after, oldForge.reading.models)
  expect(drift.map(({ code }) => code)).toEqual(codes)
})

const lines = (drift: readonly Drift[]) => drift.map(({ code, message }) => `${code}: ${message}`)

test.each([
  ['forge', 'class'],
  ['forge', 'typescript'],
  ['shop', 'define'],
  ['shop', 'typescript'],
  ['library', 'class'],
  ['clinic', 'define'],
] as const)('models that are written for %s as %s differ from it in nothing', async (name, style) => {
  const document = await schemaOfSql(name === 'forge' ? forge : fixture(name))
  const { models, problems } = await read(written(document, style))
  expect(problems).toEqual([])
  expect(models.length).toBeGreaterThan(1)
  expect(lines((await database.compareModels(document, models)).drift)).toEqual([])
})

test('the models of a project of sequelize-cli, as its own index loads them', async () => {
  const files = folderFiles('bakery')
  const [service] = findServices(files)
  if (!service) throw new Error('No service')
  const { document } = await database.replay({ files, services: [service], onFailure: 'stop' })
  const { models, problems } = await database.readModels({ files, services: [service] })
  expect(problems).toEqual([])
  expect(models.map(({ name, place }) => [name, place])).toEqual([
    ['Customer', { path: 'models/customer.js', line: 6 }],
    ['Order', { path: 'models/order.js', line: 11 }],
  ])
  const { drift } = await database.compareModels(document, models)
  expect(lines(drift)).toEqual([
    'attribute-type: Customer.name is varchar(120), the column is varchar(80).',
    'attribute-without-column: Customer.phone needs a column phone, which customers lacks.',
    'attribute-labels: The values of Order.state are others than those of its column: the type lacks sold.',
    'attribute-type: Order.total is numeric(10,2), the column is integer.',
    'attribute-default: Order.total is 0 by default, the column has none.',
    'model-index: Order has an index on customer_id, its table does not.',
    'table-indexes: Order does not name the index orders_state.',
    'association-without-foreign-key: Order.belongsTo(Customer) has no foreign key: nothing keeps customer_id to rows of customers.',
  ])
  // Every fix of the schema together leaves what only the models can say.
  let ids = 0
  let fixed = document
  for (const one of drift) {
    const fix = driftFix(one, fixed, () => `new${++ids}`)
    if (fix) fixed = applyPatch(fixed, fix.patch)
  }
  const { drift: rest } = await database.compareModels(fixed, models)
  expect(rest.map(({ code, text }) => [code, text])).toEqual([
    ['table-indexes', "indexes: [{ name: 'orders_state', fields: ['state'] }],"],
  ])
})

test('an edit is compared by what the shadow read of it as by a database of its own', async () => {
  const files = folderFiles('bakery')
  const [service] = findServices(files)
  if (!service) throw new Error('No service')
  const { document: before } = await database.replay({ files, services: [service], onFailure: 'stop' })
  const { models } = await database.readModels({ files, services: [service] })
  const { made } = await database.compareModels(before, models)
  const { canonical } = await database.validate(before)
  const columns = schemaOf(before).all(isColumn)
  const find = (name: string) => columns.find((one) => one.name === name)?.id ?? ''
  let document = applyPatch(
    before,
    setField(before, { object: find('total'), field: 'default', value: '1 + 1' }),
  )
  document = applyPatch(document, renameObject(document, { object: find('email'), name: 'mail' }))
  const report = await database.validate(document)
  const printed = new Map([...canonical, ...report.canonical])
  const drift = driftBetween({ document, printed, models, made })
  expect(lines(drift)).toContain('attribute-default: Order.total is 0 by default, the column is 1 + 1.')
  expect(lines(drift)).toEqual(lines((await database.compareModels(document, models)).drift))
})

const model = (name: string, body: string) =>
  `module.exports = (sequelize, DataTypes) => sequelize.define('${name}', { ${body} }, { timestamps: false })\n`

test('a file that fails says where, and the others are read', async () => {
  const { models, problems } = await read(
    new Map([
      ['models/a.js', model('A', 'x: DataTypes.TEXT')],
      ['models/b.js', `const { y } = require('./nowhere')\n`],
      [
        'models/c.js',
        'module.exports = (sequelize) => {\n  sequelize.define("C", { x: { type: undefined } })\n}\n',
      ],
      ['models/d.js', 'module.exports = {\n  oops(\n'],
      [
        'models/e.ts',
        `import { Table, Model } from 'sequelize-typescript'\n@Table\nexport class E extends Model {}\n`,
      ],
      ['models/f.js', model('F', 'x: DataTypes.TEXT')],
    ]),
  )
  expect(models.map(({ name }) => name)).toEqual(['A', 'F'])
  expect(problems.map(({ problem: { code }, place }) => [code, place?.path, place?.line])).toEqual([
    ['missing-module', 'models/b.js', 1],
    ['model-failed', 'models/c.js', 2],
    ['syntax-error', 'models/d.js', 3],
    ['decorators', 'models/e.ts', 1],
  ])
})

test('models as modules, as classes on a connection of their own, and with a static init', async () => {
  const { models, problems } = await read(
    new Map([
      [
        'models/db.js',
        `import Sequelize from 'sequelize'\nexport const connection = new Sequelize('postgres://u:p@db.example/x', { define: { underscored: true } })\n`,
      ],
      [
        'models/Maker.mjs',
        `import { Model, DataTypes } from 'sequelize'\nimport { connection } from './db.js'\nexport class Maker extends Model {}\nMaker.init({ fullName: DataTypes.STRING }, { sequelize: connection, modelName: 'Maker', timestamps: false })\n`,
      ],
      [
        'models/thing.ts',
        `import * as S from 'sequelize'\nexport class Thing extends S.Model {\n  declare id: number\n  static init(sequelize: S.Sequelize) {\n    return super.init({ id: { type: S.DataTypes.UUID, primaryKey: true, defaultValue: S.DataTypes.UUIDV4 } }, { sequelize, tableName: 'things', schema: 'app', paranoid: true })\n  }\n}\n`,
      ],
      [
        'models/role.js',
        `exports.default = ${model('Role', 'code: { type: DataTypes.STRING, unique: true }').slice(17)}`,
      ],
    ]),
  )
  expect(problems).toEqual([])
  const facts = models.map(({ name, table, attributes }) => [
    name,
    table,
    attributes.map(
      ({ column, isFilled, counts }) => `${column}${isFilled ? ' filled' : ''}${counts ? ' counts' : ''}`,
    ),
  ])
  expect(facts).toEqual([
    ['Maker', { schema: null, name: 'makers' }, ['id counts', 'full_name']],
    ['Role', { schema: null, name: 'Roles' }, ['id counts', 'code']],
    [
      'Thing',
      { schema: 'app', name: 'things' },
      ['id filled', 'createdAt filled', 'updatedAt filled', 'deletedAt filled'],
    ],
  ])
})

test('packages that are not there do nothing, and are named where their content would matter', async () => {
  const { models, problems } = await read(
    new Map([
      [
        'models/a.js',
        `const chalk = require('chalk')
const redis = require('ioredis')
const paginate = require('sequelize-paginate')
const { createNamespace } = require('cls-hooked')
const { Sequelize, DataTypes } = require('sequelize')
Sequelize.useCLS(createNamespace('own'))
console.log(chalk.yellow('reading'))
const cache = new redis.Cluster()
cache.on('error', () => {}).ready = true
const db = new Sequelize('postgres://u:p@db.example/x', { operatorsAliases: false })
class A extends require('own-base').Base {}
const Thing = db.define('Thing', { code: { type: DataTypes.TEXT, defaultValue: require('nanoid').nanoid } })
paginate.paginate(Thing)
module.exports = { Thing, A }
`,
      ],
      [
        'models/b.js',
        `const { prefix } = require('own-names')\n${model('B', 'x: DataTypes.TEXT')}exports.t = 'a' + prefix\n`,
      ],
    ]),
  )
  expect(models.map(({ name, attributes }) => [name, attributes[1]?.isFilled])).toEqual([['Thing', true]])
  expect(problems.map(({ problem: { message }, place }) => [message, place?.path])).toEqual([
    ['own-names cannot be used here: packages of node_modules are not read', 'models/b.js'],
  ])
})

test('an index of Sequelize 3 to 5, and associations among the class methods', async () => {
  const index = `const path = require('path')
const Sequelize = require('sequelize')
const sequelize = new Sequelize('postgres://u:p@db.example/x', { define: { timestamps: false } })
const db = {}
for (const file of ['a.js', 'b.js']) {
  const model = sequelize['import'](path.join(__dirname, file))
  db[model.name] = model
}
Object.keys(db).forEach((name) => 'associate' in db[name] && db[name].associate(db))
module.exports = db
`
  const a = `module.exports = (sequelize, DataTypes) => sequelize.define('A', {}, { classMethods: { associate(models) { models.A.belongsTo(models.B) } } })\n`
  const { models, problems } = await read(
    new Map([
      ['models/index.js', index],
      ['models/a.js', a],
      ['models/b.js', model('B', '')],
    ]),
  )
  expect(problems).toEqual([])
  expect(models.map(({ name, attributes }) => [name, attributes.map((one) => one.name)])).toEqual([
    ['A', ['id', 'BId']],
    ['B', ['id']],
  ])
})

test('models that sequelize-auto writes, with that of the table of what ran, differ in nothing', async () => {
  const document =
    await schemaOfSql(`CREATE TABLE accounts (id bigserial PRIMARY KEY, made timestamptz DEFAULT CURRENT_TIMESTAMP,
    flags text[] DEFAULT '{}', marks text[] DEFAULT '{a,b}', ratio double precision DEFAULT 1.5, none varchar(9) DEFAULT NULL);
    CREATE TYPE enum_accounts_kinds AS ENUM ('x', 'y');
    ALTER TABLE accounts ADD COLUMN kinds enum_accounts_kinds[] DEFAULT '{x}';`)
  const options = (table: string) =>
    `{ sequelize, tableName: '${table}', schema: 'public', timestamps: false }`
  const { models, problems } = await read(
    new Map([
      [
        'models/init-models.js',
        `const DataTypes = require('sequelize').DataTypes
module.exports = function initModels(sequelize) {
  return { accounts: require('./accounts')(sequelize, DataTypes), meta: require('./SequelizeMeta')(sequelize, DataTypes) }
}
module.exports.initModels = module.exports
module.exports.default = module.exports
`,
      ],
      [
        'models/accounts.js',
        `const Sequelize = require('sequelize')
module.exports = (sequelize, DataTypes) => sequelize.define('accounts', {
  id: { autoIncrement: true, type: DataTypes.BIGINT, allowNull: false, primaryKey: true },
  made: { type: DataTypes.DATE, defaultValue: Sequelize.Sequelize.fn('now') },
  flags: { type: DataTypes.ARRAY(DataTypes.TEXT), defaultValue: [] },
  marks: { type: DataTypes.ARRAY(DataTypes.TEXT), defaultValue: ['a', 'b'] },
  ratio: { type: DataTypes.DOUBLE, defaultValue: 1.5 },
  none: DataTypes.STRING(9),
  kinds: { type: DataTypes.ARRAY(DataTypes.ENUM('x', 'y')), defaultValue: ['x'] },
}, ${options('accounts')})\n`,
      ],
      [
        'models/SequelizeMeta.js',
        `module.exports = (sequelize, DataTypes) => sequelize.define('SequelizeMeta', { name: { type: DataTypes.STRING, primaryKey: true } }, ${options('SequelizeMeta')})\n`,
      ],
    ]),
  )
  expect(problems).toEqual([])
  expect(models.map(({ name }) => name)).toEqual(['accounts'])
  expect(lines((await database.compareModels(document, models)).drift)).toEqual([])
})
