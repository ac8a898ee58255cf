import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine.ts'
import { nodeAssets } from '../node-assets.ts'
import { openPglite } from '../pglite-engine.ts'
import { runMigration } from './run-migration.ts'

let database: Engine
beforeAll(async () => {
  database = await openPglite(await nodeAssets())
})
afterAll(async () => {
  await database.close()
})

const file = (up: string, down = '') => `'use strict';
module.exports = {
  async up(queryInterface, Sequelize) { ${up} },
  async down(queryInterface, Sequelize) { ${down} },
};`

const run = (source: string, direction: 'up' | 'down' = 'up', timeLimitMilliseconds = 5000) =>
  runMigration(database, source, 'test.js', direction, { timeLimitMilliseconds })

test('runs up and down, and records what the server received', async () => {
  const source = file(
    `await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.createTable('people', {
        id: { type: Sequelize.UUID, primaryKey: true, allowNull: false },
        tags: { type: Sequelize.ARRAY(Sequelize.TEXT), defaultValue: [] },
        data: { type: Sequelize.JSONB, allowNull: false, defaultValue: {} },
      }, { transaction });
      await queryInterface.renameColumn('people', 'data', 'facts', { transaction });
    });`,
    `await queryInterface.dropTable('people');`,
  )
  const up = await run(source)
  expect(up.problem).toBeUndefined()
  expect(up.statements[0]).toBe('START TRANSACTION')
  expect(up.statements).toContain(
    'ALTER TABLE "public"."people" RENAME COLUMN "data" TO "facts"'.replace('"public".', ''),
  )
  expect(up.statements.at(-1)).toBe('COMMIT')
  const columns = await database.query(
    `select column_name from information_schema.columns where table_name = 'people' order by 1`,
  )
  expect(columns.rows).toEqual([{ column_name: 'facts' }, { column_name: 'id' }, { column_name: 'tags' }])
  expect((await run(source, 'down')).statements).toEqual(['DROP TABLE IF EXISTS "people"'])
})

test('a statement that forgot its transaction runs on another client', async () => {
  const up = await run(
    file(`const t = await queryInterface.sequelize.transaction();
      await queryInterface.createTable('a', { mood: Sequelize.ENUM('x', 'y') }, { transaction: t });
      await queryInterface.addIndex('a', ['mood']);
      await t.commit();`),
  )
  expect(up.problem).toBeUndefined()
  expect(await database.query(`select 1 from pg_indexes where indexname = 'a_mood'`)).toMatchObject({
    rows: [{}],
  })
})

test("gives PostgreSQL's error with its fields and leaves nothing behind", async () => {
  const up = await run(
    file(`await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.createTable('b', { id: Sequelize.INTEGER }, { transaction });
      await queryInterface.sequelize.query('ALTER TABLE b ADD CHECK (nothing > 0)', { transaction });
    });`),
  )
  expect(up.problem).toMatchObject({
    code: '42703',
    source: 'PostgreSQL',
    message: 'column "nothing" does not exist',
    sql: 'ALTER TABLE b ADD CHECK (nothing > 0)',
  })
  expect((await database.query(`select to_regclass('b') as b`)).rows).toEqual([{ b: null }])
})

test('rolls back and reports a transaction left open', async () => {
  const up = await run(
    file(`const transaction = await queryInterface.sequelize.transaction();
      await queryInterface.createTable('c', { id: Sequelize.INTEGER }, { transaction });`),
  )
  expect(up.problem?.code).toBe('transaction-left-open')
  expect((await database.query(`select to_regclass('c') as c`)).rows).toEqual([{ c: null }])
})

test('reads rows with their JavaScript types and counts affected rows', async () => {
  const up = await run(
    file(`await queryInterface.createTable('d', { id: Sequelize.INTEGER, at: Sequelize.DATE, tags: Sequelize.ARRAY(Sequelize.TEXT), data: Sequelize.JSONB });
      await queryInterface.bulkInsert('d', [{ id: 1, at: new Date(0), tags: ['a', "b'c"], data: JSON.stringify({ x: [1] }) }]);
      const [rows] = await queryInterface.sequelize.query('select * from d where id = $1', { bind: [1] });
      const [row] = rows;
      if (row.id !== 1 || row.at.getTime() !== 0 || row.tags[1] !== "b'c" || row.data.x[0] !== 1) throw new Error(JSON.stringify(row));
      const [, meta] = await queryInterface.sequelize.query('update d set id = 2');
      if (meta.rowCount !== 1) throw new Error('count ' + meta.rowCount);`),
  )
  expect(up.problem).toBeUndefined()
})

