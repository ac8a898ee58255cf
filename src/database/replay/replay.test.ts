import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentSql } from '../../core/ddl/ddl-of-document.ts'
import { findServices } from '../../core/sequelize/folder/find-services.ts'
import type { InProcessDatabase } from '../in-process.ts'
import { openDatabase } from '../node-database.ts'
import type { Replay, ReplayRequest } from './replay.ts'

let database: InProcessDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const up = (body: string, down = '') =>
  `module.exports = {\n  up: async (q, S) => {\n    ${body}\n  },\n  down: async (q, S) => { ${down} },\n};\n`

/** Files in the folder `migrations`, by name. */
async function replay(
  migrations: Readonly<Record<string, string>>,
  choices: Partial<ReplayRequest> = {},
): Promise<Replay> {
  const files = new Map(Object.entries(migrations).map(([name, text]) => [`migrations/${name}`, text]))
  return database.replay({ files, services: findServices(files), onFailure: 'stop', ...choices })
}

const outcomes = ({ migrations }: Replay) => migrations.map(({ outcome }) => outcome)

const three = {
  '1.js': up(`await q.createTable('a', { id: S.INTEGER })`, `await q.dropTable('a')`),
  '2.js': up(
    `await q.createTable('b', { id: S.INTEGER });\n    await q.addColumn('nothing', 'x', S.INTEGER);`,
  ),
  '3.js': up(`await q.createTable('c', { id: S.INTEGER })`, `await q.dropTable('c')`),
}

test('stops at a failure, and says where it was and what it left behind', async () => {
  const result = await replay(three)
  expect(outcomes(result)).toEqual(['ran', 'failed', 'not-reached'])
  const failed = result.migrations[1]
  expect(failed?.failure).toMatchObject({
    problem: { code: '42P01', sql: 'ALTER TABLE "public"."nothing" ADD COLUMN "x" INTEGER;' },
    place: { path: 'migrations/2.js', line: 4 },
    fault: 'migration',
  })
  expect([...(failed?.changes.objects.added.values() ?? [])].map(({ name }) => name)).toEqual(['b', 'id'])
  expect(documentSql(result.document)).toBe(
    'CREATE TABLE a (\n  id integer\n);\n\nCREATE TABLE b (\n  id integer\n);\n',
  )
})

test('goes on after a failure, after one of them, or without a file', async () => {
  expect(outcomes(await replay(three, { onFailure: 'go-on' }))).toEqual(['ran', 'failed', 'ran'])
  expect(outcomes(await replay(three, { goOnAfter: ['migrations/2.js'] }))).toEqual(['ran', 'failed', 'ran'])
  const without = await replay(three, { without: ['migrations/2.js'], undo: true })
  expect(outcomes(without)).toEqual(['ran', 'left-out', 'ran'])
  expect(documentSql(without.document)).not.toContain('TABLE b')
  expect(without.undo?.migrations.map(({ path }) => path)).toEqual(['migrations/3.js', 'migrations/1.js'])
  expect(documentSql(without.undo?.document ?? without.document)).toBe('')
})

test('a base comes first, and its history is not told as that of the migrations', async () => {
  const base = 'CREATE TABLE nothing (id int); CREATE VIEW v AS SELECT broken;'
  const result = await replay(three, { base })
  expect(outcomes(result)).toEqual(['ran', 'ran', 'ran'])
  expect([...result.start.objects.values()].map(({ name }) => name)).toContain('nothing')
  expect(result.base?.objects).toMatchObject([
    { outcome: 'refused', reason: 'column "broken" does not exist' },
  ])
  const changed = result.migrations.map(({ changes }) => changes.objects.added.size)
  expect(changed).toEqual([2, 3, 2])
})

test('a rename keeps its object, and drops and additions are told apart', async () => {
  const { migrations, document } = await replay({
    '1.js': up(`await q.createTable('a', { id: S.INTEGER, x: S.TEXT })`),
    '2.js': up(`await q.renameTable('a', 'b'); await q.renameColumn('b', 'x', 'y')`),
    '3.js': up(`await q.removeColumn('b', 'id')`),
  })
  const second = migrations[1]?.changes.objects
  expect([second?.added.size, second?.removed.size]).toEqual([0, 0])
  expect([...(second?.changed.values() ?? [])].map(({ from, to }) => [from.name, to.name])).toEqual([
    ['a', 'b'],
    ['x', 'y'],
  ])
  expect([...(migrations[2]?.changes.objects.removed.values() ?? [])].map(({ name }) => name)).toEqual(['id'])
  expect(documentSql(document)).toBe('CREATE TABLE b (\n  y text\n);\n')
})

test('an extension that is not here is passed over and named with what depends on it', async () => {
  const result = await replay(
    {
      '1.js': up(
        `await q.sequelize.query('CREATE EXTENSION IF NOT EXISTS postgis; CREATE TABLE a (id int)')`,
      ),
      '2.js': up(`await q.sequelize.query('ALTER TABLE a ADD place geometry')`),
      '3.js': up(`await q.addColumn('a', 'b', S.TEXT)`),
    },
    { onFailure: 'go-on' },
  )
  expect(outcomes(result)).toEqual(['ran', 'failed', 'ran'])
  expect(result.missingExtensions).toEqual([{ name: 'postgis', path: 'migrations/1.js', line: 3 }])
  expect(result.migrations[1]?.failure).toMatchObject({
    fault: 'unknown',
    problem: { code: '42704', hint: expect.stringContaining('postgis') },
  })
})

