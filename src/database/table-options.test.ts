import { describe, expect, test } from 'vitest'
import { pairOf } from './migration-pair.test-kit.ts'
import { proving } from './proving.test-kit.ts'

const { planOf, prove, proveInstead, firstValue } = proving()

describe('a collation', () => {
  const sorted = (definition: string) => `CREATE COLLATION own (${definition});
    CREATE TABLE words (word text COLLATE own DEFAULT 'a' NOT NULL, other text, UNIQUE (word), CHECK (word > 'A' COLLATE own));
    CREATE INDEX by_other ON words (other COLLATE own); CREATE VIEW seen AS SELECT word FROM words ORDER BY other COLLATE own;
    COMMENT ON COLLATION own IS 'Kept'`

  test('sorts otherwise under a column, a key, a check, an index and a view', async () => {
    await prove(
      sorted("PROVIDER = libc, LOCALE = 'C'"),
      `DROP VIEW seen; DROP TABLE words; DROP COLLATION own; ${sorted("PROVIDER = libc, LOCALE = 'POSIX'")}`,
    )
    await proveInstead(
      sorted("PROVIDER = libc, LOCALE = 'C'"),
      sorted("PROVIDER = builtin, LOCALE = 'C.UTF-8'"),
      "INSERT INTO words VALUES ('b', 'c')",
      async () => expect(await firstValue('select word from seen')).toBe('b'),
    )
  })

  test('is refused where a domain is sorted by it', async () => {
    const domain = 'CREATE DOMAIN name_text AS text COLLATE own'
    const { from } = await planOf(`${sorted("PROVIDER = libc, LOCALE = 'C'")}; ${domain}`, '')
    const objects = new Map(from.objects)
    for (const object of objects.values())
      if (object.kind === 'collation') objects.set(object.id, Object.assign({}, object, { lcCtype: 'POSIX' }))
    expect(pairOf(from, { ...from, objects }).plan.refusals[0]?.message).toContain('name_text')
  })
})

describe('an unlogged table', () => {
  const pair = `CREATE TABLE a (id int PRIMARY KEY, up int REFERENCES a); CREATE TABLE b (a int REFERENCES a);`

  test('and one that refers to it go off the log and on it again together', () =>
    prove(
      pair,
      'ALTER TABLE b SET UNLOGGED; ALTER TABLE a SET UNLOGGED',
      'INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1)',
    ))

  test('is renamed and moved at once with its reference', () =>
    prove(
      `${pair} CREATE SCHEMA app;`,
      `ALTER TABLE b SET UNLOGGED; ALTER TABLE a SET UNLOGGED; ALTER TABLE a RENAME TO c; ALTER TABLE b SET SCHEMA app`,
    ))
})

describe('a parameter of the TOAST table', () => {
  test('is set with the first column that needs one, and goes with the last', async () => {
    await prove(
      'CREATE TABLE t (id int)',
      'ALTER TABLE t ADD COLUMN body text; ALTER TABLE t SET (toast.autovacuum_enabled = off)',
    )
    await prove(
      'CREATE TABLE t (id int, body text) WITH (toast.autovacuum_enabled = off)',
      'ALTER TABLE t RESET (toast.autovacuum_enabled); ALTER TABLE t DROP COLUMN body',
    )
  })
})
