import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogFileQuery } from '../core/catalog/catalog-file.ts'
import { fuzzRuns, mutated, mutatedJson } from '../core/import/mutated.test-kit.ts'
import { sourceFormatOf } from '../core/import/source-format.ts'
import { blankDocument } from '../core/model/document.ts'
import { initialSettings } from '../core/project/migration-settings.ts'
import { writeProject } from '../core/project/project-file.ts'
import { readProject } from '../core/project/read-project.ts'
import { findServices } from '../core/sequelize/folder/find-services.ts'
import { readSequelizerc } from '../core/sequelize/folder/read-sequelizerc.ts'
import type { ModelFacts } from '../core/sequelize/models/model-facts.ts'
import { splitSql } from '../core/sql/split.ts'
import type { ImportResult } from './api.ts'
import { importCatalogText } from './import-catalog.ts'
import { readForeign } from './import-foreign.ts'
import type { InProcessDatabase } from './in-process.ts'
import { openDatabase } from './node-database.ts'
import { loadSqlParser } from './sql-parser.ts'

let database: InProcessDatabase

beforeAll(async () => {
  database = await openDatabase()
})

afterAll(() => database.close())

const dump = `--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TYPE public.mood AS ENUM ('ok', 'sad');
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.at := now(); RETURN NEW; END $$;
CREATE TABLE public.people (id bigint NOT NULL, name text DEFAULT 'x;y'::text, feels public.mood,
  at timestamp with time zone, CONSTRAINT named CHECK ((length(name) > 0)));
COMMENT ON TABLE public.people IS 'It''s /* no */ comment';
COPY public.people (id, name) FROM stdin;
1\tAnn
2\t\\N
\\.
ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
CREATE INDEX by_name ON public.people USING btree (lower(name)) WHERE (feels = 'ok'::public.mood);
CREATE TRIGGER touched BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE VIEW public.happy AS SELECT people.id FROM public.people;
`

const dbml = `Project shop { database_type: 'PostgreSQL' Note: '''long
note''' }
Enum mood { ok [note: 'fine'] sad }
Table people as p [headercolor: #fff] {
  id bigint [pk, increment]
  "Full name" varchar(40) [not null, default: 'x', note: 'it''s']
  feels mood [default: \`now()\`]
  indexes { (id, "Full name") [unique, name: 'both'] \`lower(x)\` }
}
Table links { person bigint [ref: > people.id] }
Ref named: links.person > p.id [delete: cascade]
TableGroup g { people links }
`

const prisma = `datasource db { provider = "postgresql" url = env("URL") }
generator client { provider = "prisma-client-js" }
/// People
model Person {
  id    Int      @id @default(autoincrement())
  name  String?  @db.VarChar(40) @map("full_name")
  mood  Mood     @default(OK)
  posts Post[]
  tags  String[]
  @@unique([name, mood], map: "both")
  @@map("people")
}
model Post { id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  author Person @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId Int }
enum Mood { OK SAD @map("sad") }
`

/** An importer that refuses says what, and where it can. */
function expectTold({ document, report }: ImportResult): void {
  expect(document.objects).toBeInstanceOf(Map)
  for (const { outcome, reason, problem } of report.objects) {
    if (outcome === 'refused') expect(reason || problem?.message).toBeTruthy()
  }
}

test.each([
  ['dbml', dbml],
  ['prisma', prisma],
] as const)('%s: spoilt, it gives a schema or a line and a reason', async (language, text) => {
  await fc.assert(
    fc.asyncProperty(mutated(text), async (spoilt) => {
      const read = await readForeign(spoilt, language)
      if ('message' in read) {
        expect(read.message).not.toBe('')
        expect(read.line).toBeGreaterThan(0)
        expect(read.line).toBeLessThanOrEqual(spoilt.split('\n').length)
      }
    }),
    { numRuns: fuzzRuns(40), interruptAfterTimeLimit: fuzzRuns(8000) },
  )
})

const aModel: ModelFacts = {
  name: 'User',
  place: { path: 'models/user.js', line: 3 },
  table: { schema: null, name: 'users' },
  comment: null,
  underscored: false,
  attributes: [
    {
      name: 'id',
      column: 'id',
      isFilled: false,
      isImplied: false,
      counts: true,
      comment: null,
      validate: { min: 1 },
    },
  ],
  links: [],
  indexNames: [null],
  scratch: 'm0',
  statements: ['CREATE TABLE "relata_models"."m0" (id serial)'],
}

