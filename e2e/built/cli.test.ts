import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { relata } from '../fixtures/cli.ts'
import { pgliteCatalog } from '../fixtures/pglite-catalog.ts'
import { fixture, forge, forgePath } from '../fixtures/sql.ts'

const customFieldsSql = fixture('forge-custom-fields')

let folder: string
let forgeChanged: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relata-cli-'))
  forgeChanged = write('forge-changed.sql', `${forge}\n${customFieldsSql}`)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('arguments', () => {
  test('help names every command and exit code', async () => {
    const { code, out } = await relata('--help')
    expect(code).toBe(0)
    for (const word of ['import', 'ddl', 'diff', 'prove', 'Exit codes']) expect(out).toContain(word)
  })

  test('help of one command lists its options', async () => {
    const { code, out } = await relata('diff', '--help')
    expect(code).toBe(0)
    expect(out).toContain('--format <sql|json|sequelize|cjs|typescript|umzug>')
  })

  test.each([
    [['frobnicate'], /no command frobnicate/],
    [['ddl'], /takes <file>; 0 given/],
    [['diff', '-', '-', '--format', 'xml'], /one of sql, json, sequelize, .*not xml/],
    [['import', '-', '--loud'], /no option --loud/],
    [['prove', '-', '-', '--rows'], /--rows needs a file/],
  ])('%j is explained', async (args, message) => {
    const { code, err, out } = await relata(...args)
    expect(err).toMatch(message)
    expect(code).toBe(64)
    expect(out).toBe('')
  })

  test('a file that is not there is named', async () => {
    const { code, err } = await relata('ddl', join(folder, 'nowhere.sql'))
    expect(code).toBe(66)
    expect(err).toContain('nowhere.sql')
  })
})

test('export writes another format and tells what that loses', async () => {
  const dbml = await relata('export', forgePath, '--format', 'dbml')
  expect([dbml.code, dbml.out]).toEqual([0, expect.stringContaining('Table accounts [note:')])
  expect(dbml.err).toContain('trigger contacts.contacts_audit_trigger: DBML has no triggers')
  const rows = await relata('export', forgePath, '--format', 'inserts', '--rows', '2')
  expect(rows.out.match(/^INSERT INTO /gm)).toHaveLength(5)
  expect(rows.err).toBe('Nothing is lost.\n')
  const wrong = await relata('export', forgePath, '--format', 'inserts', '--rows', 'many')
  expect([wrong.code, wrong.err]).toEqual([64, expect.stringContaining('--rows is a whole number')])
})

describe('import', () => {
  test('keeps every object of the seed schema', async () => {
    const project = join(folder, 'forge.relata.json')
    const { code, err } = await relata('import', forgePath, '-o', project, '--report', 'json')
    expect(code, err).toBe(0)
    const report = JSON.parse(err.slice(err.indexOf('{'))) as { objects: { outcome: string; name: string }[] }
    expect(report.objects.filter(({ outcome }) => outcome === 'refused' || outcome === 'verbatim')).toEqual(
      [],
    )
    expect(report.objects.filter(({ outcome }) => outcome === 'kept').length).toBeGreaterThan(35)
    const ddl = await relata('ddl', project)
    expect(await pgliteCatalog(ddl.out)).toEqual(await pgliteCatalog(forge))
  })

  test('writes the same project every time', async () => {
    const [first, second] = [await relata('import', forgePath), await relata('import', forgePath)]
    expect(first.out).not.toBe('')
    expect(second.out === first.out).toBe(true)
  })

  test('says what PostgreSQL refused and keeps the rest', async () => {
    const broken = write('broken.sql', 'CREATE TABLE a (id int);\nCREATE TABLE b (id nonsense);\n')
    const { code, out, err } = await relata('import', broken)
    expect(code).toBe(1)
    expect(err).toMatch(/type "nonsense" does not exist/)
    expect(out).toContain('"name":"a"')
  })
})

describe('ddl', () => {
  test('runs and makes the same catalogue', async () => {
    const { code, out, err } = await relata('ddl', forgeChanged)
    expect(code, err).toBe(0)
    expect(await pgliteCatalog(out)).toEqual(await pgliteCatalog(`${forge}\n${customFieldsSql}`))
  })
})

describe('diff', () => {
  test('of a schema with itself is empty', async () => {
    const { code, out, err } = await relata('diff', forgePath, forgePath)
    expect(code, err).toBe(0)
    expect(out).toBe('')
    expect(err).toContain('No differences.')
  })

  test('as SQL leads from one to the other and back', async () => {
    const target = join(folder, 'sql')
    const { code, err } = await relata('diff', forgePath, forgeChanged, '-o', target)
    expect(code, err).toBe(0)
    const up = readFileSync(join(target, 'up.sql'), 'utf8')
    const down = readFileSync(join(target, 'down.sql'), 'utf8')
    const changed = await pgliteCatalog(`${forge}\n${customFieldsSql}`)
    expect(await pgliteCatalog(`${forge}\n${up}`)).toEqual(changed)
    expect(await pgliteCatalog(`${forge}\n${up}\n${down}`)).toEqual(await pgliteCatalog(forge))
  })

  test('as Sequelize reads like the migration a person would write', async () => {
    const target = join(folder, 'sequelize')
    const { code, err } = await relata('diff', forgePath, forgeChanged, '--format=sequelize', '-o', target)
    expect(code, err).toBe(0)
    const [file = ''] = readdirSync(target)
    expect(file).toMatch(/^\d{14}-[a-z0-9-]*contacts[a-z0-9-]*\.js$/)
    const source = readFileSync(join(target, file), 'utf8')
    expect(source).toContain('queryInterface.addColumn(')
    expect(source).toContain('Sequelize.JSONB')
    expect(source).toContain('idx_contacts_full_name')
  })

  test('as JSON is the plan', async () => {
    const { out } = await relata('diff', forgePath, forgeChanged, '--format', 'json')
    const plan = JSON.parse(out) as { up: { action: string }[]; refusals: unknown[] }
    expect(plan.refusals).toEqual([])
    expect(plan.up.map(({ action }) => action)).toEqual(Array(plan.up.length).fill('create'))
  })
})

describe('prove', () => {
  test('a migration with rows up, down and up again in both forms', async () => {
    const { code, out, err } = await relata('prove', forgePath, forgeChanged, '--json')
    expect(code, out + err).toBe(0)
    const result = JSON.parse(out) as {
      outcome: string
      proofs: {
        form: string
        phases: { name: string; differences: unknown[] }[]
        rowsBefore: number
        rowsKept: number
      }[]
    }
    expect(result.outcome).toBe('proven')
    expect(result.proofs.map(({ form }) => form)).toEqual(['sql', 'sequelize'])
    for (const proof of result.proofs) {
      expect(proof.phases.map(({ name }) => name)).toEqual(['up', 'down', 'up again'])
      expect(proof.rowsBefore).toBeGreaterThan(0)
      expect(proof.rowsKept).toBe(proof.rowsBefore)
    }
  })

  test('uses the rows it is given', async () => {
    const rows = write('rows.sql', "INSERT INTO accounts (name) VALUES ('Acme'), ('Globex');\n")
    const { code, out } = await relata('prove', forgePath, forgeChanged, '--rows', rows, '--json')
    expect(code, out).toBe(0)
    expect(out).toMatch(/"rowsBefore": 2/)
  })

  test('fails when rows stand in the way, and says so', async () => {
    const from = write('lax.sql', 'CREATE TABLE a (id int PRIMARY KEY, size int);')
    const to = write('strict.sql', 'CREATE TABLE a (id int PRIMARY KEY, size int NOT NULL);')
    const rows = write('nulls.sql', 'INSERT INTO a VALUES (1, NULL);')
    const { code, out } = await relata('prove', from, to, '--rows', rows)
    expect(code).toBe(1)
    expect(out).toMatch(/contains null values/)
    expect(out).toMatch(/not proven/)
  })

  test('refuses a schema that PostgreSQL refuses', async () => {
    const broken = write('half.sql', 'CREATE TABLE a (id int);\nCREATE VIEW v AS SELECT missing FROM a;')
    const { code, err } = await relata('prove', '-', broken)
    expect(code).toBe(2)
    expect(err).toMatch(/column "missing" does not exist/)
  })
})

