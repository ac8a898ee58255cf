import { describe, expect, test } from 'vitest'
import { proving } from './proving.test-kit.ts'

const { prove, proveInstead, planOf, firstValue, engine, rolledBack, run } = proving()

const cities = `CREATE TABLE cities (name text NOT NULL, people int DEFAULT 1, CONSTRAINT counted CHECK (name <> 'none'));`
const plain = `CREATE TABLE plain (name text NOT NULL, people int, CONSTRAINT counted CHECK (name <> 'none'));`
const capitals = `CREATE TABLE capitals (state char(2) NOT NULL DEFAULT 'x', PRIMARY KEY (name)) INHERITS (cities);
  CREATE INDEX by_state ON capitals (state, people); COMMENT ON TABLE capitals IS 'Kept'; COMMENT ON COLUMN capitals.people IS 'Own';
  CREATE VIEW seen AS SELECT name, people FROM capitals;`
const rows = "INSERT INTO cities VALUES ('Bonn', 3); INSERT INTO capitals VALUES ('Rome', 4, 'it')"

const titles = ({ up }: { readonly up: readonly { readonly title: string }[] }) =>
  up.map(({ title }) => title)

/** What only the catalogue knows: whose own each column and constraint is, and from how many tables it is had. */
const facts = `select jsonb_agg(v order by v) from (
  select c.relname || '.' || a.attname || ' ' || a.attislocal || ' ' || a.attinhcount from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  union all select c.relname || '.' || regexp_replace(k.conname, '_not_null\\d*$', '_not_null') || ' ' || k.conislocal || ' ' || k.coninhcount from pg_constraint k
    join pg_class c on c.oid = k.conrelid where k.contype in ('c', 'n')
  union all select h.inhrelid::regclass || ' ' || h.inhseqno || ' ' || h.inhparent::regclass from pg_inherits h
    join pg_class c on c.oid = h.inhrelid and c.relkind = 'r') f (v)`

/** Up and down leave exactly what was there, to the last fact of the catalogue. */
async function proveFacts(base: string, change: string, more = ''): Promise<void> {
  await prove(base, change, more)
  const { plan } = await planOf(base, change)
  await rolledBack(async () => {
    await engine().raw(`${base};${more}`)
    const before = await firstValue(facts)
    await engine().raw(change)
    const after = await firstValue(facts)
    await engine().raw('ROLLBACK; BEGIN')
    await engine().raw(`${base};${more}`)
    await run(plan.up)
    expect(await firstValue(facts)).toEqual(after)
    await run(plan.down)
    expect(await firstValue(facts)).toEqual(before)
  })
}