test('a project file: spoilt, it opens whole or is refused with reasons', async () => {
  const { document } = await database.importSql(dump)
  const patch = {
    objects: { added: document.objects, changed: new Map(), removed: new Map() },
    diagram: noEdits,
  }
  const whole = writeProject({
    id: 'p',
    name: 'Fuzz',
    document,
    baseline: blankDocument,
    replayed: [{ path: 'migrations/1.js', outcome: 'ran', patch }],
    models: { models: [aModel], problems: [] },
    history: [],
    reopened: [],
    migration: initialSettings,
    queries: [{ name: 'Query', sql: 'select 1' }],
  })
  const old = whole.replace('"version": 5', '"version": 1')
  fc.assert(
    fc.property(fc.oneof(mutated(whole, old), mutatedJson(whole), mutatedJson(old)), (spoilt) => {
      const { value, problems } = readProject(spoilt)
      expect(value !== null || problems.some(({ severity }) => severity === 'error')).toBe(true)
      for (const { message } of problems) expect(message).not.toBe('')
    }),
    { numRuns: fuzzRuns(70) },
  )
})

test('a catalogue: spoilt, it is read or refused with a reason', async () => {
  const answer = await database.query(`${dump.replace(/COPY[\s\S]*?\\\.\n/, '')}\n${catalogFileQuery()}`, {
    maxRows: 1,
  })
  const whole = String(answer.results.at(-1)?.rows[0]?.[0])
  expect(sourceFormatOf({ name: '', text: whole })).toBe('catalogue')
  const { answers, ...head } = JSON.parse(whole)
  const spoiltAnswers = mutatedJson(JSON.stringify(answers), 3).map((text) =>
    JSON.stringify({ ...head, answers: JSON.parse(text) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated(whole), spoiltAnswers), async (spoilt) =>
      expectTold(await importCatalogText(spoilt)),
    ),
    { numRuns: fuzzRuns(120) },
  )
})

test('SQL: spoilt, every piece of it is a statement with its line', async () => {
  const parse = await loadSqlParser()
  fc.assert(
    fc.property(mutated(dump), (spoilt) => {
      for (const statement of splitSql(spoilt, parse)) expect(statement.line).toBeGreaterThan(0)
    }),
    { numRuns: fuzzRuns(60) },
  )
})

const many = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join('')

/** Each took hours, when its time grew with the square of its length. */
const enormous: Readonly<Record<string, string>> = {
  'comments that open': '/*'.repeat(1_000_000),
  'comments within comments': `select ${'/*'.repeat(1_000_000)}${'*/'.repeat(1_000_000)} 1;`,
  'comments that open, with semicolons': '/* a;\n'.repeat(500_000),
  'texts that open, with semicolons': "e'\\';\n".repeat(500_000),
  'dollar quotes that open': many(500_000, (index) => `$a${index}$ ;\n`),
  'COPY without its data': 'copy a from stdin;\n'.repeat(200_000),
  'one operator': `select ${'+'.repeat(2_000_000)} 1;`,
  'one line': `create table a (b int);${'select 1;'.repeat(100_000)}`,
  'empty lines': '\n'.repeat(20_000_000),
  'parentheses that open, with semicolons': '(;\n'.repeat(200_000),
  'NUL characters': 'create table a (b int);\0\n'.repeat(100_000),
}

test.each(Object.entries(enormous))(
  'SQL: enormous, %s',
  async (_, text) => {
    const parse = await loadSqlParser()
    expect(sourceFormatOf({ name: '', text })).toBe('sql')
    const statements = splitSql(text, parse)
    const lines = text.split('\n').length
    for (const { line, content } of statements) {
      expect(line <= lines).toBe(true)
      if (content.type === 'broken') expect(content.problem.message).not.toBe('')
    }
  },
  60_000,
)

test('SQL: comments and operators that only look endless are read', async () => {
  const parse = await loadSqlParser()
  const banner = '*'.repeat(5000)
  const text = `/${banner}/ select /* ${'-'.repeat(5000)} */ 1, '${'+'.repeat(5000)}' -- ${'='.repeat(5000)}\n, 2;`
  expect(splitSql(text, parse)).toMatchObject([{ content: { parsed: { type: 'SelectStmt' } } }])
})

