import { afterAll, expect, test } from 'vitest'
import { definitionsOf, type Fact, type RunQuery, unmodelledFacts } from '../core/catalog/unmodelled.ts'
import type { Engine } from './engine.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'

const engines: Engine[] = []

async function open(): Promise<Engine> {
  const engine = await openPglite(await nodeAssets())
  engines.push(engine)
  return engine
}

afterAll(() => Promise.all(engines.map((engine) => engine.close())))

const queryOn =
  (engine: Engine): RunQuery =>
  async (sql, parameters) =>
    (await engine.query(sql, parameters)).rows

/** What kinds model; facts are replayed on top of it. */
const modelled = [
  'CREATE SCHEMA app',
  "CREATE TYPE app.mood AS ENUM ('ok')",
  "CREATE DOMAIN app.email AS text COLLATE \"C\" DEFAULT 'x' CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT NULL",
  'CREATE TYPE app.place AS (street text, zip varchar(9))',
  'CREATE TYPE spans AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = span_sets)',
  "COMMENT ON DOMAIN app.email IS 'd'",
  "COMMENT ON CONSTRAINT has_at ON DOMAIN app.email IS 'c'",
  "COMMENT ON COLUMN app.place.zip IS 'z'",
  'CREATE FUNCTION total(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE RETURN a + b',
  'CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$',
  'CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS $$ begin end $$',
  'CREATE TABLE contacts (id int PRIMARY KEY, email text, amount int, body jsonb, during tsrange)',
  'CREATE TABLE "Odd ""name" ("Col umn" int)',
  "CREATE TABLE pets (name text NOT NULL, CONSTRAINT named CHECK (name <> ''))",
  'CREATE SEQUENCE numbers',
  'CREATE INDEX by_email ON contacts (lower(email))',
  "CREATE AGGREGATE add_up(int) (SFUNC = total, STYPE = int, INITCOND = '0')",
  'CREATE AGGREGATE app.med(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA)',
  "CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de', DETERMINISTIC = false)",
  'CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, STOPWORDS = english)',
  'CREATE TEXT SEARCH CONFIGURATION app.english (COPY = pg_catalog.english)',
  "CREATE EVENT TRIGGER noticed ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION noted()",
  'ALTER EVENT TRIGGER noticed DISABLE',
  "COMMENT ON AGGREGATE add_up(int) IS 'a'",
  'CREATE VIEW seen AS SELECT id, email FROM contacts',
  "CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 5), at date NOT NULL, kind text DEFAULT 'a', PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
  "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
  'CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY RANGE (at)',
  'CREATE INDEX ON events (kind)',
  'CREATE TRIGGER fired BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION fire()',
  'ALTER TABLE events_2026 ADD CONSTRAINT few CHECK (id < 100)',
  "COMMENT ON CONSTRAINT few ON events_2026 IS 'f'",
  'CREATE INDEX few_kinds ON events_2026 (kind, lower(kind))',
  "COMMENT ON INDEX few_kinds IS 'k'",
  'CREATE TRIGGER few BEFORE UPDATE OF kind ON events_2026 FOR EACH ROW EXECUTE FUNCTION fire()',
  'ALTER TABLE events_2026 DISABLE TRIGGER few',
  'ALTER TABLE events_2026 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, SET (fillfactor = 70)',
  "ALTER TABLE events_2026 ALTER COLUMN kind SET DEFAULT 'b'",
  'CREATE POLICY few ON events_2026 USING (id < 50)',
  'ALTER TABLE contacts SET UNLOGGED',
  'ALTER TABLE contacts SET (fillfactor = 70, toast.autovacuum_enabled = off)',
  'ALTER TABLE contacts REPLICA IDENTITY FULL, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
  'CREATE ROLE reader LOGIN',
  'CREATE ROLE "Group"',
  'GRANT "Group" TO reader WITH ADMIN OPTION',
  "ALTER ROLE reader SET statement_timeout TO '5s'",
  'CREATE POLICY own_rows ON contacts AS RESTRICTIVE FOR SELECT TO reader, public USING (email = CURRENT_USER)',
  'CREATE POLICY "any" ON contacts TO reader WITH CHECK (true)',
  'GRANT SELECT, INSERT ON contacts TO reader',
  'GRANT UPDATE ON contacts TO reader WITH GRANT OPTION',
  'GRANT UPDATE (email), SELECT (email) ON contacts TO "Group"',
  'GRANT USAGE ON SEQUENCE numbers TO reader',
  'GRANT USAGE ON SCHEMA app TO PUBLIC',
  'REVOKE USAGE ON SCHEMA public FROM PUBLIC',
  'REVOKE EXECUTE ON FUNCTION total(int, int) FROM PUBLIC',
  'REVOKE USAGE ON TYPE app.mood FROM PUBLIC',
  'REVOKE DELETE ON contacts FROM postgres',
  "COMMENT ON POLICY own_rows ON contacts IS 'it''s'",
  "COMMENT ON ROLE reader IS 'r'",
  'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader',
  'ALTER DEFAULT PRIVILEGES FOR ROLE reader REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
  'ALTER TABLE contacts ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN email SET STATISTICS 500, ALTER COLUMN email SET COMPRESSION pglz',
  'CREATE MATERIALIZED VIEW totals AS SELECT email, sum(amount) FROM contacts GROUP BY email WITH NO DATA',
  'CREATE UNIQUE INDEX totals_email ON totals (email)',
  'ALTER TABLE contacts ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&)',
  'CREATE RULE quiet AS ON INSERT TO contacts WHERE new.id < 0 DO INSTEAD NOTHING',
  'ALTER INDEX by_email SET TABLESPACE fast',
  'ALTER TABLE pets SET TABLESPACE fast',
  'CREATE STATISTICS app.linked (dependencies) ON email, amount FROM contacts',
  'CREATE TABLE dogs (tricks int DEFAULT 3, CONSTRAINT known CHECK (id > 0)) INHERITS (contacts)',
  "COMMENT ON COLUMN dogs.tricks IS 't'",
  "COMMENT ON CONSTRAINT known ON dogs IS 'k'",
  'CREATE INDEX by_tricks ON dogs (tricks, id)',
  "COMMENT ON CONSTRAINT apart ON contacts IS 'x'",
  "COMMENT ON STATISTICS app.linked IS 's'",
  "COMMENT ON MATERIALIZED VIEW totals IS 'm'",
]

