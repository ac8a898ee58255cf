import { describe, expect, test } from 'vitest'
import { proving } from './proving.test-kit.ts'

const { prove, firstValue } = proving()

const referred = `CREATE TABLE a (id int NOT NULL, code int NOT NULL, CONSTRAINT a_id UNIQUE (id));
  CREATE TABLE b (a int CONSTRAINT to_a REFERENCES a (id) ON DELETE CASCADE); COMMENT ON CONSTRAINT to_a ON b IS 'Kept'`
const rows = 'INSERT INTO a VALUES (1, 1), (2, 2); INSERT INTO b VALUES (1), (2), (NULL)'
const again = `ALTER TABLE b ADD CONSTRAINT to_a FOREIGN KEY (a) REFERENCES a (id) ON DELETE CASCADE;
  COMMENT ON CONSTRAINT to_a ON b IS 'Kept'`

describe('a key that a foreign key rests on', () => {
  test.each([
    [
      'becomes the primary key',
      `ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_id, ADD CONSTRAINT a_pkey PRIMARY KEY (id); ${again}`,
    ],
    [
      'becomes the primary key under its name',
      `ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_id, ADD CONSTRAINT a_id PRIMARY KEY (id); ${again}`,
    ],
    ['stays beside a primary key of the same columns', 'ALTER TABLE a ADD PRIMARY KEY (id)'],
    [
      'becomes a unique index',
      `ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_id; CREATE UNIQUE INDEX a_id ON a (id); ${again}`,
    ],
    [
      'goes with the foreign key',
      'ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_id; ALTER TABLE a ADD PRIMARY KEY (code)',
    ],
    [
      'gives way to one of other columns, which the foreign key follows',
      `ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_id, ADD PRIMARY KEY (code);
      ALTER TABLE b ADD CONSTRAINT to_a FOREIGN KEY (a) REFERENCES a (code) ON DELETE CASCADE; COMMENT ON CONSTRAINT to_a ON b IS 'Kept'`,
    ],
  ])('%s', async (_what, change) => {
    await prove(referred, change, rows, async () =>
      expect(await firstValue('select count(*)::int from b join a on a.id = b.a')).toBe(2),
    )
  })

  test('is dropped where another of the same columns is left', () =>
    prove(
      `${referred}; ALTER TABLE a ADD PRIMARY KEY (id)`,
      `ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_id; ${again}`,
      rows,
    ))

  test('is dropped where it is the primary key and another of the same columns is left', () =>
    prove(
      `${referred}; ALTER TABLE a ADD PRIMARY KEY (id)`,
      `ALTER TABLE b DROP CONSTRAINT to_a; ALTER TABLE a DROP CONSTRAINT a_pkey; ${again}`,
      rows,
    ))
})

test('keys of the same columns are all made, also by the statement that makes their table', () =>
  prove(
    'SELECT 1',
    `CREATE TABLE a (id int PRIMARY KEY, code int NOT NULL); ALTER TABLE a ADD CONSTRAINT again UNIQUE (id);
     ALTER TABLE a ADD CONSTRAINT one UNIQUE (code); ALTER TABLE a ADD CONSTRAINT two UNIQUE (code)`,
    'SELECT 1',
  ))
