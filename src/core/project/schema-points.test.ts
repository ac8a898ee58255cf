import { expect, test } from 'vitest'
import { addColumn } from '../commands/columns.ts'
import { createTable } from '../commands/create-table.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { makeRaw } from '../kinds/raw/raw.kind.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import { applyPatch, type Patch, patchBetween } from '../model/patch.ts'
import { initialSettings } from './migration-settings.ts'
import { pastMigrations, schemaAfter, schemaOfFolder, titleOfPath } from './schema-points.ts'

let ids = 0
const edits: readonly ((document: SchemaDocument) => Patch)[] = [
  (document) => createTable(document, { id: 't', newId: () => `id${++ids}`, name: 'posts', x: 0, y: 0 }),
  (document) => addColumn(document, { id: 'a', table: 't', name: 'a' }),
  (document) => createTable(document, { id: 'u', newId: () => `id${++ids}`, name: 'users', x: 0, y: 0 }),
  (document) => removeObjects(document, ['t']),
]
const points: SchemaDocument[] = [blankDocument]
for (const edit of edits) {
  const before = points.at(-1) ?? blankDocument
  points.push(applyPatch(before, edit(before)))
}
const patches = points.slice(1).map((point, at) => patchBetween(points[at] ?? blankDocument, point))
const replayed = patches.map((patch, at) => ({
  path: `db/migrations/${at + 1}-step.js`,
  outcome: 'ran' as const,
  patch,
}))
const last = points.at(-1) ?? blankDocument

test('every point of the folder has its schema, and of few the document is kept', () => {
  const project = { baseline: last, replayed, history: [] }
  for (const [count, { objects }] of points.entries()) {
    expect(schemaAfter(project, count)?.objects).toEqual(objects)
  }
  expect(schemaAfter(project, 3)).toBe(schemaAfter(project, 3))
  const many = { ...project, replayed: [...replayed, ...Array.from({ length: 20 }, () => emptyFile)] }
  const first = schemaAfter(many, 4)
  for (let count = 5; count < 20; count += 1) schemaAfter(many, count)
  expect(schemaAfter(many, 4)).not.toBe(first)
})

test('what was exported comes after the folder; nothing leads beyond what was not kept', () => {
  const [one, two, three, four] = replayed
  if (!one || !two || !three || !four) throw new Error('Four migrations are needed')
  const exported = { files: [], exportedAt: '', proven: true, shipped: false }
  const history = [
    { ...exported, title: 'three' },
    { ...exported, title: 'four', made: { patch: four.patch, settings: initialSettings } },
  ]
  const project = { baseline: last, replayed: [one, two], history }
  expect(pastMigrations(project).map(({ title }) => title)).toEqual(['1-step', '2-step', 'three', 'four'])
  expect(schemaAfter(project, 3)?.objects).toEqual(points[3]?.objects)
  expect(schemaAfter(project, 2)).toBeNull()
})

test('what was exported elsewhere is not among what the folder has built', () => {
  const [one, two, three, four] = replayed
  if (!one || !two || !three || !four) throw new Error('Four migrations are needed')
  const exported = (fileName: string, { patch }: (typeof replayed)[number]) => ({
    title: fileName,
    files: [
      { fileName, source: '' },
      { fileName, folder: 'contract', source: '' },
    ],
    exportedAt: '',
    proven: true,
    shipped: false,
    made: { patch, settings: initialSettings },
  })
  const history = [exported('3.js', three), exported('4.js', four)]
  const project = { baseline: last, replayed: [one, two], history }
  expect(schemaOfFolder(project, new Set(['1.js', '3.js', '4.js']))).toBe(last)
  expect(schemaOfFolder(project, new Set(['3.js'])).objects).toEqual(points[3]?.objects)
  expect(schemaOfFolder(project, new Set(['4.js'])).objects).toEqual(points[2]?.objects)
  const asSql = { ...exported('', three), files: [{ fileName: 'up.sql', folder: '3-three', source: '' }] }
  const inSql = { ...project, history: [asSql, exported('4.js', four)] }
  expect(schemaOfFolder(inSql, new Set(['4.js'])).objects).toEqual(points[2]?.objects)
})

test('what no migration told of is there as long as what it belongs to', () => {
  const raw = makeRaw({
    id: 'r',
    parent: 'u',
    name: 'r',
    objectType: 'label',
    sql: '',
    dropSql: null,
    ordinal: 1,
    uses: [],
  })
  const baseline = { ...last, objects: new Map([...last.objects, ['r', raw]]) }
  const project = { baseline, replayed, history: [] }
  expect(schemaAfter(project, 3)?.objects.has('r')).toBe(true)
  expect(schemaAfter(project, 2)?.objects.has('r')).toBe(false)
})

test('a migration is called by its file', () => {
  expect(titleOfPath('20240102-add-x.js')).toBe('20240102-add-x')
  expect(titleOfPath('a/b.c/.js')).toBe('.js')
})

const emptyFile = { path: 'x.js', outcome: 'left-out' as const, patch: patchBetween(last, last) }
