import { afterAll, describe, expect, test } from 'vitest'
import { isOwner } from '../core/kinds/owner/owner.kind.ts'
import { openDatabase } from './node-database.ts'
import { proving } from './proving.test-kit.ts'

const { prove, firstValue } = proving()
const database = await openDatabase()
afterAll(() => database.close())

const base = `CREATE ROLE app; CREATE ROLE "Two ""words"""; CREATE SCHEMA inner_part;
  CREATE TABLE t (id serial PRIMARY KEY, at int); CREATE VIEW v AS SELECT id FROM t; GRANT SELECT ON v TO app; GRANT SELECT ON t TO PUBLIC;
  CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE TYPE mood AS ENUM ('sad');`

describe('owners', () => {
  test('are given, changed and taken back, with what was granted before', async () => {
    await prove(
      base,
      `ALTER TABLE t OWNER TO app; ALTER VIEW v OWNER TO "Two ""words"""; ALTER FUNCTION f(int) OWNER TO app; ALTER TYPE mood OWNER TO app;
       ALTER SCHEMA inner_part OWNER TO app; REVOKE DELETE ON t FROM app`,
      '',
      async () =>
        expect(
          await firstValue(`select pg_get_userbyid(relowner) from pg_class where relname = 't_id_seq'`),
        ).toBe('app'),
    )
    await prove(`${base} ALTER TABLE t OWNER TO app`, 'ALTER TABLE t OWNER TO "Two ""words"""')
  })

  test('change places with those who have rights', async () => {
    const two = '"Two ""words"""'
    const rights = `${base} CREATE TABLE u (); GRANT SELECT ON u TO app`
    const swapped = `REVOKE SELECT ON u FROM app; ALTER TABLE u OWNER TO app; GRANT INSERT ON u TO ${two}`
    await prove(rights, swapped)
    await prove(`${base} CREATE TABLE u (); ALTER TABLE u OWNER TO ${two}; GRANT SELECT ON u TO app`, swapped)
  })

  test('stay where an object is made anew', () =>
    prove(
      `${base} ALTER VIEW v OWNER TO app`,
      `DROP VIEW v; ALTER TABLE t ALTER COLUMN id TYPE bigint; CREATE VIEW v AS SELECT id FROM t; GRANT SELECT ON v TO app; ALTER VIEW v OWNER TO app`,
    ))

  test('are read from a source, but for the one that most belongs to', async () => {
    const { document } = await database.importSql(`CREATE TABLE a (); CREATE TABLE b (); CREATE TABLE c ();
      ALTER TABLE a OWNER TO app; ALTER TABLE b OWNER TO app; ALTER TABLE c OWNER TO other; CREATE TYPE m AS ENUM (); ALTER TYPE m OWNER TO other;
      ALTER TABLE a OWNER TO app`)
    const found = [...document.objects.values()].filter(isOwner)
    expect(found.map(({ name, parent }) => [name, document.objects.get(parent ?? '')?.name])).toEqual([
      ['other', 'c'],
      ['other', 'm'],
    ])
    expect((await database.validate(document)).differences).toEqual([])
  })
})
