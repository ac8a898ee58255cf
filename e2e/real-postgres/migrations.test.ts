import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogLines } from '../fixtures/catalog-lines.ts'
import { relata } from '../fixtures/cli.ts'
import { pgliteCatalog } from '../fixtures/pglite-catalog.ts'
import { type RealPostgres, startRealPostgres, withClient } from '../fixtures/real-postgres.ts'
import { sequelizeCli } from '../fixtures/sequelize-cli.ts'
import { fixture, forge } from '../fixtures/sql.ts'

const shop = fixture('shop')

/** A schema before and after; the SQL that leads from one to the other is what PostgreSQL sees as the intent. */
const pairs = [
  { name: 'forge_custom_fields', from: forge, to: `${forge}\n${fixture('forge-custom-fields')}` },
  { name: 'forge_from_nothing', from: '', to: forge },
  { name: 'shop_changes', from: shop, to: fixture('shop-changed') },
]

let server: RealPostgres
let folder: string

beforeAll(async () => {
  server = await startRealPostgres()
  folder = mkdtempSync(join(tmpdir(), 'relata-migrations-'))
  // Else a package.json above it would say what kind of modules the migrations are.
  writeFileSync(join(folder, 'package.json'), '{}')
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

test.each(pairs)('sequelize-cli runs $name up and down on a real server', async ({ name, from, to }) => {
  const paths = { from: join(folder, `${name}-from.sql`), to: join(folder, `${name}-to.sql`) }
  writeFileSync(paths.from, from)
  writeFileSync(paths.to, to)
  const migrations = join(folder, name)
  const diff = await relata('diff', paths.from, paths.to, '--format', 'sequelize', '-o', migrations)
  expect(diff.code, diff.err).toBe(0)

  const url = await server.createDatabase(name)
  await withClient(url, (client) => client.query(from))
  const before = await withClient(url, catalogLines)
  expect(before).toEqual(await pgliteCatalog(from))

  await sequelizeCli('db:migrate', url, migrations)
  expect(await withClient(url, catalogLines)).toEqual(await pgliteCatalog(to))

  await sequelizeCli('db:migrate:undo:all', url, migrations)
  expect(await withClient(url, catalogLines)).toEqual(before)
})
