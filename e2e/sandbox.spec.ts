import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import type { FileRun } from '../src/database/sequelize-runner/folder-runner.ts'
import type { MigrationRun } from '../src/database/sequelize-runner/run-migration.ts'
import { sandboxScript } from './fixtures/sandbox-script.ts'
import { test } from './fixtures/test.ts'
import { openServer } from './fixtures/watching-server.ts'

let script: string

beforeAll(async () => {
  script = await sandboxScript()
})

/** Runs the body of an `up` function in the sandbox of the built page. */
async function runInSandbox(
  page: Page,
  appUrl: string,
  body: string,
  timeLimit = 30_000,
): Promise<MigrationRun> {
  await page.goto(appUrl)
  await page.evaluate(script)
  const source = `module.exports = { async up(queryInterface, Sequelize) { ${body} } }`
  const base = new URL('engine/', appUrl).href
  const expression = `runInSandbox(${JSON.stringify(base)}, ${JSON.stringify(source)}, ${timeLimit})`
  return page.evaluate<MigrationRun>(expression)
}

test('a migration runs on PostgreSQL in the sandbox', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const run = await runInSandbox(
    page,
    appUrl,
    `await queryInterface.createTable('t', { at: { type: Sequelize.DATE, defaultValue: new Date(0) } })`,
  )
  expect(run.problem).toBeUndefined()
  expect(run.statements).toEqual([
    `CREATE TABLE IF NOT EXISTS "t" ("at" TIMESTAMP WITH TIME ZONE DEFAULT '1970-01-01 00:00:00.000 +00:00')`,
  ])
  expect(await page.locator('iframe').count()).toBe(0)
})

test('a migration reaches neither network nor storage nor the page', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const world = await openServer()
  const run = await runInSandbox(
    page,
    appUrl,
    `const doors = {
      fetch: () => fetch('${world.url}'),
      script: async () => importScripts('${world.url}'),
      module: () => import('${world.url}'),
      socket: () => new Promise((resolve, reject) => {
        const socket = new WebSocket('${world.url.replace('http', 'ws')}');
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error('refused'));
      }),
      database: () => new Promise((resolve, reject) => {
        const request = indexedDB.open('x');
        request.onsuccess = resolve;
        request.onerror = () => reject(request.error);
      }),
      caches: async () => caches.open('x'),
      files: async () => navigator.storage.getDirectory(),
    };
    const open = [];
    for (const [name, door] of Object.entries(doors)) await door().then(() => open.push(name), () => undefined);
    throw new Error('origin ' + self.origin + ', open: ' + open.join());`,
  )
  expect(run.problem?.message).toBe('origin null, open: ')
  expect(world.visits).toEqual([])
  await world.close()
})

test('a migration that never ends is given up and ended', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const run = await runInSandbox(page, appUrl, 'for (;;);', 1000)
  expect(run.problem).toMatchObject({ code: 'time-limit', message: 'up ran longer than 1 s and was ended.' })
  await expect.poll(() => page.workers().filter((worker) => worker.url().startsWith('blob:')).length).toBe(0)
})

/** Runs `up` of files in the sandbox, in the order in which they are given; those without `up` only help. */
async function runFolder(
  page: Page,
  appUrl: string,
  files: Readonly<Record<string, string>>,
  limit = 20_000,
) {
  await page.goto(appUrl)
  await page.evaluate(script)
  const base = new URL('engine/', appUrl).href
  const paths = Object.keys(files).filter((path) => /\bup\b/.test(files[path] ?? ''))
  const given = [base, files, paths, limit].map((value) => JSON.stringify(value)).join(', ')
  return page.evaluate<{ runs: readonly FileRun[]; broken?: string }>(`runFolderInSandbox(${given})`)
}

/** A file whose `up` runs the statements. */
const up = (body: string) => `module.exports = { up: async (queryInterface, Sequelize) => { ${body} } }`

