import { readdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { documentSql } from '../src/core/ddl/ddl-of-document.ts'
import { findServices } from '../src/core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../src/core/sequelize/folder/folder-files.ts'
import type { InProcessDatabase } from '../src/database/in-process.ts'
import { openDatabase } from '../src/database/node-database.ts'
import { failureLines } from '../src/database/replay/failure-lines.test-kit.ts'
import { folderCases, folderFiles } from '../src/database/replay/folder-cases.test-kit.ts'
import { generatedMigrations } from '../src/database/replay/generated-migrations.test-kit.ts'
import type { ReplayRequest } from '../src/database/replay/replay.ts'
import { sandboxScript } from './fixtures/sandbox-script.ts'
import { test } from './fixtures/test.ts'

interface PageReplay {
  readonly ddl: string
  readonly undone?: string
  readonly failures: readonly string[]
  readonly phases: readonly string[]
  readonly statements: number
}

type Choices = Omit<ReplayRequest, 'files' | 'services'>

let script: string
let node: InProcessDatabase

beforeAll(async () => {
  script = await sandboxScript()
  node = await openDatabase()
})

afterAll(() => node.close())

/** Replays a folder in the built page, with its own workers. */
async function replayInPage(page: Page, appUrl: string, files: FolderFiles, choices: Choices) {
  await page.goto(appUrl)
  await page.evaluate(script)
  const worker = readdirSync('dist/assets').find((name) => /^database\.worker-.*\.js$/.test(name))
  if (!worker) throw new Error('The database worker was not built')
  const request = { ...choices, files: Object.fromEntries(files) }
  const given = [new URL('engine/', appUrl).href, new URL(`assets/${worker}`, appUrl).href, request]
  return page.evaluate<PageReplay>(`replayInPage(${given.map((value) => JSON.stringify(value)).join(', ')})`)
}

for (const { name, title = name, base } of folderCases) {
  test(`${title} builds and undoes in the page what it does on Node`, async ({ context, appUrl }) => {
    const page = await context.newPage()
    const files = folderFiles(name)
    const choices: Choices = { onFailure: 'go-on', undo: true, ...(base === undefined ? {} : { base }) }
    const there = await node.replay({
      files,
      services: findServices(files, await node.runSequelizercs({ files })),
      ...choices,
    })
    const here = await replayInPage(page, appUrl, files, choices)
    expect(here.failures).toEqual(failureLines(there))
    expect(here.ddl).toBe(documentSql(there.document))
    expect(here.undone).toBe(there.undo && documentSql(there.undo.document))
  })
}

test('300 migrations open with progress by file', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const files = generatedMigrations(300, 7)
  const { ddl, failures, phases, statements } = await replayInPage(page, appUrl, files, { onFailure: 'stop' })
  const there = await node.replay({ files, services: findServices(files), onFailure: 'stop' })
  expect(ddl).toBe(documentSql(there.document))
  expect(failures).toEqual([])
  expect(statements).toBeGreaterThan(500)
  const running = phases.filter((phase) => phase.includes('Running'))
  expect(running).toHaveLength(300)
  expect(running[0]).toMatch(/^0\/300 Running 20200101000000-/)
})

test('a file that never ends is named, and the others run', async ({ context, appUrl }) => {
  const page = await context.newPage()
  const files = new Map([
    ['migrations/1.js', `exports.up = (q, S) => q.createTable('a', { id: S.INTEGER })`],
    ['migrations/2.js', 'exports.up = async () => { for (;;); }'],
    ['migrations/3.js', `exports.up = (q, S) => q.addColumn('a', 'b', S.INTEGER)`],
  ])
  const { ddl, failures } = await replayInPage(page, appUrl, files, {
    onFailure: 'go-on',
    timeLimitMilliseconds: 5000,
  })
  expect(failures).toEqual(['migrations/2.js: time-limit up ran longer than 5 s and was ended. []'])
  expect(ddl).toContain('b integer')
})
