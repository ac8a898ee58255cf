import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, EngineCrash, PgError } from './engine.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'

const open = async () => openPglite(await nodeAssets())

async function refused(work: Promise<unknown>): Promise<PgError> {
  try {
    await work
  } catch (error) {
    if (error instanceof PgError) return error
    throw error
  }
  throw new Error('PostgreSQL did not refuse it')
}

describe('engine', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await open()
  })
  afterAll(() => engine.close())

  test('parses values exactly', async () => {
    const { rows } =
      await engine.query(`select 1::int4 as i, 9007199254740993::int8 as big, 1.10::numeric as n,
      true as b, null::text as nothing, '{"a":[1]}'::jsonb as j, array['a,b','q"\\x',null] as texts,
      array[[1,2],[3,4]] as grid, array[1,2]::int8[] as bigs, 'x'::"char" as c, array['n']::name[] as names,
      26::oid as o, '1 2'::int2vector as v, array[]::text[] as none`)
    expect(rows[0]).toEqual({
      i: 1,
      big: '9007199254740993',
      n: '1.10',
      b: true,
      nothing: null,
      j: { a: [1] },
      texts: ['a,b', 'q"\\x', null],
      grid: [
        [1, 2],
        [3, 4],
      ],
      bigs: ['1', '2'],
      c: 'x',
      names: ['n'],
      o: 26,
      v: '1 2',
      none: [],
    })
  })

  test('prints parameters', async () => {
    const sql =
      'select $1::oid[] is null as none, $2::int[] as numbers, $3::jsonb as data, $4::text[] as texts'
    for (let round = 0; round < 2; round += 1) {
      const { rows } = await engine.query(sql, [null, [1, 2], { a: 'b' }, ['x"y', 'a,b', null]])
      expect(rows[0]).toEqual({ none: true, numbers: [1, 2], data: { a: 'b' }, texts: ['x"y', 'a,b', null] })
    }
  })

  test('carries every field of an error', async () => {
    await engine.run('create table t (id int primary key, n text not null)')
    const unique = await refused(engine.run("insert into t values (1, 'a'), (1, 'b')"))
    expect(unique.fields).toMatchObject({
      code: '23505',
      severity: 'ERROR',
      schema: 'public',
      table: 't',
      constraint: 't_pkey',
      detail: 'Key (id)=(1) already exists.',
    })
    const column = await refused(engine.run("select 'é', nn from t"))
    expect(column.fields).toMatchObject({ code: '42703', position: 13 })
    expect(column.fields.hint).toContain('t.n')
  })

  test('knows the state of the transaction', async () => {
    await engine.run('begin')
    expect(engine.transaction).toBe('open')
    await refused(engine.run('select nothing'))
    expect(engine.transaction).toBe('failed')
    await engine.run('rollback')
    expect(engine.transaction).toBe('idle')
  })

  test('cuts rows where asked', async () => {
    const [result] = await engine.raw('select generate_series(1, 100000000) as n', { maxRows: 3 })
    expect(result).toMatchObject({ truncated: true, rows: [['1'], ['2'], ['3']] })
    const [whole] = await engine.raw('values (1), (2)', { maxRows: 3 })
    expect(whole).toMatchObject({ truncated: false, command: 'SELECT 2' })
  })

  test('never lets COPY FROM STDIN through', async () => {
    for (const sql of [
      'copy t from stdin',
      'COPY public."t" (id) FROM /* here */ STDIN WITH (format csv)',
      '-- a\nselect 1; copy t from stdin',
    ]) {
      expect((await refused(engine.run(sql))).fields.code).toBe('57014')
    }
    await engine.run("select 'copy t from stdin'")
    await engine.run('copy t to stdout')
  })

  test('system catalogues are closed', async () => {
    expect((await refused(engine.run('create schema pg_mine'))).fields.code).toBe('42939')
  })

  test('gives a proper error for runaway recursion', async () => {
    await engine.run(
      'create function loop(n int) returns int language plpgsql as $$ begin return loop(n + 1); end $$',
    )
    expect((await refused(engine.query('select loop(1)'))).fields.code).toBe('54001')
    expect((await engine.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('prepared statements outlive DISCARD ALL', async () => {
    await engine.query('select $1::int as n', [1])
    await engine.run('discard all')
    expect((await engine.query('select $1::int as n', [2])).rows).toEqual([{ n: 2 }])
  })

  test('passes notices on', async () => {
    const heard: string[] = []
    const stop = engine.onNotice((notice) => heard.push(`${notice.severity}: ${notice.message}`))
    await engine.run("do $$ begin raise notice 'hello'; end $$")
    stop()
    await engine.run("do $$ begin raise notice 'unheard'; end $$")
    expect(heard).toEqual(['NOTICE: hello'])
  })

  test('drops a thousand tables at once', async () => {
    await engine.run('create schema many')
    for (let n = 0; n < 1000; n += 1) await engine.run(`create table many.t${n} (id int primary key)`)
    await engine.run('drop schema many cascade')
  }, 60_000)
})

test('extensions load when they are asked for', async () => {
  const engine = await open()
  const wanted = `"uuid-ossp" pgcrypto citext pg_trgm btree_gin btree_gist hstore ltree unaccent intarray tablefunc
    vector moddatetime cube isn seg lo fuzzystrmatch bloom`
  for (const name of wanted.split(/\s+/)) await engine.run(`create extension if not exists ${name}`)
  await engine.run('create extension earthdistance cascade')
  const { rows } = await engine.query(`select encode(digest('a', 'sha256'), 'hex') like 'ca978112%' as hash,
    uuid_generate_v5(uuid_nil(), 'a')::text as id, 'A'::citext = 'a' as citext, unaccent('é') as plain,
    '[1,2]'::vector <-> '[1,3]' as distance, similarity('abc', 'abd') > 0.3 as similar`)
  expect(rows[0]).toMatchObject({ hash: true, citext: true, plain: 'e', distance: 1, similar: true })
  const unknown = await refused(engine.run('create extension postgis'))
  expect(unknown.fields.code).toBe('0A000')
  await engine.close()
}, 60_000)

test('a silent failure is a crash, and the engine stays closed after it', async () => {
  const engine = await open()
  // With the depth PGlite comes with, the WebAssembly stack overflows before PostgreSQL notices.
  await engine.run("set max_stack_depth = '2MB'")
  await engine.run(
    'create function loop(n int) returns int language plpgsql as $$ begin return loop(n + 1); end $$',
  )
  await expect(engine.query('select loop(1)')).rejects.toBeInstanceOf(EngineCrash)
  await expect(engine.query('select 1')).rejects.toBeInstanceOf(EngineCrash)
}, 60_000)
