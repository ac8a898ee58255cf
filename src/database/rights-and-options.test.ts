import { describe, expect, test } from 'vitest'
import { pairOf } from './migration-pair.test-kit.ts'
import { proving } from './proving.test-kit.ts'

const { engine, rolledBack, read, run, planOf, expectSame, prove, firstValue } = proving()

const people = `CREATE ROLE reader; CREATE ROLE "Odd ""role";
  CREATE TABLE people (id int PRIMARY KEY, owner text, age int, data jsonb);
  ALTER TABLE people ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON people TO reader USING (owner = CURRENT_USER AND age > 3);
  GRANT SELECT, UPDATE (owner) ON people TO reader;
  CREATE VIEW adults AS SELECT id, age FROM people WHERE age > 17;
  COMMENT ON VIEW adults IS 'Of age';
  GRANT SELECT ON adults TO reader WITH GRANT OPTION;
  GRANT SELECT ON adults TO PUBLIC;`

describe('rights', () => {
  test('a view made anew keeps its privileges and comment, a policy its place', async () => {
    const plan = await prove(
      people,
      `DROP VIEW adults; DROP POLICY mine ON people; ALTER TABLE people ALTER COLUMN age TYPE bigint;
       CREATE POLICY mine ON people TO reader USING (owner = CURRENT_USER AND age > 3);
       CREATE VIEW adults AS SELECT id, age FROM people WHERE age > 17;
       COMMENT ON VIEW adults IS 'Of age';
       GRANT SELECT ON adults TO reader WITH GRANT OPTION; GRANT SELECT ON adults TO PUBLIC;`,
      "INSERT INTO people VALUES (1, 'a', 20)",
    )
    const sql = plan.up.flatMap(({ statements }) => statements.map((statement) => statement.sql))
    expect(sql).toContain('GRANT SELECT ON TABLE adults TO reader WITH GRANT OPTION')
  })

  test('what a role may do changes, down to a column', async () => {
    await prove(people, 'REVOKE SELECT ON people FROM reader; GRANT SELECT (id) ON people TO reader')
    await prove(
      people,
      'GRANT INSERT ON people TO reader WITH GRANT OPTION; REVOKE SELECT ON adults FROM PUBLIC',
    )
    await prove(people, 'GRANT UPDATE ON people TO "Odd ""role"; REVOKE DELETE ON people FROM CURRENT_USER')
    await prove(people, 'ALTER TABLE people RENAME COLUMN owner TO "Own er"')
    await prove(
      people,
      'GRANT SELECT (id), UPDATE (id) ON people TO reader; REVOKE SELECT ON people FROM reader',
    )
  })

  test('an owner keeps what it has of its own when a right on a column is taken', async () => {
    const owned = `${people} GRANT SELECT (id), INSERT ON adults TO CURRENT_USER;`
    await prove(owned, 'GRANT UPDATE (id) ON people TO CURRENT_USER')
    await prove(
      owned,
      'REVOKE SELECT (id) ON adults FROM CURRENT_USER; GRANT SELECT ON adults TO CURRENT_USER',
    )
    await prove(owned, 'ALTER TABLE people OWNER TO reader; GRANT UPDATE (age), DELETE ON people TO reader')
    await prove(
      `${people} ALTER TABLE people OWNER TO reader; GRANT UPDATE (age), UPDATE (id) ON people TO reader;
       REVOKE DELETE ON people FROM reader;`,
      'REVOKE UPDATE (id) ON people FROM reader; GRANT UPDATE, SELECT (owner) ON people TO reader',
    )
    await prove(people, 'GRANT SELECT ON people TO CURRENT_USER WITH GRANT OPTION')
  })

  test('a policy changes in place or is made anew', async () => {
    await prove(people, 'ALTER POLICY mine ON people TO PUBLIC USING (true)')
    await prove(
      people,
      'ALTER POLICY mine ON people RENAME TO yours; ALTER TABLE people FORCE ROW LEVEL SECURITY',
    )
    await prove(people, 'DROP POLICY mine ON people; ALTER TABLE people DROP COLUMN owner')
    await prove(
      people,
      'DROP POLICY mine ON people; CREATE POLICY mine ON people AS RESTRICTIVE FOR INSERT TO reader WITH CHECK (age > 0)',
    )
  })

  test('a role is made where it is missing and left alone where it exists', async () => {
    const { plan } = await planOf(
      '',
      "CREATE ROLE auditor LOGIN CONNECTION LIMIT 3; COMMENT ON ROLE auditor IS 'x'",
    )
    await rolledBack(async () => {
      await engine().run('CREATE ROLE auditor CONNECTION LIMIT 9')
      await run(plan.up)
      expect(await firstValue("select rolconnlimit from pg_roles where rolname = 'auditor'")).toBe(9)
      await run(plan.down)
      expect(await firstValue("select count(*)::int from pg_roles where rolname = 'auditor'")).toBe(1)
    })
    await rolledBack(async () => {
      await run(plan.up)
      expect(await firstValue("select rolconnlimit from pg_roles where rolname = 'auditor'")).toBe(3)
    })
  })

  test('default privileges come and go', async () => {
    const base = 'CREATE ROLE reader; CREATE SCHEMA app;'
    await prove(base, 'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader')
    await prove(`${base} ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`, 'DROP SCHEMA app')
  })
})

describe('how tables are kept', () => {
  test('options change with the rest of the table', async () => {
    await prove(
      people,
      `ALTER TABLE people SET UNLOGGED; ALTER TABLE people SET (fillfactor = 70);
       ALTER TABLE people REPLICA IDENTITY USING INDEX people_pkey;
       ALTER TABLE people ALTER COLUMN data SET STORAGE EXTERNAL, ALTER COLUMN data SET COMPRESSION pglz`,
    )
  })

  test('a new type keeps the storage that was chosen', async () => {
    const base = `CREATE TABLE notes (body text); ALTER TABLE notes ALTER COLUMN body SET STORAGE EXTERNAL,
      ALTER COLUMN body SET STATISTICS 700`
    await prove(
      base,
      'ALTER TABLE notes ALTER COLUMN body TYPE varchar(900); ALTER TABLE notes ALTER COLUMN body SET STORAGE EXTERNAL',
    )
  })

  test('the replica identity is set again when its index is made anew', async () => {
    const base = `CREATE TABLE t (id int NOT NULL, code int NOT NULL); CREATE UNIQUE INDEX by_code ON t (code);
      ALTER TABLE t REPLICA IDENTITY USING INDEX by_code`
    const { from } = await planOf(base, '')
    const objects = new Map(from.objects)
    for (const object of objects.values()) {
      if (object.kind === 'index')
        objects.set(object.id, Object.assign({}, object, { nullsNotDistinct: true }))
    }
    const { plan, to } = pairOf(from, { ...from, objects })
    expect(plan.refusals).toEqual([])
    await rolledBack(async () => {
      await engine().raw(base)
      await run(plan.up)
      expectSame(await read(to), to)
      await run(plan.down)
      expectSame(await read(from), from)
    })
  })
})
