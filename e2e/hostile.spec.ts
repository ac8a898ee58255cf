import { readdirSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { zip } from '../src/platform/zip.ts'
import { sandboxScript } from './fixtures/sandbox-script.ts'
import { test } from './fixtures/test.ts'
import { openServer, type WatchingServer } from './fixtures/watching-server.ts'
import { EditorPage } from './pages/editor-page.ts'

type Files = Readonly<Record<string, string>>

let script: string
let world: WatchingServer

beforeAll(async () => {
  script = await sandboxScript()
  world = await openServer()
})
afterAll(() => world.close())
beforeEach(() => expect(world.visits).toEqual([]))

/** Calls a function of sandbox-entry.ts in the page with the built engine and worker. */
function call(name: string, appUrl: string, request: object): string {
  const worker = readdirSync('dist/assets').find((file) => /^database\.worker-.*\.js$/.test(file))
  if (!worker) throw new Error('The database worker was not built')
  const given = [new URL('engine/', appUrl).href, new URL(`assets/${worker}`, appUrl).href, request]
  return `${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`
}

interface ModelsRead {
  readonly models: readonly string[]
  readonly problems: readonly string[]
}

const migration = `exports.up = (q, S) => q.createTable('notes', { id: { type: S.INTEGER, primaryKey: true } })`
const good = `module.exports = (sequelize, DataTypes) => sequelize.define('Note', { text: DataTypes.TEXT })`

async function readModels(page: Page, appUrl: string, files: Files, limit = 5000): Promise<ModelsRead> {
  await page.goto(appUrl)
  await page.evaluate(script)
  const all = { 'migrations/1.js': migration, 'models/note.js': good, ...files }
  return page.evaluate<ModelsRead>(
    call('readModelsInPage', appUrl, { files: all, timeLimitMilliseconds: limit }),
  )
}

/** Nothing of a folder's files reaches the page: neither its objects nor its storage. */
async function expectUntouched(page: Page): Promise<void> {
  const state = await page.evaluate(
    `({ polluted: ({}).polluted, text: String([1]), title: document.title, stored: localStorage.getItem('mine') })`,
  )
  expect(state).toEqual({
    polluted: undefined,
    text: '1',
    title: expect.stringContaining('Relata'),
    stored: null,
  })
  await expect.poll(() => page.workers().filter((worker) => worker.url().startsWith('blob:')).length).toBe(0)
}

const doors = `
  const doors = {
    fetch: () => fetch('URL'),
    request: () => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.onload = resolve;
      request.onerror = () => reject(new Error('refused'));
      request.open('GET', 'URL');
      request.send();
    }),
    events: () => new Promise((resolve, reject) => {
      const events = new EventSource('URL');
      events.onopen = resolve;
      events.onerror = () => reject(new Error('refused'));
    }),
    worker: () => new Promise((resolve, reject) => {
      const worker = new Worker('URL');
      worker.onerror = () => reject(new Error('refused'));
      setTimeout(resolve, 500);
    }),
    database: () => new Promise((resolve, reject) => {
      const request = indexedDB.open('x');
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    }),
    files: async () => navigator.storage.getDirectory(),
    storage: async () => localStorage.setItem('mine', '1'),
    page: async () => { parent.document.title = 'mine'; },
    window: async () => { window.top.location = 'URL'; },
  };`

test('model files that reach for the world, the page or other programs are told', async ({
  context,
  appUrl,
}) => {
  const page = await context.newPage()
  const reaching = `${doors.replaceAll('URL', world.url)}
    module.exports = (sequelize, DataTypes) => {
      for (const door of Object.values(doors)) {
        try { Promise.resolve(door()).catch(() => undefined) } catch {}
      }
      return sequelize.define('Doors', { text: DataTypes.TEXT })
    }`
  const read = await readModels(page, appUrl, {
    'models/1-doors.js': reaching,
    'models/2-page.js': `module.exports = () => { parent.document.title = 'mine' }`,
    'models/3-exit.js': 'process.exit(1)',
    'models/4-programs.js': `require('child_process').execSync('ls')`,
    'models/5-fetch.js': `require('node-fetch')('${world.url}')`,
  })
  expect(read).toEqual({
    models: ['Doors', 'Note'],
    problems: [
      'ReferenceError: parent is not defined',
      'The file called process.exit(1)',
      'child_process.execSync is refused to a migration here: it leads out of the folder',
      'node-fetch is refused to a migration here: it leads out of the folder',
    ],
  })
  await expectUntouched(page)
  expect(world.visits).toEqual([])
})

test('a model file that never ends is told, and the page is as it was', async ({ context, appUrl }) => {
  const page = await context.newPage()
  expect(await readModels(page, appUrl, { 'models/loop.js': 'for (;;);' }, 3000)).toEqual({
    models: [],
    problems: ['Loading the models ran longer than 3 s and was ended.'],
  })
  await expectUntouched(page)
})

test('a model file that changes built-in objects changes none of the page', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const text = `Object.prototype.polluted = true
    Array.prototype.toString = () => 'mine'
    Function.prototype.call = () => { throw new Error('mine') }`
  const { models, problems } = await readModels(page, appUrl, { 'models/bad.js': text })
  // Models after it may be read or not: what it broke is its own world.
  expect(models.length + problems.length).toBeGreaterThan(0)
  await expectUntouched(page)
})

