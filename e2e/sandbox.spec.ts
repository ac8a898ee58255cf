import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { beforeAll, expect } from 'vitest'
import type { MigrationRun } from '../src/database/sequelize-runner/run-migration.ts'
import { test } from './fixtures/test.ts'

/** sandbox-host.ts and sandbox-migrator.ts as one script: the built app keeps its modules to itself. */
let script: string

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      lib: {
        entry: join(import.meta.dirname, 'fixtures/sandbox-entry.ts'),
        formats: ['iife'],
        name: 'entry',
      },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const [chunk] = output && 'output' in output ? output.output : []
  if (chunk?.type !== 'chunk') throw new Error('The script was not built')
  script = chunk.code
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

/** A server that lets every origin in and notes who comes. */
async function openServer() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Content-Type', 'text/javascript')
    response.end('')
  })
  server.on('upgrade', (request, socket) => {
    visits.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('No port is free')
  const close = () => new Promise((resolve) => server.close(resolve))
  return { url: `http://127.0.0.1:${address.port}/`, visits, close }
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
