import { expect, test } from 'vitest'
import { addColumn } from '../commands/columns.ts'
import { createTable } from '../commands/create-table.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { applyPatch, patchBetween } from '../model/patch.ts'
import { initialSettings } from './migration-settings.ts'
import type { ExportedMigration } from './project.ts'
import { closeReopened, markShipped, reopenExport, reopenRefusal } from './reopen.ts'
import { schemaAfter } from './schema-points.ts'

let ids = 0
const start = applyPatch(
  blankDocument,
  createTable(blankDocument, { id: 't', newId: () => `id${++ids}`, name: 'posts', x: 0, y: 0 }),
)
const withColumn = (document: SchemaDocument, id: ObjectId) =>
  applyPatch(document, addColumn(document, { id, table: 't', name: id }))
const first = withColumn(start, 'a')
const second = withColumn(first, 'b')

function exported(title: string, from: SchemaDocument, to: SchemaDocument): ExportedMigration {
  return {
    title,
    files: [{ fileName: `20260115120000-${title}.js`, source: '' }],
    exportedAt: '2026-01-15T12:00:00Z',
    proven: true,
    shipped: false,
    made: {
      patch: patchBetween(from, to),
      settings: { ...initialSettings, mode: 'zero-downtime', backfills: new Map([[title, '1']]) },
    },
  }
}

const project = {
  baseline: second,
  history: [exported('one', start, first), exported('two', first, second)],
  reopened: [],
  replayed: [],
  migration: initialSettings,
}

test('every point of the history has its schema, the same one each time', () => {
  expect(schemaAfter(project, 2)).toBe(second)
  expect(schemaAfter(project, 1)?.objects).toEqual(first.objects)
  expect(schemaAfter(project, 0)?.objects).toEqual(start.objects)
  expect(schemaAfter(project, 0)).toBe(schemaAfter(project, 0))
  const older = { ...exported('one', start, first), made: undefined }
  const { made: _, ...forgotten } = older
  expect(schemaAfter({ ...project, history: [forgotten] }, 0)).toBeNull()
})

test('re-opening makes the changes pending again, under the first name and with what was decided', () => {
  const open = reopenExport(project, 0)
  expect(open?.baseline.objects).toEqual(start.objects)
  expect(open?.history).toEqual([])
  expect(open?.reopened).toEqual(project.history)
  expect(open?.migration).toMatchObject({ mode: 'zero-downtime', title: 'one' })
  expect([...(open?.migration.backfills.keys() ?? [])]).toEqual(['one', 'two'])
})

test('what was re-opened can be put back as it was', () => {
  const open = reopenExport(project, 1)
  const closed = open && closeReopened(open)
  expect(closed?.baseline.objects).toEqual(second.objects)
  expect(closed).toMatchObject({ history: project.history, reopened: [] })
})

test('what has shipped, or lies before what has, stays as it is', () => {
  const history = markShipped(project.history, 1, true)
  expect(history.map(({ shipped }) => shipped)).toEqual([true, true])
  expect(reopenRefusal(history, 1)).toContain('It has shipped')
  expect(reopenExport({ ...project, history }, 1)).toBeNull()
  const back = markShipped(history, 1, false)
  expect(back.map(({ shipped }) => shipped)).toEqual([true, false])
  expect(reopenRefusal(back, 1)).toBeNull()
  const [one, two] = project.history
  if (!one || !two) throw new Error('The history lacks an export')
  expect(reopenRefusal([one, { ...two, shipped: true }], 0)).toContain('“two” was exported after it')
  const { made: _, ...forgotten } = one
  expect(reopenRefusal([forgotten], 0)).toContain('older Relata')
})