test('a model file that takes all memory ends, and the page goes on', async ({ context, appUrl }) => {
  const page = await context.newPage()
  await page.goto(appUrl)
  await page.evaluate(script)
  const hog = 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length))'
  const files = { 'migrations/1.js': migration, 'models/hog.js': hog }
  // The sandbox is a process of its own; when that dies the test's driver gives the page up, which lives on.
  const run = call('readModelsInPage', appUrl, { files, timeLimitMilliseconds: 10_000 })
  await page.evaluate(`void ${run}.then((end) => localStorage.setItem('end', JSON.stringify(end)))`)
  const witness = await context.newPage()
  await witness.goto(appUrl)
  const ended = async () => (await witness.evaluate<string | null>(`localStorage.getItem('end')`)) ?? '{}'
  await expect.poll(async () => JSON.parse(await ended()).problems).toHaveLength(1)
  expect(JSON.parse(await ended()).models).toEqual([])
})

test('a file that takes the way to the page asks it for nothing but the engine', async ({
  context,
  appUrl,
}) => {
  const page = await context.newPage()
  await page.goto(appUrl)
  await page.evaluate(script)
  const text = `const post = MessagePort.prototype.postMessage
    let id = 1e6
    MessagePort.prototype.postMessage = function (...given) {
      for (const asset of ['${world.url}', '//127.0.0.1:${new URL(world.url).port}/', 'data:text/plain,x', '../'])
        post.call(this, { id: (id += 1), question: { asset } })
      return post.apply(this, given)
    }
    ${migration}`
  const files = { 'migrations/1.js': text, 'migrations/2.js': migration }
  const { failures } = await page.evaluate<{ failures: readonly string[] }>(
    call('replayInPage', appUrl, { files, onFailure: 'go-on' }),
  )
  expect(failures).toEqual([])
  // A request on its way would have come by the time the server has answered another.
  expect(await fetch(`${world.url}last`).then(({ status }) => status)).toBe(200)
  expect(world.visits.splice(0)).toEqual(['/last'])
})

test('a config or a .sequelizerc that never ends is told, and the migrations run', async ({
  context,
  appUrl,
}) => {
  const page = await context.newPage()
  await page.goto(appUrl)
  await page.evaluate(script)
  const endless = 'for (;;);'
  const files = { '.sequelizerc': endless, 'config/config.js': endless, 'migrations/1.js': migration }
  const { ddl, problems } = await page.evaluate<{ ddl: string; problems: readonly string[] }>(
    call('replayInPage', appUrl, { files, onFailure: 'stop' }),
  )
  expect(ddl).toContain('CREATE TABLE notes')
  expect(problems).toEqual([
    '.sequelizerc ran longer than 5 s and was ended.',
    'config/config.js could not be loaded: Loading config/config.js ran longer than 10 s and was ended.',
  ])
  await expectUntouched(page)
})

/** Chooses a folder, as a zip, in the dialog that opens it. */
async function chooseZip(page: Page, files: Files): Promise<Locator> {
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a Sequelize project' })
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a zip' }).click()
  const entries = Object.entries(files).map(([path, text]) => ({ path: `hostile/${path}`, text }))
  const buffer = Buffer.from(zip(entries, new Date()))
  await (await chooser).setFiles({ name: 'hostile.zip', mimeType: 'application/zip', buffer })
  return dialog
}

const up = (body: string) => `module.exports = { up: async (queryInterface, Sequelize) => { ${body} } }`

test('a folder of hostile files opens with a word on each, and what it builds can be edited', async ({
  page,
}) => {
  const dialog = await chooseZip(page, {
    'helper.js': `Object.prototype.polluted = true; Array.prototype.toString = () => 'mine'`,
    'migrations/1-fine.js': migration,
    'migrations/2-loop.js': up('for (;;);'),
    'migrations/3-world.js': up(
      `${doors.replaceAll('URL', world.url)}
      const open = []
      for (const [name, door] of Object.entries(doors)) await door().then(() => open.push(name), () => undefined)
      require('../helper')
      throw new Error('Open: ' + (open.join() || 'none'))`,
    ),
    'migrations/4-last.js': up(`await queryInterface.addColumn('notes', 'text', { type: Sequelize.TEXT })`),
    'models/bad.js': 'process.exit(1)',
  })
  await dialog.getByText('4 migrations in migrations').waitFor()
  await dialog.getByText('Environment and time').click()
  const seconds = dialog.getByRole('textbox', { name: 'Seconds for one file' })
  await seconds.fill('soon')
  await dialog.getByText('Not a number of seconds').waitFor()
  await seconds.fill('3')
  await dialog.getByRole('button', { name: 'Run 4 migrations' }).click()
  const goOn = dialog.getByRole('button', { name: 'Go on after it' })
  await dialog.getByText('up ran longer than 3 s and was ended.').waitFor()
  await goOn.click()
  await dialog.getByText('Open: none').waitFor()
  await goOn.last().click()
  await dialog.getByText(/^2 migrations ran, 2 failed\./).waitFor()
  await dialog.getByText(/^models\/bad\.js, line 1: The file called process\.exit\(1\)/).waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/1 table · 1 warning/)
  await editor.column('notes', 'text').waitFor()
  await editor.addColumns('notes', 'author text')
  await editor.waitForStatus(/1 table · 1 warning/)
  await expectUntouched(page)
  expect(world.visits).toEqual([])
})
