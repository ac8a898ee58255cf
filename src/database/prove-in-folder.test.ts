import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColumn } from '../core/commands/columns.ts'
import { renameObject } from '../core/commands/rename.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import { schemaOf } from '../core/model/schema.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import { findServices } from '../core/sequelize/folder/find-services.ts'
import { withNext } from '../core/sequelize/folder/with-next.ts'
import { writeNext } from '../core/sequelize/folder/write-next.ts'
import type { InProcessDatabase } from './in-process.ts'
import { openDatabase } from './node-database.ts'
import { proveInFolder } from './prove-in-folder.ts'
import { folderFiles } from './replay/folder-cases.test-kit.ts'

let database: InProcessDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const stamp = new Date(Date.UTC(2026, 10, 23))

/** Writes an edit of what the services build into the one of that name, and runs all of them with it. */
async function proved(name: string, edit: (document: SchemaDocument, table: string) => SchemaDocument) {
  const files = folderFiles('services')
  const services = findServices(files, await database.runSequelizercs({ files }))
  const service = services.find((one) => one.name.includes(name))
  if (!service) throw new Error(`No service ${name}`)
  const { document: from } = await database.replay({ files, services, onFailure: 'stop' })
  const users = schemaOf(from)
    .all(isTable)
    .find((table) => table.name === 'users')
  const to = edit(from, users?.id ?? '')
  const plan = await database.plan(from, to)
  const { style } = detectStyle(files, service)
  const next = writeNext({ plan, title: 'next', stamp, style, service, services }).files
  const placed = withNext({ files, services }, service.migrationsFolder, next)
  const request = { onFailure: 'stop', ...placed } as const
  const paths = next.map(({ path }) => path)
  return { paths, request, phase: await proveInFolder(database, { request, next: paths, to }) }
}

const rename = (document: SchemaDocument, table: string) =>
  applyPatch(document, renameObject(document, { object: table, name: 'people' }))

test('services behind the one that gets the migration run with it in its place', async () => {
  const { phase, request, paths } = await proved('accounts', (document, table) =>
    applyPatch(document, addColumn(document, { id: 'phone', table, name: 'phone' })),
  )
  expect(phase.problem).toBeUndefined()
  expect(request.services.map(({ migrations }) => migrations.length)).toEqual([2, 2])
  expect(request.services[0]?.migrations.at(-1)).toBe(paths[0])
})

test('what the services behind it need is missed', async () => {
  const { phase } = await proved('accounts', rename)
  expect(phase.problem?.message).toBe(
    'apps/orders/migrations/0001_init.js fails: relation "users" does not exist',
  )
})

test('behind all of them, what they need is there', async () => {
  expect((await proved('orders', rename)).phase.problem).toBeUndefined()
})

test('a folder that builds another schema all the same is told from one that fails', async () => {
  const files = new Map([
    ['a/migrations/1.js', `exports.up = (q, S) => q.createTable('t', { id: S.INTEGER })`],
    ['b/migrations/1-b.js', `exports.up = (q, S) => q.addColumn('t', 'more', S.TEXT)`],
  ])
  const services = findServices(files)
  const { document } = await database.replay({ files, services: services.slice(0, 1), onFailure: 'stop' })
  const request = { files, services, onFailure: 'stop' } as const
  const { problem } = await proveInFolder(database, { request, next: [], to: document })
  expect(problem?.message).toBe(
    'From nothing the folder builds another schema. Left to do: Drop column t.more',
  )
})
