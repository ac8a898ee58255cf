import { expect, test } from 'vitest'
import { addCheck, addIndex } from '../../src/core/commands/add-parts.ts'
import { renameObject } from '../../src/core/commands/rename.ts'
import { Drawing } from '../../src/core/commands/sample-document.test-kit.ts'
import { setField } from '../../src/core/commands/set-field.ts'
import type { SchemaDocument } from '../../src/core/model/document.ts'
import { detectStyle } from '../../src/core/sequelize/folder/detect-style.ts'
import { findServices } from '../../src/core/sequelize/folder/find-services.ts'
import { writeNext } from '../../src/core/sequelize/folder/write-next.ts'
import { folderCases, folderFiles } from '../../src/database/replay/folder-cases.test-kit.ts'
import { catalogOf } from '../fixtures/pglite-catalog.ts'
import { realFolders } from '../fixtures/real-folders.ts'
import { withClient } from '../fixtures/real-postgres.ts'
import { realPhased } from '../fixtures/real-replay.ts'

const at = realFolders()

/** What is drawn onto a folder's schema: a column renamed in use, one that must be there, an index and a check. */
interface PhasedCase {
  readonly name: string
  readonly table: string
  readonly rename: readonly [string, string]
  readonly required: string
  /** Rows that are there when the new files run, all with a value in the required column. */
  readonly rows: string
  /** Reads the renamed column of the row. */
  readonly read: string
}

const cases: readonly PhasedCase[] = [
  {
    name: 'blog',
    table: 'Posts',
    rename: ['content', 'text'],
    required: 'slug',
    rows: `INSERT INTO "Users" VALUES (1, 'a@b', 'author', now(), now());
      INSERT INTO "Posts" (title, content, slug, "createdAt", "updatedAt") VALUES ('t', 'kept', 's', now(), now())`,
    read: 'SELECT text AS kept FROM "Posts"',
  },
  {
    name: 'ledger-umzug',
    table: 'accounts',
    rename: ['iban', 'account_number'],
    required: 'note',
    rows: `INSERT INTO accounts (iban) VALUES ('kept')`,
    read: 'SELECT account_number AS kept FROM accounts',
  },
]

function edited(document: SchemaDocument, { table, rename, required }: PhasedCase): SchemaDocument {
  const drawing = new Drawing('drawn')
  drawing.document = document
  const { id } = drawing.named(table, 'table')
  const columns = [...document.objects.values()].filter(({ parent }) => parent === id)
  const known = columns.find(({ name, kind }) => kind === 'column' && name === required)
  const column = known?.id ?? drawing.column(id, `${required} text default ''`)
  if (known) drawing.do((now) => setField(now, { object: column, field: 'notNull', value: true }))
  const renamed = columns.find(({ name }) => name === rename[0])?.id ?? ''
  drawing.do((now) => renameObject(now, { object: renamed, name: rename[1] }))
  drawing.do((now) => addIndex(now, { id: drawing.newId(), table: id, columns: [column] }))
  drawing.do((now) => addCheck(now, { id: drawing.newId(), table: id, expression: `${required} <> 'none'` }))
  return drawing.document
}

for (const phased of cases) {
  const { name, rows, read } = phased
  test(`${name}: phases written into the folder build what was drawn on a real server, contract last, and are undone`, async () => {
    const folderCase = folderCases.find((one) => one.name === name)
    if (!folderCase) throw new Error(`No folder ${name}`)
    const files = folderFiles(name)
    const services = findServices(files)
    const [service] = services
    if (!service) throw new Error('No service')
    const { document } = await at.database.replay({ files, services, onFailure: 'stop' })
    const drawn = edited(document, phased)
    const plan = await at.database.plan(document, drawn, { choices: { mode: 'zero-downtime', target: 13 } })
    expect(plan.refusals).toEqual([])
    const { style } = detectStyle(files, service)
    const stamp = new Date(Date.UTC(2026, 10, 23))
    const next = writeNext({ plan, title: 'in phases', stamp, style, service, services })
    expect(new Set(next.files.map(({ phase }) => phase))).toEqual(
      new Set(['expand', 'backfill', 'validate', 'contract']),
    )
    const waiting = next.files.filter(({ path }) => path.includes('/contract/'))
    expect(waiting.map(({ phase }) => phase)).toEqual(waiting.map(() => 'contract'))
    expect(waiting.length).toBeGreaterThan(0)

    const added = new Map(next.files.map(({ path, source }) => [path, source]))
    const real = await realPhased(
      at.server,
      { ...folderCase, files, services },
      { added, rows },
      `phased_${name.replace(/\W/g, '_')}`,
      at.work,
    )
    expect(real.catalog).toEqual(await catalogOf(at.scratch, drawn))
    expect(real.afterUndo).toEqual(await catalogOf(at.scratch, document))
    const [, before] = phased.rename
    const again = read.replace(before, phased.rename[0])
    const { rows: kept } = await withClient(real.url, (client) => client.query(again))
    expect(kept).toEqual([{ kept: 'kept' }])
  })
}