describe('open', () => {
  const folders = join('e2e', 'fixtures', 'folders')

  test('builds the schema of a folder, which runs', async () => {
    const { code, out, err } = await relata('open', join(folders, 'shop'))
    expect(code, err).toBe(0)
    expect(err).toContain('3 of 3 migrations ran')
    expect((await pgliteCatalog(out)).filter((line) => line.startsWith('table'))).toHaveLength(2)
  })

  test('stops at a file that fails, or goes on, and says why', async () => {
    const { code, out, err } = await relata('open', join(folders, 'legacy-missing'), '--format', 'json')
    expect(code).toBe(1)
    expect(err).toMatch(/20180102-members\.js:5\n +it would fail on a server too/)
    const result = JSON.parse(out) as { migrations: { outcome: string; changes: string[] }[]; ddl: string }
    expect(result.migrations.map(({ outcome }) => outcome)).toEqual([
      'ran',
      'failed',
      'not-reached',
      'not-reached',
    ])
    expect(result.migrations[1]?.changes).toContain('added table member_kinds')
    const base = join(folders, 'legacy-missing', 'base.sql')
    const based = await relata('open', join(folders, 'legacy-missing'), '--base', base)
    expect(based.code, based.err).toBe(0)
    expect(based.out).toContain('REFERENCES users')
  })

  test('a file that never ends is given up, one that ends the process is told, and the rest runs', async () => {
    const hostile = join(folder, 'hostile')
    mkdirSync(join(hostile, 'migrations'), { recursive: true })
    const file = (name: string, body: string) =>
      write(join('hostile', 'migrations', name), `exports.up = async (q, S) => { ${body} }`)
    file('1.js', `await q.createTable('a', { id: S.INTEGER })`)
    file('2.js', 'for (;;);')
    file('3.js', 'process.exit(3)')
    file('4.js', `await q.addColumn('a', 'b', S.INTEGER)`)
    // Nobody waits for what fails here: Node ends the process, and the next file has nothing to do with it.
    const wait = 'await new Promise((done) => setTimeout(done, 100));'
    file('5.js', `q.addColumn('c', 'd', S.INTEGER); ${wait} await q.createTable('late', {})`)
    file('6.js', `q.sequelize.query('SELECT 1').spread()`)
    file('7.js', `await q.addColumn('a', require('lamp-kit').name, S.INTEGER)`)
    mkdirSync(join(hostile, 'node_modules', 'lamp-kit'), { recursive: true })
    write(join('hostile', 'node_modules', 'lamp-kit', 'package.json'), '{ "main": "kit.js" }')
    write(join('hostile', 'node_modules', 'lamp-kit', 'kit.js'), `exports.name = 'lamp'`)
    const { code, out, err } = await relata('open', hostile, '--skip-failing', '--time-limit', '3')
    expect(code).toBe(1)
    expect(err).toContain('up ran longer than 3 s and was ended. (time-limit)')
    expect(err).toContain('The file called process.exit(3)')
    expect(out).toContain('b integer')
    expect(err).toMatch(/5\.js failed\n +error: relation "public\.c" does not exist \(42P01\)/)
    expect(out).not.toContain('late')
    expect(out).toContain('lamp integer')
    expect(err).toContain('3 of 7 migrations ran')
  })

  test('models are compared with what the migrations build, and one that never ends is given up', async () => {
    const { code, out, err } = await relata('open', join(folders, 'bakery'), '--models', '--format', 'json')
    expect(code).toBe(1)
    expect(err).toContain('models/order.js:11: Order.total is numeric(10,2), the column is integer.')
    expect(err).toContain('2 models read, 8 differences from the schema.')
    const { drift } = JSON.parse(out) as { drift: { code: string; place: { path: string } }[] }
    expect(drift[0]).toMatchObject({ code: 'attribute-type', place: { path: 'models/customer.js', line: 6 } })
    const endless = join(folder, 'endless-model')
    for (const name of ['migrations', 'models']) mkdirSync(join(endless, name), { recursive: true })
    write(
      join('endless-model', 'migrations', '1.js'),
      `exports.up = async (q, S) => { await q.createTable('a', { id: S.INTEGER }) }`,
    )
    write(join('endless-model', 'models', 'a.js'), 'for (;;);')
    const ended = await relata('open', endless, '--models', '--time-limit', '3')
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('Loading the models ran longer than 3 s and was ended.')
  })

  test('undo leaves what the files leave, and a service can be chosen', async () => {
    const undone = await relata('open', join(folders, 'blog'), '--undo')
    expect(undone.code, undone.err).toBe(0)
    expect(undone.out).toBe('')
    const one = await relata('open', join(folders, 'services'), '--service', 'accounts')
    expect(one.out).toContain('CREATE TABLE users')
    expect(one.out).not.toContain('orders')
    const none = await relata('open', join(folders, 'services'), '--service', 'nobody')
    expect(none.code).toBe(64)
    expect(none.err).toContain('There are: accounts, orders.')
  })

  test('a folder without migrations is said', async () => {
    const { code, err } = await relata('open', join('e2e', 'fixtures', 'sql'))
    expect(code).toBe(66)
    expect(err).toContain('There are no migrations in')
  })
})

describe('migrate', () => {
  test('writes into the service that was chosen, when those behind it run with it in place', async () => {
    const services = join(folder, 'services')
    cpSync(join('e2e', 'fixtures', 'folders', 'services'), services, { recursive: true })
    const { out: built } = await relata('open', services)
    const wanted = (more: string) => write('wanted.sql', `${built}\nALTER TABLE users ADD COLUMN ${more};`)
    const accounts = join(services, 'apps', 'accounts', 'database', 'migrations')
    const before = readdirSync(accounts)
    const early = wanted('last_order integer REFERENCES orders')
    const refused = await relata('migrate', services, '--to', early, '--into', './apps/accounts/')
    expect(refused.code, refused.err).toBe(1)
    expect(refused.err).toContain('relation "orders" does not exist')
    expect(readdirSync(accounts)).toEqual(before)
    const phone = wanted('phone text')
    const into = await relata('migrate', services, '--to', phone, '--into', 'accounts', '--name', 'phone')
    expect(into.code, into.err).toBe(0)
    expect(readdirSync(accounts)).toEqual([...before, '0002_phone.js'])
  })
})

test('the build carries what the command line needs', () => {
  expect(existsSync(join('dist', 'engine', 'manifest.json'))).toBe(true)
})