const other = [
  'CREATE INDEX totals_sum ON totals (sum) INCLUDE (email)',
  'ALTER DOMAIN app.email RENAME CONSTRAINT email_not_null TO given',
  'CREATE TYPE app.unfinished',
  'CREATE TABLE spots OF app.place (PRIMARY KEY (zip))',
  'CREATE STATISTICS app.tied (dependencies) ON street, zip FROM spots',
  'CREATE RULE hushed AS ON INSERT TO spots DO INSTEAD NOTHING',
  "CREATE TABLE app.events_far PARTITION OF events FOR VALUES FROM ('2000-01-01') TO ('2001-01-01')",
  'CREATE TRIGGER fired BEFORE INSERT ON spots FOR EACH ROW EXECUTE FUNCTION fire()',
  'ALTER TABLE contacts CLUSTER ON contacts_pkey',
  'ALTER TABLE contacts ALTER COLUMN amount SET (n_distinct = 5)',
  'ALTER TABLE spots ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE events_2026 ALTER COLUMN kind SET STORAGE EXTERNAL, ALTER COLUMN kind SET STATISTICS 500, ALTER COLUMN kind SET COMPRESSION pglz',
  'ALTER TABLE spots SET (fillfactor = 70)',
  'ALTER TABLE events_2026 REPLICA IDENTITY FULL',
  'ALTER TABLE events_2026 ALTER COLUMN kind SET NOT NULL',
  "CREATE POLICY own_rows ON spots FOR SELECT TO reader USING (zip > '')",
  'GRANT SELECT ON spots TO reader WITH GRANT OPTION',
  'REVOKE DELETE ON spots FROM postgres',
  'ALTER SEQUENCE numbers SET UNLOGGED',
  'ALTER TABLE contacts ADD CONSTRAINT maybe CHECK (amount > 0) NOT ENFORCED',
  'ALTER TABLE contacts ADD CONSTRAINT filled NOT NULL amount NOT VALID',
  'ALTER INDEX by_email ALTER COLUMN 1 SET STATISTICS 100',
  'ALTER INDEX contacts_pkey SET (fillfactor = 50)',
  'ALTER INDEX contacts_pkey SET TABLESPACE fast',
  'ALTER INDEX events_2026_kind_idx SET TABLESPACE fast',
  'ALTER TABLE spots SET TABLESPACE fast',
  'CREATE OPERATOR app.+@ (FUNCTION = total, LEFTARG = int, RIGHTARG = int, COMMUTATOR = OPERATOR(app.+@))',
  'CREATE CAST (bigint AS app.mood) WITH INOUT AS ASSIGNMENT',
  "CREATE FOREIGN DATA WRAPPER far OPTIONS (debug 'true')",
  "CREATE SERVER away TYPE 'x' FOREIGN DATA WRAPPER far OPTIONS (host 'a')",
  'CREATE USER MAPPING FOR PUBLIC SERVER away OPTIONS ("user" \'b\')',
  "CREATE FOREIGN TABLE elsewhere (id int OPTIONS (c 'd') NOT NULL) SERVER away OPTIONS (t 'u')",
  "CREATE PUBLICATION news FOR TABLE pets WHERE (name <> ''), TABLES IN SCHEMA app WITH (publish = 'insert')",
  "ALTER VIEW seen ALTER COLUMN email SET DEFAULT 'none'",
  "COMMENT ON COLUMN seen.email IS 'address'",
  "COMMENT ON INDEX contacts_pkey IS 'i'",
]