describe('a table that inherits', () => {
  test.each([
    ['a plain table is attached', `${cities}${plain}`, 'ALTER TABLE plain INHERIT cities'],
    ['a child is detached', `${cities}${capitals}`, 'ALTER TABLE capitals NO INHERIT cities'],
    [
      'its parent gets a column',
      `${cities}${capitals}`,
      "ALTER TABLE cities ADD COLUMN founded date NOT NULL DEFAULT '2000-01-01'",
    ],
    [
      'its parent loses a column',
      `${cities}${capitals}`,
      'DROP VIEW seen; ALTER TABLE cities DROP COLUMN people',
    ],
    [
      "its parent's columns get another name, type and default",
      `${cities}${capitals}`,
      `ALTER TABLE cities RENAME COLUMN name TO "Full name"; DROP VIEW seen; ALTER TABLE cities ALTER people TYPE bigint;
       ALTER TABLE cities ALTER people SET DEFAULT 2; ALTER TABLE capitals ALTER people SET DEFAULT 7`,
    ],
    [
      'a column is to stay with the child alone',
      `${cities}${capitals}`,
      'ALTER TABLE ONLY cities DROP COLUMN people',
    ],
    [
      'its parent is dropped',
      `${cities}${capitals}`,
      'ALTER TABLE capitals NO INHERIT cities; DROP TABLE cities',
    ],
    [
      'it has two parents that share a column, and loses one',
      `${cities} CREATE TABLE places (name text NOT NULL, at point); CREATE TABLE capitals (mayor text) INHERITS (cities, places);`,
      'ALTER TABLE capitals NO INHERIT places',
    ],
    [
      'it gets a second parent',
      `${cities} CREATE TABLE places (name text NOT NULL); CREATE TABLE capitals (name text, mayor text) INHERITS (cities);`,
      'ALTER TABLE capitals INHERIT places',
    ],
    [
      'its parent changes its checks',
      `${cities}${capitals}`,
      `ALTER TABLE cities ADD CONSTRAINT named CHECK (name <> ''); ALTER TABLE cities RENAME CONSTRAINT counted TO few`,
    ],
    [
      'its parent ceases to need a value, and it does not',
      `${cities}${capitals}`,
      'ALTER TABLE cities ALTER name DROP NOT NULL; ALTER TABLE cities ALTER people SET NOT NULL',
    ],
  ])('goes up and down to the last fact where %s', async (_what, base, change) => {
    await proveFacts(base, change, base.includes('INHERITS (cities);') && !base.includes('mayor') ? rows : '')
  })

  test('keeps its rows when it is attached and detached', async () => {
    const attached = await prove(
      `${cities}${plain}`,
      'ALTER TABLE plain INHERIT cities',
      "INSERT INTO plain VALUES ('Rome', 4)",
      async () => expect(await firstValue('select count(*)::int from cities')).toBe(1),
    )
    expect(titles(attached)).toEqual(['Begin inheritance of table plain'])
    await prove(`${cities}${capitals}`, 'ALTER TABLE capitals NO INHERIT cities', rows, async () => {
      expect(await firstValue('select count(*)::int from cities')).toBe(1)
      expect(await firstValue('select count(*)::int from capitals')).toBe(1)
    })
  })

  test('follows its parent without a statement of its own', async () => {
    const plan = await prove(`${cities}${capitals}`, 'ALTER TABLE cities ADD COLUMN founded date', rows)
    expect(titles(plan)).toEqual(['Add column cities.founded'])
    expect(plan.down.flatMap(({ statements }) => statements.map(({ sql }) => sql))).toEqual([
      'ALTER TABLE cities DROP COLUMN founded',
    ])
  })

  test('is made in the order that its parents need, and dropped in the other', async () => {
    const plan = await prove(
      '',
      `${cities} CREATE TABLE a (x int) INHERITS (cities); CREATE TABLE b (y int) INHERITS (a)`,
    )
    expect(titles(plan)).toEqual(['Create table cities', 'Create table a', 'Create table b'])
    expect(titles({ up: plan.down })).toEqual(['Drop table b', 'Drop table a', 'Drop table cities'])
  })

  test('keeps the values of a column that its parent gives up', async () => {
    await prove(`${cities}${capitals}`, 'ALTER TABLE ONLY cities DROP COLUMN people', rows, async () =>
      expect(await firstValue('select people from capitals')).toBe(4),
    )
  })

  test('keeps the rows of the tables below where it is made anew', async () => {
    const below = 'CREATE TABLE small (size int) INHERITS (capitals);'
    await prove(
      `${cities}${capitals}${below}`,
      'ALTER TABLE capitals NO INHERIT cities',
      `${rows}; INSERT INTO small VALUES ('Bern', 1, 'ch', 2)`,
      async () => expect(await firstValue('select count(*)::int from capitals')).toBe(2),
    )
  })

  test('is another table of the same name before and after', async () => {
    await proveInstead(
      `${cities}${capitals}`,
      `${cities.replace('int', 'bigint')}${capitals.replace('INHERITS (cities)', '').replace('state', 'name text, people int, state')}`,
      rows,
    )
    await proveInstead(
      `${cities} CREATE TABLE a (x int) INHERITS (cities); CREATE TABLE b () INHERITS (a)`,
      `${cities} CREATE TABLE b (x int) INHERITS (cities); CREATE TABLE a () INHERITS (b)`,
    )
  })

  test.each([
    ['with another type of a column', 'size int', 'b int, c int', 'size text'],
    ['without a column that was inherited', 'size int', 'b int', 'size int'],
  ])('follows a parent that is made anew %s', async (_, size, columns, sizeThen) => {
    const family = (parents: string, own: string, columnsOfB: string) =>
      `CREATE TABLE a (a int); CREATE TABLE b (${columnsOfB}); CREATE TABLE child (${own}) INHERITS (${parents});
       CREATE TABLE below (more int) INHERITS (child)`
    await proveInstead(
      family('a, b', size, 'b int, c int'),
      family('b, a', sizeThen, columns),
      'INSERT INTO below (a, b, more) VALUES (1, 2, 3)',
    )
  })
})
