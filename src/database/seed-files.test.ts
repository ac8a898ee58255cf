import { afterAll, beforeAll, expect, test } from 'vitest'
import { renameObject } from '../core/commands/rename.ts'
import { alignDocuments } from '../core/diff/align-documents.ts'
import { isColumn } from '../core/kinds/column/column.kind.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import { schemaOf } from '../core/model/schema.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import { findServices } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import { withNext } from '../core/sequelize/folder/with-next.ts'
import { writeNext } from '../core/sequelize/folder/write-next.ts'
import { ownSource } from '../core/sequelize/model-files/signature.ts'
import { withChanges } from './check-model-files.ts'
import type { InProcessDatabase } from './in-process.ts'
import { openDatabase } from './node-database.ts'
import { checkSeedFiles, proposeSeedFiles } from './seed-files.ts'

let database: InProcessDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const stamp = new Date(Date.UTC(2026, 10, 23, 9))

/** A folder whose one migration is that SQL. */
const folderOf = (sql: string, files: Readonly<Record<string, string>> = {}): FolderFiles =>
  new Map([
    ['migrations/1-first.js', `module.exports = { up: (q) => q.sequelize.query(\`${sql}\`), down() {} }\n`],
    ...Object.entries(files),
  ])

/** A column under another name, or a table where the column is null. */
type Rename = readonly [table: string, column: string | null, name: string]

function renamed(document: SchemaDocument, [table, column, name]: Rename): SchemaDocument {
  const schema = schemaOf(document)
  const holder = schema.all(isTable).find((one) => one.name === table)?.id ?? ''
  const object = column === null ? holder : (schema.named(holder, column, isColumn)?.id ?? '')
  return applyPatch(document, renameObject(document, { object, name }))
}

/** What is proposed for a folder's seeds when its schema becomes that of the SQL, and whether it runs. */
async function follow(files: FolderFiles, sql: string, renames: readonly Rename[] = []) {
  const services = findServices(files)
  const [service] = services
  if (!service) throw new Error('No service')
  const { document: from } = await database.replay({ files, services, onFailure: 'stop' })
  const known = renames.reduce(renamed, from)
  const to = alignDocuments(known, (await database.importSql(sql)).document)
  const plan = await database.plan(from, to)
  expect(plan.refusals).toEqual([])
  const { style } = detectStyle(files, service)
  const next = writeNext({ plan, title: 'next', stamp, style, service, services }).files
  const request = { onFailure: 'stop', ...withNext({ files, services }, 'migrations', next) } as const
  const wanted = { request, files, service, from, to, style, stamp, everyTable: false }
  const { changes, unfilled } = await proposeSeedFiles(database, wanted)
  const check = (accepted: readonly FileChange[]) =>
    checkSeedFiles(database, { request, service, changes: accepted })
  return { files: request.files, changes, unfilled, check }
}

const summary = (changes: readonly FileChange[]) =>
  changes.map(({ path, owner, after, byHand }) =>
    [path, owner, after === null ? 'goes' : '', ...byHand.map(({ what }) => what)].filter(Boolean).join(', '),
  )

const textOf = (changes: readonly FileChange[], name: string) =>
  changes.find(({ path }) => path.includes(name))?.after ?? ''

test('every table of a folder without seeds gets one, of whatever types, referenced ones first', async () => {
  const sql = `CREATE TYPE mood AS ENUM ('it''s "fine"', 'low');
    CREATE DOMAIN price AS numeric(10,2) CHECK (VALUE > 0);
    CREATE SCHEMA shop;
    CREATE TABLE "Odd people" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "full name" text NOT NULL,
      born date, at timestamptz NOT NULL DEFAULT now(), mood mood NOT NULL, moods mood[], big bigint NOT NULL,
      data jsonb NOT NULL, plain json, raw bytea NOT NULL, tags text[] NOT NULL, ok boolean NOT NULL,
      ratio double precision NOT NULL, doubled double precision GENERATED ALWAYS AS (ratio * 2) STORED,
      boss int REFERENCES "Odd people", span tstzrange, spot point);
    CREATE TABLE shop.items (id bigserial PRIMARY KEY, sku varchar(8) NOT NULL UNIQUE, price price NOT NULL,
      owner int NOT NULL REFERENCES "Odd people");
    CREATE TABLE owns (person int REFERENCES "Odd people", item bigint REFERENCES shop.items, note text,
      PRIMARY KEY (person, item));
    CREATE TABLE log (at timestamptz NOT NULL, said text, data json);
    CREATE TABLE flags (code uuid PRIMARY KEY DEFAULT gen_random_uuid(), on_at timestamp)`
  const { changes, check, files } = await follow(
    folderOf(sql),
    `${sql};\nCREATE TABLE late (id serial PRIMARY KEY)`,
  )
  const names = changes.map(({ path, owner }) => `${owner} ${path.replace(/\d/, '#')}`)
  expect(names.toSorted()).toEqual(
    ['flags', 'items', 'late', 'log', 'odd-people', 'owns'].map((name) => `new seeders/#-demo-${name}.js`),
  )
  expect(await check(changes)).toEqual({ problems: [], others: [], rows: 18 })
  // What is given a number goes on behind it.
  const after = withChanges(files, [
    ...changes,
    {
      path: 'seeders/9-more.js',
      after: `exports.up = (q) => q.sequelize.query("INSERT INTO shop.items (sku, price, owner) VALUES ('zz', 1, 1)")
        exports.down = () => Promise.resolve()`,
    },
  ])
  expect(textOf(changes, 'items')).toContain("bulkInsert({ tableName: 'items', schema: 'shop' }, [")
  expect(textOf(changes, 'odd-people')).toContain('OVERRIDING SYSTEM VALUE')
  const services = findServices(after)
  const steps = [...after.keys()].filter((path) => path.startsWith('seeders/')).sort()
  const { seeds } = await database.replay({
    files: after,
    services,
    onFailure: 'stop',
    seeds: {
      service: services[0] ?? { name: '', root: '', configFile: null },
      steps: steps.map((path) => ({ type: 'run', path })),
      again: false,
    },
  })
  expect(seeds?.runs.filter(({ failure }) => failure)).toEqual([])
})

