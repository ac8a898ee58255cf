import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogFileQuery } from '../../src/core/catalog/catalog-file.ts'
import { isCatalogFile } from '../../src/core/import/source-format.ts'
import type { SchemaDocument } from '../../src/core/model/document.ts'
import type { Difference, ImportResult } from '../../src/database/api.ts'
import { differencesBetween } from '../../src/database/catalog-snapshot.ts'
import { importCatalogText } from '../../src/database/import-catalog.ts'
import type { InProcessDatabase } from '../../src/database/in-process.ts'
import { openDatabase } from '../../src/database/node-database.ts'
import { importDatabase } from '../../src/database/server/live-database.ts'
import { relata } from '../fixtures/cli.ts'
import { type Major, type RealPostgres, startRealPostgres, withClient } from '../fixtures/real-postgres.ts'
import { fixture, forge } from '../fixtures/sql.ts'

/** What the newest server has and the oldest has not. */
const newer = `
  CREATE TABLE clinic.beds (a int, b int, c int GENERATED ALWAYS AS (a * 2) VIRTUAL, UNIQUE NULLS NOT DISTINCT (a),
    CONSTRAINT positive CHECK (b > 0) NOT ENFORCED);
  ALTER TABLE clinic.rooms ADD CONSTRAINT noted NOT NULL note NOT VALID;
  CREATE TYPE clinic.span AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = clinic.spans);
  CREATE STATISTICS clinic.shifted ON (a + 1), b FROM clinic.beds;
  CREATE FUNCTION clinic.doubled(a int) RETURNS int LANGUAGE sql IMMUTABLE RETURN a * 2;
  ALTER TABLE clinic.rooms ALTER note SET COMPRESSION pglz;
  CREATE PUBLICATION parts FOR TABLE clinic.beds (a) WHERE (a > 0); CREATE PUBLICATION all_of_it FOR TABLES IN SCHEMA clinic;`

let database: InProcessDatabase
let folder: string

beforeAll(async () => {
  database = await openDatabase()
  folder = mkdtempSync(join(tmpdir(), 'relata-live-'))
})

afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Where PostgreSQL has a document otherwise than another one, built from nothing and printed as often. */
async function differences(expected: SchemaDocument, found: SchemaDocument): Promise<readonly Difference[]> {
  const [left, right] = [await database.canonicalize(expected), await database.canonicalize(found)]
  return differencesBetween(
    { document: left.canonical, facts: left.unmodelled },
    { document: right.canonical, facts: right.unmodelled },
  )
}

const counter = () => {
  let next = 0
  return () => `id ${++next}`
}

const troubles = ({ report }: ImportResult) =>
  report.objects.filter(({ outcome }) => outcome === 'refused' || outcome === 'skipped')

describe.each([13, 18] satisfies Major[])('a database of PostgreSQL %i', (major) => {
  const sql = `${forge}\n${fixture('shop')}\n${fixture('clinic')}\n${major === 18 ? newer : ''}`
  let server: RealPostgres
  let url: string
  let pasted: string

  beforeAll(async () => {
    server = await startRealPostgres(major)
    url = await server.createDatabase('clinic')
    pasted = await withClient(url, async (client) => {
      await client.query(`CREATE ROLE nobody_of_ours; ${sql}`)
      await client.query(
        `SET search_path = clinic; SET DateStyle = German; SET default_transaction_read_only = on`,
      )
      const { rows } = await client.query(catalogFileQuery())
      return String(rows[0].catalogue)
    })
  })

  afterAll(() => server.stop())

  test('one query gives the schema that importing its SQL gives', async () => {
    expect(isCatalogFile(pasted)).toBe(true)
    const expected = await database.importSql(sql)
    // What belongs to most is left out, as a dump writes it.
    expect(troubles(expected)).toEqual([expect.objectContaining({ kind: 'OWNER TO', outcome: 'skipped' })])
    const found = await importCatalogText(pasted)
    expect(troubles(found)).toEqual([
      expect.objectContaining({ kind: 'role', name: 'nobody_of_ours', outcome: 'skipped' }),
    ])
    expect(await differences(expected.document, found.document)).toEqual([])
    expect(found.document.objects.size).toBe(expected.document.objects.size)
  })

  test('reading it directly says the same', async () => {
    const direct = await importDatabase(url, { newId: counter() })
    if ('reason' in direct) throw new Error(direct.reason)
    const read = await importCatalogText(pasted, { newId: counter() })
    expect(direct.document).toEqual(read.document)
  })

  test('psql may draw a table around it, other clients write CSV', async () => {
    const plain = await importCatalogText(pasted, { newId: counter() })
    const space = ' '.repeat(pasted.length / 2)
    const line = '-'.repeat(pasted.length)
    for (const other of [
      `${space}catalogue${space}\n${line}\n ${pasted}\n(1 row)\n\n`,
      `-[ RECORD 1 ]----\ncatalogue | ${pasted}\n`,
      `"catalogue"\n"${pasted.replaceAll('"', '""')}"\n`,
    ]) {
      expect(isCatalogFile(other)).toBe(true)
      expect((await importCatalogText(other, { newId: counter() })).document).toEqual(plain.document)
    }
  })

  test('who owns most stands for who runs migrations, whoever asks', async () => {
    const owned = await server.createDatabase('owned')
    await withClient(owned, (client) =>
      client.query(`CREATE ROLE shop_owner LOGIN PASSWORD 'relata'; CREATE ROLE asks LOGIN PASSWORD 'relata';
        GRANT CREATE ON DATABASE owned TO shop_owner; GRANT CREATE ON SCHEMA public TO shop_owner;
        SET ROLE shop_owner; CREATE SCHEMA app; CREATE TABLE app.things (id int PRIMARY KEY);
        GRANT SELECT ON app.things TO asks; REVOKE DELETE ON app.things FROM shop_owner`),
    )
    const address = new URL(owned)
    address.username = 'asks'
    const asked = await withClient(address.href, async (client) => {
      const { rows } = await client.query(catalogFileQuery())
      return importCatalogText(String(rows[0].catalogue), { newId: counter() })
    })
    const objects = [...asked.document.objects.values()]
    expect(objects.filter(({ kind }) => kind === 'owner')).toEqual([])
    expect(objects.filter(({ kind }) => kind === 'grant').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['CURRENT_USER', 'asks']),
    )
    const direct = await importDatabase(owned, { newId: counter() })
    expect('document' in direct && direct.document).toEqual(asked.document)
  })
})