test('a file that waits forever ends at the time limit', async () => {
  const up = await run(file('await new Promise(() => {});'), 'up', 50)
  expect(up.problem?.message).toContain('longer than 0.05 s')
})

test('a file with a missing module or without exports is refused with a reason', async () => {
  expect((await run(`require('left-pad'); module.exports = {}`)).problem?.message).toBe(
    "Cannot find module 'left-pad': it is not installed beside the folder, and no package.json names it",
  )
  expect((await run('module.exports = 3')).problem?.message).toBe('The file exports no migration')
  expect((await run('module.exports = { up() {} }', 'down')).problem?.message).toBe(
    'The migration has no down function',
  )
})

test('path and default exports work as in sequelize-cli; the callback of old migrations is gone', async () => {
  const source = `const path = require('node:path');
    exports.default = { up: (queryInterface) => queryInterface.createSchema(path.basename('/x/extra')) };`
  expect((await run(source)).problem).toBeUndefined()
  expect((await database.query(`select to_regnamespace('extra')::text as n`)).rows).toEqual([{ n: 'extra' }])
  const old = `exports.up = (queryInterface, Sequelize, done) => queryInterface.createSchema('old').then(() => done(), done)`
  expect((await run(old)).problem?.message).toBe('TypeError: done is not a function')
})

test.each([
  'async params => { await params.context.createSchema("by_bare"); }',
  'async ({ context: { queryInterface: q } }) => { await q.createSchema("by_bare"); }',
  'async function (umzug) { const { context } = umzug; await context.createSchema("by_bare"); }',
])('the form of umzug 3 is told by the text: %s', async (up) => {
  expect((await run(`exports.up = ${up}`)).problem).toBeUndefined()
  await database.query('drop schema by_bare')
})

test('whatever a file connects to is the engine', async () => {
  const source = `const { Sequelize } = require('sequelize');
    const address = 'postgres://me:secret@db.example:5432/shop';
    const own = new Sequelize(address, { dialect: 'postgres' });
    const Lamp = own.define('lamp', { name: Sequelize.STRING }, { timestamps: false });
    exports.up = async (queryInterface, library) => {
      if (library !== Sequelize || !(queryInterface.sequelize instanceof Sequelize)) throw new Error('two libraries');
      await own.sync();
      await Lamp.create({ name: 'desk' });
      await new Sequelize(address).query('ALTER TABLE lamps ADD bulb text');
      await queryInterface.sequelize.query('COMMENT ON DATABASE ' + queryInterface.sequelize.config.database + " IS 'x'");
    };`
  const { problem, statements } = await run(source)
  expect(problem).toBeUndefined()
  expect(statements.join(';')).toContain('ADD bulb')
  expect((await database.query('select name, bulb from lamps')).rows).toEqual([{ name: 'desk', bulb: null }])
})

test('a file that returns no promise fails, and what it sent by then is there', async () => {
  const source = `exports.up = (queryInterface) => {
      queryInterface.sequelize.query('CREATE TABLE sent_first ()')
        .then(() => queryInterface.sequelize.query('CREATE TABLE sent_then ()'));
    };`
  expect((await run(source)).problem?.message).toContain("didn't return a promise")
  const { rows } = await database.query(
    `select to_regclass('sent_first')::text as first, to_regclass('sent_then')::text as later`,
  )
  expect(rows).toEqual([{ first: 'sent_first', later: null }])
})

test('what is sent outside of a transaction survives it, and cannot break it', async () => {
  const up = await run(
    file(`const outside = (sql) => queryInterface.sequelize.query(sql);
      await queryInterface.sequelize.transaction(async (transaction) => {
        await queryInterface.createTable('inner_one', { id: 'integer' }, { transaction });
        await outside('CREATE TABLE outer_one (id integer)');
        await outside('SELECT * FROM nowhere').catch(() => undefined);
        await queryInterface.addColumn('inner_one', 'more', 'integer', { transaction });
        throw new Error('undo');
      }).catch((error) => { if (error.message !== 'undo') throw error; });
      await queryInterface.sequelize.transaction(async (transaction) => {
        await outside('SELECT * FROM nowhere', { transaction }).catch(() => undefined);
        await queryInterface.sequelize.query('SELECT * FROM nowhere', { transaction }).catch(() => undefined);
        await outside('CREATE TABLE outer_two (id integer)');
        await queryInterface.createTable('inner_two', { id: 'integer' }, { transaction });
      });`),
  )
  expect(up.problem?.code).toBe('25P02')
  const { rows } = await database.query(
    `select relname::text as name from pg_class where relname ~ '^(inner|outer)_' order by 1`,
  )
  expect(rows).toEqual([{ name: 'outer_one' }, { name: 'outer_two' }])
})