test('tables that refer to each other in a circle, or to themselves, get their references', async () => {
  const sql = `CREATE TABLE staff (id serial PRIMARY KEY, name text NOT NULL, boss int REFERENCES staff);
    CREATE TABLE teams (country text, code text, lead int REFERENCES staff, PRIMARY KEY (country, code));
    ALTER TABLE staff ADD country text, ADD code text, ADD FOREIGN KEY (country, code) REFERENCES teams`
  const { changes, check, files } = await follow(
    folderOf(sql),
    `${sql};\nCREATE TABLE late (id int PRIMARY KEY)`,
  )
  expect(await check(changes)).toEqual({ problems: [], others: [], rows: 9 })
  const staff = textOf(changes, 'staff')
  expect(staff).toMatch(/id: 1, name: 'Ada 1', boss: null/)
  expect(staff).toMatch(/id: 3, name: '[^']+', boss: 1/)
  expect(textOf(changes, 'teams')).not.toContain('lead')
  expect(staff.match(/bulkUpdate\(/g)).toHaveLength(6)
  // It is known for Relata's own, and follows both tables that it is about.
  const written = withChanges(files, changes)
  const again = await follow(
    written,
    `${sql.replace('lead int', 'chief int')};\nCREATE TABLE late (id int PRIMARY KEY)`,
    [['teams', 'lead', 'chief']],
  )
  expect(summary(again.changes)).toEqual([expect.stringMatching(/demo-staff\.js, ours$/)])
  expect(textOf(again.changes, 'staff')).toContain("bulkUpdate('teams', { chief: 1 }")
  expect(await again.check(again.changes)).toEqual({ problems: [], others: [], rows: 3 })
  const both = `CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL); CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a);
    ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE`
  // Rows that a person has put in are left as they are.
  const theirs = `exports.up = (q) => q.sequelize.query("INSERT INTO d VALUES (1)")
    exports.down = () => Promise.resolve()`
  const before = 'CREATE TABLE d (id int PRIMARY KEY)'
  const { unfilled, changes: more } = await follow(
    folderOf(before, { 'seeders/0-d.js': theirs }),
    `${before}; ${both}; CREATE TABLE c (id int PRIMARY KEY, d int REFERENCES d);
     ALTER TABLE d ADD c int REFERENCES c`,
  )
  expect(textOf(more, 'demo-c')).toContain('d: 1')
  expect(textOf(more, 'demo-c')).not.toContain('bulkUpdate')
  expect(unfilled.find(({ table }) => table === 'b')?.refusal).toContain(
    '(b → a → b): let one reference be null',
  )
})

test('rows that no key tells are taken out by all their values, and no others', async () => {
  const sql = `CREATE DOMAIN doc AS json;
    CREATE TABLE log (at timestamptz NOT NULL, said text, data json, more doc, spot point, span int4range, tags text[]);
    CREATE TABLE blobs (data json NOT NULL);
    CREATE TABLE parts (kind int NOT NULL, note text) PARTITION BY LIST (kind);
    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1, 2);
    CREATE TABLE parts_2 PARTITION OF parts DEFAULT`
  const mine = `exports.up = async (q) => {
    await q.sequelize.query("INSERT INTO blobs (data) VALUES ('[]'), ('[]')")
    await q.sequelize.query("INSERT INTO log (at, said) VALUES (now(), 'mine')")
  }
  exports.down = async () => {}`
  const { changes, files } = await follow(folderOf(sql), `${sql};\nCREATE TABLE late (id int PRIMARY KEY)`)
  const own = changes.filter(({ path }) => /log|blobs|parts/.test(path))
  expect(own.length).toBeGreaterThan(2)
  const all = withChanges(files, [...own, { path: 'seeders/0-mine.js', after: mine }])
  const services = findServices(all)
  const steps = ['seeders/0-mine.js', ...own.map(({ path }) => path)].map(
    (path) => ({ type: 'run', path }) as const,
  )
  const service = services[0] ?? { name: '', root: '', configFile: null }
  const seeds = { service, steps, again: true }
  const replay = await database.replay({ files: all, services, onFailure: 'stop', seeds })
  const downs = (replay.seeds?.runs ?? []).filter(({ phase }) => phase === 'down')
  expect(replay.seeds?.runs.filter(({ failure }) => failure)).toEqual([])
  expect(downs.map(({ rows }) => rows)).toEqual([...own.map(() => -3), 0])
})

const shop = `CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, mail text NOT NULL, age int);
  CREATE TABLE orders (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users, note text)`

const theirs = `// Whom we show around.
const people = [
  { id: 1, 'name': 'Ada', mail: "a@b.example", age: 36 }, // the first
  { id: 2, name: 'Linus', mail: 'l@b.example', age: 20 },
]

module.exports = {
  async up(queryInterface) {
    await queryInterface.bulkInsert('users', people)
  },
  async down(queryInterface) {
    await queryInterface.bulkDelete('users', { name: ['Ada', 'Linus'] })
  },
}
`

test('a person’s own rows follow names and columns, and what they lack is said', async () => {
  const { changes, check } = await follow(
    folderOf(shop, { 'db/x': '', 'seeders/20200101-people.js': theirs }),
    `CREATE TABLE members (id serial PRIMARY KEY, "fullName" text NOT NULL, mail text NOT NULL);
     CREATE TABLE orders (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES members, note text);
     CREATE TABLE posts (id serial PRIMARY KEY, by int NOT NULL REFERENCES members)`,
    [
      ['users', 'name', 'fullName'],
      ['users', null, 'members'],
    ],
  )
  expect(summary(changes)).toEqual([
    'seeders/20200101-people.js, theirs',
    'seeders/20261123-demo-posts.js, new',
  ])
  expect(changes[0]?.after).toBe(
    theirs
      .replace("'name': 'Ada'", "fullName: 'Ada'")
      .replace("name: 'Linus'", "fullName: 'Linus'")
      .replace("name: ['Ada'", "fullName: ['Ada'")
      .replaceAll(/, age: \d+/g, '')
      .replaceAll("'users'", "'members'"),
  )
  expect(await check(changes)).toEqual({ problems: [], others: [], rows: 5 })
  const alone = await check(changes.filter(({ owner }) => owner === 'new'))
  expect(alone.others).toEqual([
    expect.objectContaining({ phase: 'up', message: 'relation "users" does not exist' }),
  ])
  // Without the person's rows there is nobody to have written the posts.
  expect(alone.problems).toEqual([expect.objectContaining({ path: 'seeders/20261123-demo-posts.js' })])
})

test('what no row gives, and rows that are made elsewhere, are left to a person', async () => {
  const computed = theirs.replace("'users', people", "'users', people.map((one) => ({ ...one }))")
  const wanted = shop
    .replace('mail text NOT NULL', 'address text NOT NULL')
    .replace('age int', 'age int, born date NOT NULL')
  const { changes, check } = await follow(folderOf(shop, { 'seeders/1-people.js': computed }), wanted, [
    ['users', 'mail', 'address'],
  ])
  expect(summary(changes)).toEqual([
    'seeders/1-people.js, theirs, The column mail is called address now., Give every row of users a value for born.',
  ])
  expect((await check(changes)).problems[0]?.message).toMatch(/column "mail"/)
})

test('files of Relata follow their tables, and stay as they are otherwise', async () => {
  const first = await follow(folderOf(shop), `${shop};\nCREATE TABLE tags (tag text PRIMARY KEY)`)
  expect(first.changes).toHaveLength(3)
  for (const { after } of first.changes) expect(ownSource(after ?? '')).not.toBeNull()
  const written = withChanges(first.files, first.changes)
  const { changes, check } = await follow(
    written,
    `CREATE TABLE users (id serial PRIMARY KEY, label text NOT NULL, mail text NOT NULL, age int, born date NOT NULL);
     CREATE TABLE orders (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users, note text)`,
    [['users', 'name', 'label']],
  )
  expect(summary(changes)).toEqual(['seeders/3-demo-tags.js, ours, goes', 'seeders/1-demo-users.js, ours'])
  const [before = '', after = ''] = [changes[1]?.before ?? '', changes[1]?.after ?? '']
  expect(after).toMatch(/label: 'Ada 1', mail: 'ada1@example.com', age: 1, born: '2026-01-01'/)
  const lines = after.split('\n')
  expect(before.split('\n').filter((line) => !lines.includes(line))).toHaveLength(4)
  expect(await check(changes)).toEqual({ problems: [], others: [], rows: 3 })
  // Changed by hand, it is a person's own.
  const path = 'seeders/1-demo-users.js'
  const edited = withChanges(written, [{ path, after: before.replace('Ada 1', 'Ada Lovelace') }])
  const theirOwn = await follow(edited, shop.replace('name text', 'label text'), [['users', 'name', 'label']])
  const change = theirOwn.changes.find((one) => one.path === path)
  expect(change?.owner).toBe('theirs')
  expect(change?.after).toContain("label: 'Ada Lovelace'")
})

test('a file that does not run, or does not take its rows away, is not proved', async () => {
  const { check } = await follow(folderOf(shop), `${shop};\nCREATE TABLE tags (tag text PRIMARY KEY)`)
  const seed = (up: string, down: string) => `module.exports = { up: (q) => q.${up}, down: (q) => ${down} }`
  const users = "bulkInsert('users', [{ name: 'a', mail: 'b' }])"
  const given = (after: string): FileChange => ({
    path: 'seeders/1.js',
    owner: 'new',
    before: null,
    after,
    byHand: [],
  })
  const messages = async (up: string, down: string) =>
    (await check([given(seed(up, down))])).problems.map(({ phase, message }) => `${phase}: ${message}`)
  expect(await messages(users, "q.bulkDelete('users', null, {})")).toEqual([])
  expect(await messages(users, 'Promise.resolve()')).toEqual([
    'down: of 1 rows that 1.js puts in, its down takes 0 away',
  ])
  expect(await messages("bulkInsert('nobody', [{ a: 1 }])", 'null')).toEqual([
    'up: relation "nobody" does not exist',
  ])
})

test('seeds are written as the folder’s migrations are, and as its other seeds are', async () => {
  const umzug = new Map([
    [
      'src/migrations/01_users.mjs',
      `export async function up({ context: queryInterface }) {\n\tawait queryInterface.sequelize.query("${shop.replaceAll('\n', ' ')}")\n}\n\nexport async function down({ context: queryInterface }) {\n\tawait queryInterface.dropTable("users")\n}\n`,
    ],
  ])
  const services = findServices(umzug)
  const [service] = services
  if (!service) throw new Error('No service')
  const { document: from } = await database.replay({ files: umzug, services, onFailure: 'stop' })
  const { style } = detectStyle(umzug, service)
  const request = { files: umzug, services, onFailure: 'stop' } as const
  const { changes } = await proposeSeedFiles(database, {
    request,
    files: umzug,
    service,
    from,
    to: from,
    style,
    stamp,
    everyTable: true,
  })
  expect(summary(changes)).toEqual(['seeders/01_demo_users.mjs, new', 'seeders/02_demo_orders.mjs, new'])
  expect(textOf(changes, 'users')).toContain(
    'export async function up({ context: queryInterface }) {\n\tawait',
  )
  expect(await checkSeedFiles(database, { request, service, changes })).toEqual({
    problems: [],
    others: [],
    rows: 6,
  })
})