test('a folder runs in the sandbox: TypeScript, modules, files and packages', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const { runs } = await runFolder(page, appUrl, {
    'migrations/1.ts': `import { DataTypes, type QueryInterface } from 'sequelize'
      import { table } from '../names.mjs'
      export default { async up(q: QueryInterface): Promise<void> {
        await q.createTable(table, { id: { type: DataTypes.INTEGER as any, primaryKey: true } })
      } }`,
    'migrations/2.js': `const fs = require('fs'), path = require('path'), crypto = require('crypto')
      const { v4 } = require('uuid')
      exports.up = async ({ context }) => {
        await context.sequelize.query(fs.readFileSync(path.join(__dirname, 'add.sql'), 'utf8'))
        await context.bulkInsert('things', [{ id: 1, key: v4(), hash: crypto.createHash('sha1').update('x').digest('hex') }])
        await context.createTable('things', { id: 'integer' })
        await context.addColumn('things', 'id', 'integer')
      }`,
    'migrations/add.sql': 'ALTER TABLE things ADD key uuid, ADD hash text',
    'names.mjs': `export const table = 'things'`,
  })
  expect(runs.map(({ problem }) => problem?.message)).toEqual([
    undefined,
    'column "id" of relation "things" already exists',
  ])
  expect(runs[1]?.place).toEqual({ path: 'migrations/2.js', line: 7 })
})

test('an endless statement is given up and ended, and the page goes on', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const endless = up(
    `await queryInterface.sequelize.query('WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n')`,
  )
  const { broken } = await runFolder(page, appUrl, { 'migrations/1.js': endless }, 1000)
  expect(broken).toBe('up ran longer than 1 s and was ended.')
  await expect.poll(() => page.workers().filter((worker) => worker.url().startsWith('blob:')).length).toBe(0)
})

test('a migration that takes all memory ends, and the page goes on', async ({ context, appUrl }) => {
  const page = await context.newPage()
  await page.goto(appUrl)
  await page.evaluate(script)
  const hog = up('const all = []; for (;;) all.push(new Array(1e6).fill(all.length))')
  const base = new URL('engine/', appUrl).href
  const given = [base, { 'migrations/1.js': hog }, ['migrations/1.js'], 15_000].map((value) =>
    JSON.stringify(value),
  )
  // The sandbox is a process of its own; when that dies the test's driver gives the page up, which lives on.
  await page.evaluate(
    `void runFolderInSandbox(${given.join(', ')}).then((end) => localStorage.setItem('end', JSON.stringify(end)))`,
  )
  const witness = await context.newPage()
  await witness.goto(appUrl)
  await expect
    .poll(() => witness.evaluate(`localStorage.getItem('end')`))
    .toBe(JSON.stringify({ runs: [], broken: 'up ran longer than 15 s and was ended.' }))
})

test('process.exit, other programs and the network are refused by name', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const { runs } = await runFolder(page, appUrl, {
    'migrations/1.js': up('try { process.exit(1) } catch {}'),
    'migrations/2.js': up(`require('child_process').execSync('ls')`),
    'migrations/3.js': up(`await require('node-fetch')('https://example.com')`),
    'migrations/4.js': up(`\nawait fetch('https://example.com')`),
    'migrations/5.js': up('parent.document.title = "mine"'),
    'migrations/6.js': up(`require('fs').writeFileSync('x', 'y')`),
  })
  expect(runs.map(({ problem }) => problem?.message)).toEqual([
    'The file called process.exit(1)',
    'child_process.execSync is refused to a migration here: it leads out of the folder',
    'node-fetch is refused to a migration here: it leads out of the folder',
    expect.stringMatching(/Failed to fetch/),
    'ReferenceError: parent is not defined',
    'fs.writeFileSync is refused to a migration here',
  ])
  expect(runs[3]?.place).toEqual({ path: 'migrations/4.js', line: 2 })
})

test('what a file does to built-in objects stays in the sandbox', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const polluting = `
    Object.prototype.polluted = true
    Array.prototype.toString = () => 'mine'
    exports.columns = (S) => ({ id: { type: S.INTEGER } })`
  const result = await runFolder(page, appUrl, {
    'helper.js': polluting,
    'migrations/1.js': `const { columns } = require('../helper')\n${up(`await queryInterface.createTable('t', columns(Sequelize))`)}`,
  })
  expect(result.broken).toBeUndefined()
  expect(result.runs).toHaveLength(1)
  expect(await page.evaluate('[({}).polluted, String([1])]')).toEqual([undefined, '1'])
})