const types = [
  'cast',
  'check constraint',
  'clustered',
  'column compression',
  'column default',
  'column options',
  'column statistics',
  'column storage',
  'comment',
  'foreign data wrapper',
  'foreign table',
  'grant option',
  'index',
  'index options',
  'index statistics',
  'index tablespace',
  'not-null constraint',
  'not-null constraint name',
  'operator',
  'partition',
  'policy',
  'primary key constraint',
  'privileges',
  'publication',
  'publication schema',
  'publication table',
  'replica identity',
  'revoked privileges',
  'row level security',
  'rule',
  'server',
  'shell type',
  'statistics',
  'storage parameters',
  'tablespace',
  'trigger',
  'typed table',
  'unlogged',
  'user mapping',
]

async function run(engine: Engine, statements: readonly string[]): Promise<void> {
  for (const sql of statements) {
    await engine.run(sql).catch((error: unknown) => {
      throw new Error(`${sql}: ${error instanceof Error ? error.message : ''}`)
    })
  }
}

const statementsOf = (facts: readonly Fact[]) => facts.flatMap(({ sql }) => (sql === null ? [] : [sql]))

test('what kinds carry leaves no fact', async () => {
  const engine = await open()
  await run(engine, modelled)
  expect([...definitionsOf(await unmodelledFacts(queryOn(engine)))]).toEqual([])
})

test('facts can be made again from their statements, and undone', async () => {
  const source = await open()
  await run(source, modelled)
  await run(source, other)
  const facts = await unmodelledFacts(queryOn(source))
  const definitions = definitionsOf(facts)
  expect([...new Set(facts.map(({ type }) => type))].toSorted()).toEqual(types)
  expect(facts).toHaveLength(44)
  expect(facts.filter(({ sql }) => sql === null)).toEqual([])

  const target = await open()
  await run(target, modelled)
  await run(target, statementsOf(facts))
  const again = await unmodelledFacts(queryOn(target))
  expect(Object.fromEntries(definitionsOf(again))).toEqual(Object.fromEntries(definitions))

  const gone = new Set<string>()
  for (const fact of again.toReversed()) {
    if (fact.drop === null || (fact.parent !== null && gone.has(fact.parent))) continue
    await run(target, [fact.drop])
    if (fact.key !== null) gone.add(fact.key)
  }
  expect([...definitionsOf(await unmodelledFacts(queryOn(target)))]).toEqual([])
})