test.each([
  ['dbml', many(10_000, (index) => `Table t${index} {\n id int [pk]\n x int [ref: > t0.id]\n}\n`)],
  ['dbml', '('.repeat(20_000)],
  [
    'prisma',
    many(
      10_000,
      (index) =>
        `model T${index} {\n id Int @id\n x Int\n t T0 @relation("r${index}", fields: [x], references: [id])\n}\n`,
    ),
  ],
  ['prisma', '['.repeat(1_000_000)],
  ['prisma', '/* '.repeat(100_000)],
  ['prisma', '"\\'.repeat(300_000)],
] as const)(
  '%s: enormous',
  async (language, text) => {
    const read = await readForeign(text, language)
    if ('message' in read) expect(read.line).toBe(1)
    else expect(read.tables).toHaveLength(10_000)
  },
  120_000,
)

test.each([
  ['an empty file', '', []],
  ['a file of white space', ' \r\n\t', []],
  ['CRLF', "create table a (b text default 'x\r\ny');\r\nCOPY a (b) FROM stdin;\r\n1\r\n\\.\r\n", ['COPY a']],
  ['COPY cut off', 'create table a (b text);\nCOPY a (b) FROM stdin;\n1\n2', ['COPY a', '1']],
  ['a NUL character', 'create table a (b text);\ncreate table c\0(d text);', ['create table c']],
  ['letters that are not UTF-8', "create table a (b text default '\ufffd');", ['Encoding']],
])('SQL: %s', async (_, text, said) => {
  const { document, report } = await database.importSource({ name: 'a.sql', text })
  expect([...document.objects.values()].some(({ name }) => name === 'a')).toBe(text.includes('create'))
  const others = report.objects.filter(({ outcome }) => outcome !== 'kept')
  expect(others).toMatchObject(said.map((name) => ({ name: expect.stringContaining(name) })))
})

test('SQL: spoilt, PostgreSQL runs what it can and the rest is refused at its line', async () => {
  await fc.assert(
    fc.asyncProperty(mutated(dump), async (spoilt) => {
      const result = await database.importSource({ name: 'dump.sql', text: spoilt })
      expectTold(result)
      for (const { outcome, line } of result.report.objects) {
        if (outcome === 'refused') expect(line).toBeGreaterThan(0)
      }
    }),
    { numRuns: fuzzRuns(4), endOnFailure: true },
  )
})

const rc = `const path = require('path')
const root = \`\${__dirname}/src\`
module.exports = {
  'config': path.resolve('config', 'config.js'),
  migrationsPath: path.join(__dirname, 'db') + '/migrations',
  'models-path': root,
}
`

test('.sequelizerc and names of files: spoilt, what can be read of them is', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'migrations/1.js',
      'a/migrations/2-b.ts',
      '.sequelizerc',
      '../x',
      '/',
      '__proto__/1.js',
      '',
    ),
    fc.string({ maxLength: 40, unit: 'binary' }),
  )
  fc.assert(
    fc.property(mutated(rc), fc.array(name, { maxLength: 8 }), (spoilt, names) => {
      readSequelizerc(spoilt)
      const files = new Map([...names.map((path) => [path, spoilt] as const), ['.sequelizerc', spoilt]])
      for (const { migrations } of findServices(files)) {
        for (const path of migrations) expect(files.has(path)).toBe(true)
      }
    }),
    { numRuns: fuzzRuns(100) },
  )
})

test.each(['/* ', "'\\", '`', 'export {', 'a.', 'a = ', '('])(
  '.sequelizerc and migrations: enormous, of %s',
  (piece) => {
    const text = `module.exports = { 'config': ${piece.repeat(100_000)}`
    readSequelizerc(text)
    findServices(new Map([['migrations/up.js', text]]))
  },
  60_000,
)

test.each([
  ['app.dump', 'PGDMP\x01\x0e\0', "pg_restore --schema-only --file=schema.sql 'app.dump'"],
  ['app.tar', 'toc.dat\0\0\0', "pg_restore --schema-only --file=schema.sql 'app.tar'"],
  ['app.sql.gz', '\x1f\ufffd\b\0', "gunzip --keep 'app.sql.gz'"],
])('%s is refused with the command that makes SQL of it', async (name, text, command) => {
  const { report } = await database.importSource({ name, text })
  expect(report.objects).toMatchObject([{ outcome: 'refused', reason: expect.stringContaining(command) }])
})

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }
