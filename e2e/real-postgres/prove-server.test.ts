import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, PgError } from '../../src/database/engine.ts'
import { openScratchServer, type ScratchServer } from '../../src/database/server/scratch-server.ts'
import { loadSqlParser } from '../../src/database/sql-parser.ts'
import { relata, startRelata } from '../fixtures/cli.ts'
import { type Major, type RealPostgres, startRealPostgres, withClient } from '../fixtures/real-postgres.ts'

const before = `
  CREATE ROLE reader; CREATE ROLE keeper;
  CREATE TABLE posts (id integer PRIMARY KEY, title text NOT NULL, likes integer NOT NULL DEFAULT 0);
  CREATE INDEX posts_title ON posts (title);
  GRANT SELECT ON posts TO reader;`
const after = `${before}
  ALTER TABLE posts ALTER likes TYPE bigint, ADD COLUMN status text NOT NULL DEFAULT 'published', ADD CHECK (likes >= 0);
  GRANT UPDATE ON posts TO keeper;`

let newest: RealPostgres
let oldest: RealPostgres
let folder: string
let from: string
let to: string

beforeAll(async () => {
  newest = await startRealPostgres(18)
  oldest = await startRealPostgres(13)
  folder = mkdtempSync(join(tmpdir(), 'relata-server-'))
  from = write('from.sql', before)
  to = write('to.sql', after)
})

