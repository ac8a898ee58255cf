import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DataTypes, type Model, type ModelStatic, Sequelize } from 'sequelize'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { runMigrate } from '../../src/cli/migrate.ts'
import { readFolder } from '../../src/cli/read-folder.ts'
import type { InProcessDatabase } from '../../src/database/in-process.ts'
import { openDatabase } from '../../src/database/node-database.ts'
import { folderFiles } from '../../src/database/replay/folder-cases.test-kit.ts'
import { type RealPostgres, startRealPostgres } from '../fixtures/real-postgres.ts'

const root = join(import.meta.dirname, '../..')

let server: RealPostgres
let database: InProcessDatabase
let folder: string

beforeAll(async () => {
  server = await startRealPostgres()
  database = await openDatabase()
  folder = mkdtempSync(join(tmpdir(), 'relata-bakery-'))
  for (const [path, content] of folderFiles('bakery')) put(path, content)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(root, 'node_modules/sequelize'), join(folder, 'node_modules/sequelize'))
  put('node_modules/slugify/index.js', 'module.exports = (text) => text\n')
})

afterAll(async () => {
  await database.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

/** The schema of the folder with the differences of its models cured, and more. */
const wanted = `CREATE TYPE enum_orders_state AS ENUM ('new', 'baked', 'sold');
CREATE TABLE customers (id serial PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, name varchar(120), phone varchar(30),
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, nick_name varchar(40) NOT NULL DEFAULT 'you');
CREATE TABLE orders (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers,
  state enum_orders_state NOT NULL DEFAULT 'new', total numeric(10,2) NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE INDEX orders_customer_id ON orders (customer_id);
CREATE TABLE order_lines (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders ON DELETE CASCADE,
  cake text NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
`

test('models that are written with a migration work on what it builds on a real server', async () => {
  put('wanted.sql', wanted)
  const said: string[] = []
  const terminal = { out: () => undefined, note: (line: string) => void said.push(line) }
  const code = await runMigrate(
    {
      command: 'migrate',
      inputs: [folder],
      options: { to: join(folder, 'wanted.sql'), 'edit-models': true, name: 'order lines' },
      lists: { env: [] },
    },
    database,
    terminal,
  )
  expect(code, said.join('\n')).toBe(exitCodes.done)
  expect(said.join('\n')).toContain('models/customer.js\n')
  expect(said.join('\n')).toContain(
    "  +      nickName: { type: DataTypes.STRING(40), allowNull: false, defaultValue: 'you' },",
  )
  expect(said.join('\n')).toContain('Loaded by Sequelize, the models say what the schema will be.')

  const sequelize = new Sequelize(await server.createDatabase('bakery'), { logging: false })
  try {
    await migrate(sequelize)
    const models = await load(sequelize)
    expect(Object.keys(models).toSorted()).toEqual(['Customer', 'Order', 'OrderLine'])
    for (const model of Object.values(models)) await expectColumns(model, sequelize)
    await expectRows(models)
  } finally {
    await sequelize.close()
  }
})

/** As sequelize-cli runs them. */
async function migrate(sequelize: Sequelize): Promise<void> {
  const load = createRequire(join(folder, 'x.js'))
  const paths = [...readFolder(folder).keys()].filter((path) => path.startsWith('migrations/')).sort()
  for (const path of paths) {
    const migration: { up(queryInterface: unknown, library: unknown): Promise<void> } = load(
      join(folder, path),
    )
    await migration.up(sequelize.getQueryInterface(), Sequelize)
  }
}

type AnyModel = ModelStatic<Model<Record<string, unknown>, Record<string, unknown>>> & {
  associate?(models: Readonly<Record<string, AnyModel>>): void
}

/** Columns that a model names itself, before it is joined with others. */
const own = new Set<string>()

async function load(sequelize: Sequelize): Promise<Readonly<Record<string, AnyModel>>> {
  const require = createRequire(join(folder, 'x.js'))
  const paths = [...readFolder(folder).keys()].filter((path) => /^models\/(?!index)/.test(path))
  const models = paths.map((path): AnyModel => require(join(folder, path))(sequelize, DataTypes))
  for (const model of models) {
    for (const { field } of Object.values(model.getAttributes())) own.add(`${model.name}.${field}`)
  }
  const named = Object.fromEntries(models.map((model) => [model.name, model]))
  for (const model of models) model.associate?.(named)
  return named
}

/** The server's columns are those of the model, and may be null where it says so. */
async function expectColumns(model: AnyModel, sequelize: Sequelize): Promise<void> {
  const real = await sequelize.getQueryInterface().describeTable(model.getTableName())
  const attributes = Object.values(model.getAttributes()).filter(
    ({ type }) => !(type instanceof DataTypes.VIRTUAL),
  )
  expect(attributes.map(({ field }) => field).toSorted()).toEqual(Object.keys(real).toSorted())
  for (const { field = '', allowNull, primaryKey } of attributes) {
    // What only a join made says nothing of null.
    const isOwn = own.has(`${model.name}.${field}`)
    if (!primaryKey && isOwn) expect([field, real[field]?.allowNull]).toEqual([field, allowNull !== false])
  }
}

async function expectRows({ Customer, Order, OrderLine }: Readonly<Record<string, AnyModel>>): Promise<void> {
  if (!Customer || !Order || !OrderLine) throw new Error('No model')
  const customer = await Customer.create({ email: 'ada@example.org' })
  const order = await Order.create({ customerId: customer.get('id'), total: 3 })
  await OrderLine.create({ orderId: order.get('id'), cake: 'apple' })
  const found = await Order.findOne({ include: [{ all: true }] })
  expect(found?.toJSON()).toMatchObject({
    customer: { email: 'ada@example.org', nickName: 'you' },
    orderLines: [{ cake: 'apple' }],
  })
}
