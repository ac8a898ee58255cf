import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type QueryInterface, Sequelize } from 'sequelize'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usualFile } from '../../src/core/sequelize/file-style.ts'
import { type MigrationFormat, styleOf } from '../../src/core/sequelize/flavours.ts'
import { renderMigrations } from '../../src/core/sequelize/render-migration.ts'
import { migrationPair } from '../../src/database/migration-pair.test-kit.ts'
import { catalogLines } from '../fixtures/catalog-lines.ts'
import { type RealPostgres, startRealPostgres, withClient } from '../fixtures/real-postgres.ts'
import { sequelizeCli } from '../fixtures/sequelize-cli.ts'
import { fixture, forge } from '../fixtures/sql.ts'

const root = join(import.meta.dirname, '../..')

let server: RealPostgres
let folder: string

beforeAll(async () => {
  server = await startRealPostgres()
  folder = mkdtempSync(join(tmpdir(), 'relata-flavours-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The whole of two schemas as migration files of a format, in a folder of their own. */
async function written(
  format: MigrationFormat,
): Promise<{ readonly path: string; readonly names: readonly string[] }> {
  const { plan } = await migrationPair('', `${forge}\n${fixture('forge-custom-fields')}\n${fixture('shop')}`)
  const style = styleOf(format) ?? usualFile
  const files = renderMigrations({ plan, title: 'all', stamp: new Date('2026-01-15T12:00:00Z'), style })
  const path = mkdtempSync(join(folder, `${format}-`))
  for (const { fileName, source } of files) writeFileSync(join(path, fileName), source)
  return { path, names: files.map(({ fileName }) => fileName) }
}

async function expectUpAndDown(
  name: string,
  up: (url: string) => Promise<unknown>,
  down: (url: string) => Promise<unknown>,
) {
  const url = await server.createDatabase(name)
  const before = await withClient(url, catalogLines)
  await up(url)
  const after = await withClient(url, catalogLines)
  expect(after.length).toBeGreaterThan(before.length + 50)
  await down(url)
  expect(await withClient(url, catalogLines)).toEqual(before)
}

test('Umzug 3 runs the ES modules', async () => {
  const { path, names } = await written('umzug')
  const run = async (url: string, direction: 'up' | 'down') => {
    const sequelize = new Sequelize(url, { logging: false })
    try {
      for (const name of direction === 'up' ? names : names.toReversed()) {
        const module: Record<string, (input: { context: QueryInterface }) => Promise<void>> = await import(
          pathToFileURL(join(path, name)).href
        )
        await module[direction]?.({ context: sequelize.getQueryInterface() })
      }
    } finally {
      await sequelize.close()
    }
  }
  await expectUpAndDown(
    'umzug',
    (url) => run(url, 'up'),
    (url) => run(url, 'down'),
  )
})

test('TypeScript files pass the compiler, and sequelize-cli runs what it makes of them', async () => {
  const { path, names } = await written('typescript')
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const out = mkdtempSync(join(folder, 'compiled-'))
  const options = [
    '--strict',
    '--noUnusedLocals',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ]
  const files = names.map((name) => join(path, name))
  try {
    execFileSync(process.execPath, [tsc, ...options, '--types', 'node', '--outDir', out, ...files], {
      cwd: folder,
      encoding: 'utf8',
    })
  } catch (error) {
    throw new Error(error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error))
  }
  await expectUpAndDown(
    'typescript',
    (url) => sequelizeCli('db:migrate', url, out),
    (url) => sequelizeCli('db:migrate:undo:all', url, out),
  )
})