afterAll(async () => {
  await newest.stop()
  await oldest.stop()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Everything of the server that a run could leave behind or change. */
function serverState(server: RealPostgres): Promise<unknown> {
  return withClient(server.url, async (client) => {
    const { rows } = await client.query(`
      select array(select datname::text from pg_database order by 1) as databases,
        array(select rolname || rolcanlogin || rolcreatedb from pg_roles order by 1) as roles,
        array(select roleid::regrole || ' ' || member::regrole from pg_auth_members order by 1) as members`)
    return rows
  })
}

function run(server: RealPostgres, sql: string): Promise<unknown> {
  return withClient(server.url, (client) => client.query(sql))
}

/** The server's address as another role gives it. */
function as(role: string, { url }: RealPostgres): string {
  const address = new URL(url)
  address.username = role
  return address.href
}

interface ProofText {
  readonly outcome: string
  readonly proofs: readonly {
    readonly postgres: string
    readonly locks?: object
    readonly compatibility?: object
  }[]
  readonly server: {
    readonly databases: number
    readonly droppedRoles: string[]
    readonly usedRoles: string[]
  }
}

test('proves on the newest server with its own roles and extensions, and leaves it as it was', async () => {
  // Not among those of the page.
  const extension = 'CREATE EXTENSION pgrowlocks;'
  const ends = [write('own-from.sql', extension + before), write('own-to.sql', extension + after)] as const
  await run(newest, 'CREATE ROLE keeper NOLOGIN; CREATE ROLE neighbour')
  const state = await serverState(newest)
  const proof = await relata('prove', ...ends, '--server', newest.url, '--fill', '6000')
  expect(proof.code, proof.err + proof.out).toBe(0)
  expect(proof.out).toContain('SQL form on PostgreSQL 18.4')
  expect(proof.out).toMatch(/up blocks reads and writes of posts for .* of 60\d\d rows/)
  expect(proof.out).toMatch(/\d databases made and dropped\n {2}roles made and dropped: reader\n/)
  expect(proof.out).toContain('roles that the server has, used as they are there: keeper\n')
  expect(await serverState(newest)).toEqual(state)
})

test('makes no tablespace: one that a schema needs must be there', async () => {
  const schema = 'CREATE TABLE kept (id int PRIMARY KEY) TABLESPACE fast;'
  const ends = [
    write('here.sql', schema),
    write('there.sql', `${schema} CREATE INDEX again ON kept (id) TABLESPACE fast`),
  ]
  const refused = await relata('prove', ...ends, '--server', newest.url)
  expect(refused.code).toBe(69)
  expect(refused.err).toContain('lacks 1 tablespace of the schema, which nothing makes there: fast.')
  await withClient(newest.url, async (client) => {
    await client.query('SET allow_in_place_tablespaces = on')
    await client.query("CREATE TABLESPACE fast LOCATION ''")
  })
  const proof = await relata('prove', ...ends, '--server', newest.url)
  expect(proof.code, proof.err + proof.out).toBe(0)
  await run(newest, 'DROP TABLESPACE fast')
})

test('proves phases on the oldest server, as a role that may no more than make databases', async () => {
  await run(oldest, `CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'relata'`)
  const state = await serverState(oldest)
  const proof = await relata('prove', from, to, '--zero-downtime', '--json', '--server', as('maker', oldest))
  expect(proof.code, proof.err + proof.out).toBe(0)
  const result: ProofText = JSON.parse(proof.out)
  expect(result.outcome).toBe('proven')
  for (const { postgres, locks, compatibility } of result.proofs) {
    expect(postgres).toBe('13.23')
    expect(locks).toBeDefined()
    expect(compatibility).toBeDefined()
  }
  expect(result.server.droppedRoles).toEqual(['keeper', 'reader'])
  expect(result.server.databases).toBeGreaterThan(3)
  expect(await serverState(oldest)).toEqual(state)
})

test('a person who stops it leaves nothing behind', async () => {
  const state = await serverState(newest)
  const { run: ended, process: child } = startRelata('prove', from, to, '--server', newest.url)
  const isAtWork = async () => JSON.stringify(await serverState(newest)).includes('relata_proof_')
  await expect.poll(isAtWork, { timeout: 60_000, interval: 50 }).toBe(true)
  child.kill('SIGINT')
  const { code, err } = await ended
  expect(err).toContain('Stopped')
  expect(err).not.toContain('A bug')
  expect(code).toBe(130)
  expect(await serverState(newest)).toEqual(state)
})

describe('a server that cannot be used is said', () => {
  const refused = async (address: string, ...args: readonly string[]): Promise<string> => {
    const { code, err, out } = await relata('prove', from, to, '--server', address, ...args)
    expect(code, err).toBe(69)
    expect(out).toBe('')
    return err
  }

  test('when nobody answers there', async () => {
    expect(await refused('postgres://postgres:secret@127.0.0.1:1/app')).toMatch(
      /No connection to 127\.0\.0\.1:1: .*ECONNREFUSED/,
    )
  })

  test('when the password is wrong, which is not shown', async () => {
    const err = await refused(newest.url.replace(':relata@', ':guess@'))
    expect(err).toContain('password authentication failed')
    expect(err).not.toContain('guess')
  })

  test('when the address is none', async () => {
    expect(await refused('localhost')).toContain('postgres://user:password@host')
  })

  test('when the role may not make databases', async () => {
    await run(newest, `CREATE ROLE visitor LOGIN PASSWORD 'relata'`)
    expect(await refused(as('visitor', newest))).toContain('ALTER ROLE visitor CREATEDB')
  })

  test('when it is older than the target', async () => {
    expect(await refused(oldest.url, '--target', '14')).toMatch(/PostgreSQL 13\.23, older than the target 14/)
  })
})

describe.each([13, 18] satisfies Major[])('databases on PostgreSQL %i', (major) => {
  let scratch: ScratchServer
  let guarded: Engine

  const serverOf = () => (major === 13 ? oldest : newest)

  beforeAll(async () => {
    await run(serverOf(), `CREATE ROLE resident; CREATE ROLE member; GRANT resident TO member`)
    const opened = await openScratchServer(serverOf().url, await loadSqlParser())
    if ('reason' in opened) throw new Error(opened.reason)
    scratch = opened
    guarded = await scratch.open()
  })

  test.each([
    'ALTER ROLE resident LOGIN',
    'ALTER ROLE resident RENAME TO gone',
    'ALTER ROLE resident SET work_mem = 1',
    'ALTER ROLE ALL SET work_mem = 1',
    'ALTER ROLE CURRENT_USER CREATEDB',
    'DROP ROLE resident',
    'DROP OWNED BY resident',
    'GRANT pg_monitor TO resident',
    'REVOKE resident FROM member',
    `COMMENT ON ROLE resident IS 'x'`,
    `COMMENT ON DATABASE postgres IS 'x'`,
    'CREATE DATABASE other',
    'DROP DATABASE postgres',
    'ALTER DATABASE postgres SET work_mem = 1',
    `ALTER SYSTEM SET work_mem = 1`,
    `CREATE TABLESPACE t LOCATION '/tmp'`,
    'SELECT 1; DROP ROLE resident',
  ])('%s is not run', async (sql) => {
    await expect(guarded.run(sql)).rejects.toThrow(/a proof changes nothing that it did not make/)
  })

  test('what a run made itself it may change, and goes with the last database that uses it', async () => {
    const state = await serverState(serverOf())
    const [first, second] = [await scratch.open(), await scratch.open()]
    await first.raw(`CREATE ROLE newcomer; ALTER ROLE newcomer LOGIN; GRANT resident TO newcomer;
      COMMENT ON ROLE newcomer IS 'x'; CREATE TABLE t (); GRANT SELECT ON t TO newcomer, resident`)
    await second.raw('CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO newcomer')
    await first.close()
    expect(JSON.stringify(await serverState(serverOf()))).toContain('newcomer')
    await second.close()
    expect(await serverState(serverOf())).toEqual(state)
  })

  test('a session behaves as in the page', async () => {
    const engine = await scratch.open()
    const notices: string[] = []
    engine.onNotice(({ message }) => notices.push(message))
    expect(engine.version.startsWith(String(major))).toBe(true)
    const [first, second] = await engine.raw(
      `SELECT 1 AS a, NULL AS b; DO $$ BEGIN RAISE NOTICE 'said'; END $$`,
    )
    expect(first).toMatchObject({ command: 'SELECT 1', rows: [['1', null]], truncated: false })
    expect(second).toMatchObject({ command: 'DO', fields: null })
    expect(notices).toEqual(['said'])
    const typed = await engine.query('SELECT $1::int4 AS n, $2::json AS j, ARRAY[true] AS a', [4, { x: 1 }])
    expect(typed.rows).toEqual([{ n: 4, j: { x: 1 }, a: [true] }])
    const some = await engine.raw('SELECT generate_series(1, 9)', { maxRows: 2 })
    expect(some).toMatchObject([{ truncated: true, rows: [['1'], ['2']] }])
    await engine.run('BEGIN')
    const error = await engine.run(`SELECT 'x'::int`).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PgError)
    expect(error).toMatchObject({ fields: { code: '22P02', severity: 'ERROR', position: 8 } })
    expect(engine.transaction).toBe('failed')
    await engine.run('ROLLBACK')
    expect(engine.transaction).toBe('idle')
    await engine.close()
    await expect(engine.run('SELECT 1')).rejects.toThrow(/closed/)
  })

  test('ending the run ends what is running, and says what it did', async () => {
    await guarded.run('CREATE ROLE sleeper')
    const sleeping = guarded.run('SELECT pg_sleep(600)').catch((thrown: unknown) => thrown)
    const report = await scratch.close()
    expect(report).toMatchObject({ droppedRoles: ['newcomer', 'sleeper'], left: [] })
    expect(await sleeping).toMatchObject({ name: 'EngineCrash' })
    expect(JSON.stringify(await serverState(serverOf()))).not.toMatch(/relata_proof|sleeper|newcomer/)
    await expect(scratch.open()).rejects.toThrow(/not used any more/)
  })
})