test('a transaction left open is said, and what is in it is gone', async () => {
  const result = await replay({
    '1.js': up(
      `const transaction = await q.sequelize.transaction(); await q.createTable('a', { id: S.INTEGER }, { transaction })`,
    ),
    '2.js': up(`await q.createTable('b', { id: S.INTEGER })`),
  })
  expect(outcomes(result)).toEqual(['ran', 'ran'])
  expect(result.problems).toMatchObject([{ code: 'transaction-left-open', severity: 'warning' }])
  expect(documentSql(result.document)).not.toContain('TABLE a')
})

test('a project that asks for another major version of Sequelize is told which one ran', async () => {
  const files = new Map([
    ['package.json', '{ "dependencies": { "sequelize": "^5.22.0" } }'],
    ['migrations/1.js', three['1.js']],
  ])
  const result = await replay({}, { files, services: findServices(files) })
  expect(outcomes(result)).toEqual(['ran'])
  expect(result.problems).toMatchObject([
    { code: 'other-sequelize', message: expect.stringContaining(`^5.22.0; the migrations ran on 6.`) },
  ])
})

test('files that the migrations read are named, from wherever they are', async () => {
  const files = new Map([
    ['config/config.js', `module.exports = require('./names.json')`],
    ['config/names.json', '{}'],
    ['db/columns.js', `exports.id = (S) => ({ type: S.INTEGER })`],
    ['db/a.sql', 'CREATE TABLE b ()'],
    ['db/unread.sql', 'DROP TABLE b'],
    ['db/migrations/1.js', `exports.up = (q, S) => q.createTable('a', { id: require('../columns').id(S) })`],
    [
      'db/migrations/2.js',
      `exports.up = (q) => q.sequelize.query(require('fs').readFileSync(__dirname + '/../a.sql', 'utf8'))`,
    ],
  ])
  const { read, document } = await database.replay({
    files,
    services: findServices(files),
    onFailure: 'stop',
  })
  expect(read).toEqual([
    'config/config.js',
    'config/names.json',
    'db/a.sql',
    'db/columns.js',
    'db/migrations/1.js',
    'db/migrations/2.js',
  ])
  expect(documentSql(document)).toContain('CREATE TABLE b')
})

test('the text of an expression is kept as it was written', async () => {
  const { document } = await replay({
    '1.js': up(`await q.sequelize.query("CREATE TABLE a (s text CHECK (s in ('x', 'y')))")`),
  })
  expect(documentSql(document)).toContain("s in ('x', 'y')")
})

test('the migrations of two services with one name: the second is noted already', async () => {
  const files = new Map([
    ['one/migrations/1-init.js', up(`await q.createTable('a', { id: S.INTEGER })`)],
    ['two/migrations/1-init.js', up(`await q.createTable('b', { id: S.INTEGER })`)],
  ])
  const result = await database.replay({ files, services: findServices(files), onFailure: 'stop' })
  expect(outcomes(result)).toEqual(['ran', 'noted-before'])
})

test('progress is told by file, and a replay can be cancelled', async () => {
  const phases: string[] = []
  const controller = new AbortController()
  const files = new Map(Object.entries(three).map(([name, text]) => [`migrations/${name}`, text]))
  const request: ReplayRequest = { files, services: findServices(files), onFailure: 'go-on' }
  const onProgress = ({ phase }: { readonly phase: string }) => {
    phases.push(phase)
    if (phase === 'Running 2.js') controller.abort()
  }
  await expect(database.replay(request, { onProgress, signal: controller.signal })).rejects.toThrow(/abort/i)
  expect(phases).toEqual(['Running 1.js', 'Running 2.js'])
})

test('rows of a base are there for the migrations, and so are the names that it notes as done', async () => {
  const base = `SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.a (id serial PRIMARY KEY, name text);
CREATE TABLE public."SequelizeMeta" (name varchar(255) NOT NULL PRIMARY KEY);
COPY public.a (name) FROM stdin;
it's\\ta
\\N
\\.
INSERT INTO public.a (name) VALUES ('c');
COPY public."SequelizeMeta" (name) FROM stdin;
1.js
\\.
SELECT pg_catalog.setval('public.a_id_seq', 3);
`
  const count = `const [[{ n }]] = await q.sequelize.query("SELECT count(*) || '_' || max(name) AS n FROM a");
    await q.addColumn('a', 'n' + n.replace(/\\W/g, '_'), S.INTEGER);`
  const result = await replay({ '1.js': three['1.js'], '2.js': up(count) }, { base })
  expect(outcomes(result)).toEqual(['noted-before', 'ran'])
  expect(documentSql(result.document)).toContain('n3_it_s_a integer')
  expect(result.base?.objects).toEqual([])
})

test('a file that leaves another search path behind fails, and the next one starts anew', async () => {
  const leaves =
    up(`await q.sequelize.query("SET search_path TO ''"); await q.createTable('a', { id: S.INTEGER })
    .catch(() => q.sequelize.query('CREATE TABLE public.a ()'));`)
  const result = await replay({ '1.js': leaves, '2.js': three['3.js'] }, { onFailure: 'go-on' })
  expect(outcomes(result)).toEqual(['failed', 'ran'])
  expect(result.migrations[0]?.failure?.problem).toMatchObject({
    code: '42P01',
    message: 'relation "SequelizeMeta" does not exist',
  })
  expect(documentSql(result.document)).toBe('CREATE TABLE a ();\n\nCREATE TABLE c (\n  id integer\n);\n')
})
