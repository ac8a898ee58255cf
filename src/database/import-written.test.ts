import { afterEach, expect, test } from 'vitest'
import { SourceLines } from '../core/import/source-lines.ts'
import { writtenCandidates } from '../core/import/written-candidates.ts'
import { splitSql } from '../core/sql/split.ts'
import { takeSnapshot } from './catalog-snapshot.ts'
import type { Engine } from './engine.ts'
import { runSource } from './import-run.ts'
import { keepWrittenInPlace, keepWrittenText } from './import-written.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import { catalogQuery } from './read-back.ts'
import { readDocument } from './read-document.ts'
import { loadSqlParser } from './sql-parser.ts'

const open = async () => openPglite(await nodeAssets())
const parse = await loadSqlParser()
const engines: Engine[] = []

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
})

/** A database after the statements, its document and what of it may have been written otherwise. */
async function databaseOf(sql: string) {
  const { engine, outcomes } = await runSource(splitSql(sql, parse), open)
  engines.push(engine)
  const lines = new SourceLines()
  for (const { statement, outcome } of outcomes) {
    if (outcome.type === 'ran') lines.note(statement, outcome.oids)
  }
  await engine.run('SET search_path = public')
  const read = await readDocument(catalogQuery(engine), { lines, newId: () => crypto.randomUUID() })
  const candidates = writtenCandidates(read.document, read.keyIds, lines)
  return { engine, document: read.document, candidates }
}

const schema = `
  CREATE FUNCTION doubled(n int DEFAULT 1+1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
  CREATE DOMAIN percent AS int DEFAULT 1+2 CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TABLE deals (
    id serial PRIMARY KEY,
    stage varchar(50) DEFAULT 'open' CHECK (stage IN ('open', 'won')),
    amount numeric DEFAULT 5*2 CHECK (amount>=0),
    share percent,
    made timestamp DEFAULT NOW(),
    twice numeric GENERATED ALWAYS AS (amount*2) STORED,
    next int DEFAULT doubled(3),
    EXCLUDE USING gist (int4range(next, next+1) WITH &&) WHERE (stage='open')
  );
  CREATE INDEX open_deals ON deals (lower(stage), id) WHERE stage IN ('open', 'new');
  CREATE VIEW big AS SELECT id, amount FROM deals WHERE amount>1000;
  CREATE VIEW bigger AS SELECT id FROM big WHERE amount>2000;
  CREATE MATERIALIZED VIEW sums AS SELECT stage, sum(amount) AS total FROM deals GROUP BY stage;
  CREATE INDEX sums_total ON sums ((total*2));
  ALTER TABLE deals ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON deals USING (stage='open') WITH CHECK (amount>1);
  CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER note BEFORE UPDATE ON deals FOR EACH ROW WHEN (NEW.amount>OLD.amount) EXECUTE FUNCTION noted();
  CREATE TABLE parts (id int, made date NOT NULL DEFAULT '2020-1-1') PARTITION BY RANGE (made);
  CREATE TABLE parts_old PARTITION OF parts FOR VALUES FROM ('2019-1-1') TO ('2020-1-1');
  ALTER TABLE parts ADD CONSTRAINT known CHECK (id>0 AND id<10);
  CREATE TABLE plain (id int, thrice int GENERATED ALWAYS AS (id*3) VIRTUAL);
  CREATE STATISTICS guessed ON (lower(stage)), (amount*2) FROM deals;
  INSERT INTO deals (stage, amount, next) VALUES ('won', 3, 1), ('open', 4, 9);`

test('texts kept by changing the database are those of a database built anew, and the database stays as it was', async () => {
  const { engine, document, candidates } = await databaseOf(schema)
  expect(candidates.size).toBeGreaterThan(12)
  const before = await takeSnapshot(engine)
  const inPlace = await keepWrittenInPlace(document, candidates, engine)
  expect(inPlace).toEqual(await keepWrittenText(document, candidates, open, {}))
  expect(inPlace).not.toEqual(document)
  expect(await takeSnapshot(engine)).toEqual(before)
  expect(engine.transaction).toBe('idle')
})

test('… whatever event triggers say to it and whose rights the session has', async () => {
  const { engine, document, candidates } = await databaseOf(`${schema}
    CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no DDL''; END';
    CREATE ROLE clerk;
    CREATE EVENT TRIGGER frozen ON ddl_command_start EXECUTE FUNCTION refuse()`)
  await engine.run('SET ROLE clerk')
  const inPlace = await keepWrittenInPlace(document, candidates, engine)
  expect(inPlace).toEqual(await keepWrittenText(document, candidates, open, {}))
  expect((await engine.query('SELECT current_user::text AS name')).rows).toEqual([{ name: 'clerk' }])
})

test('a text that prints otherwise by now is not kept, and one that cannot be made is left to a database built anew', async () => {
  const star = await databaseOf(`CREATE TABLE deals (id int); CREATE VIEW all_deals AS SELECT * FROM deals;
    ALTER TABLE deals ADD COLUMN late int`)
  expect(star.candidates.size).toBe(1)
  expect(await keepWrittenInPlace(star.document, star.candidates, star.engine)).toEqual(star.document)

  // PostgreSQL cannot give a virtual column of a table with checks another expression.
  const fixed = await databaseOf(
    'CREATE TABLE deals (id int CHECK (id > 0), twice int GENERATED ALWAYS AS (id*2) VIRTUAL)',
  )
  expect(await keepWrittenInPlace(fixed.document, fixed.candidates, fixed.engine)).toBeNull()
  expect(fixed.engine.transaction).toBe('idle')
})