test('a catalogue that is cut off or changed is refused with the place', async () => {
  const query = catalogFileQuery()
  expect(query.length).toBeLessThan(200_000)
  for (const text of [
    '{"relata" : "x"}',
    '{"relata" : "',
    '{"relata" : "1", "answers" : [[[[',
    '',
    '{}',
    '\0',
  ]) {
    const { document, report } = await importCatalogText(text)
    expect(document.objects.size).toBe(0)
    expect(report.objects).toEqual([expect.objectContaining({ outcome: 'refused' })])
  }
})

test('the command line imports a database and tells what has drifted', async () => {
  const server = await startRealPostgres()
  try {
    const url = await server.createDatabase('shop')
    await withClient(url, (client) => client.query(fixture('shop')))
    const project = join(folder, 'shop.relata.json')
    const imported = await relata('import', url, '-o', project)
    expect([imported.code, imported.err]).toEqual([0, expect.stringContaining('0 refused')])
    const same = await relata('diff', project, url)
    expect([same.code, same.out, same.err]).toEqual([0, '', 'No differences.\n'])
    await withClient(url, (client) => client.query('ALTER TABLE customers ADD COLUMN floor int'))
    const drifted = await relata('diff', project, url)
    expect(drifted.out).toContain('ALTER TABLE customers ADD COLUMN floor integer')
  } finally {
    await server.stop()
  }
})

test('a server that is not there is said to be so', async () => {
  const path = join(folder, 'empty.sql')
  writeFileSync(path, '')
  const run = await relata('diff', path, 'postgres://nobody@127.0.0.1:1/none')
  expect(run.code).toBe(69)
  expect(run.err).toContain('127.0.0.1:1 cannot be read')
})

test('what refuses a connection is said with what to do about it', async () => {
  const server = await startRealPostgres()
  try {
    const address = (change: (url: URL) => void) => {
      const url = new URL(server.url)
      change(url)
      return url.href
    }
    const wrong: readonly (readonly [url: string, said: RegExp])[] = [
      [address((url) => (url.password = 'wrong')), /authentication failed .* Check user and password/],
      [address((url) => (url.pathname = '/none')), /"none" does not exist. What follows the last \//],
      [address((url) => (url.search = 'sslmode=require')), /no encryption: write \?sslmode=disable/],
      [address((url) => (url.port = '1')), /Nothing listens there/],
      ['postgres://me:p@ss/w#rd@127.0.0.1/shop', /ss cannot be read: .* In a password, @ is written %40/],
      ['mysql://me@127.0.0.1/shop', /A database is given as postgres:\/\//],
    ]
    const runs = await Promise.all(
      wrong.map(async ([url, said]) => ({ said, ...(await relata('import', url)) })),
    )
    for (const { said, code, out, err } of runs) {
      expect([code, out]).toEqual([69, ''])
      expect(err).toMatch(said)
      expect(err).not.toMatch(/relata@|wrong|Warning/)
    }
  } finally {
    await server.stop()
  }
})

test('a subscription, which is no part of a schema, does not stand in the way of one', async () => {
  const server = await startRealPostgres()
  try {
    const url = await server.createDatabase('copy')
    await withClient(url, (client) =>
      client.query(`CREATE TABLE a (id int);
        CREATE SUBSCRIPTION s CONNECTION 'dbname=other password=hush' PUBLICATION p WITH (connect = false)`),
    )
    const read = await importDatabase(url, { newId: counter() })
    if ('reason' in read) throw new Error(read.reason)
    expect(troubles(read)).toEqual([expect.objectContaining({ kind: 'subscription', outcome: 'skipped' })])
    expect(JSON.stringify([...read.document.objects.values()])).not.toContain('hush')
    await withClient(url, (client) =>
      client.query(`CREATE FOREIGN DATA WRAPPER w; CREATE SERVER away FOREIGN DATA WRAPPER w;
        CREATE USER MAPPING FOR PUBLIC SERVER away OPTIONS (password 'hush')`),
    )
    const mapped = await importDatabase(url, { newId: counter() })
    expect(
      'report' in mapped && mapped.report.objects.find(({ kind }) => kind === 'user mapping')?.reason,
    ).toMatch(/a password among its options is in the project too/)
  } finally {
    await server.stop()
  }
})
