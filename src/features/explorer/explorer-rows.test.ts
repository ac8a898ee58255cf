import { expect, test } from 'vitest'
import { addColumn } from '../../core/commands/columns.ts'
import { createTable, publicSchema } from '../../core/commands/create-table.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { applyPatch } from '../../core/model/patch.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { explorerRows } from './explorer-rows.ts'
import { rowMarks } from './row-marks.ts'

let count = 0
function newId(): string {
  count += 1
  return `id${count}`
}

function contacts() {
  const home = publicSchema('s')
  const blank = { objects: new Map([[home.id, home]]), diagram: new Map() }
  const withTable = applyPatch(blank, createTable(blank, { id: 't', newId, name: 'contacts', x: 0, y: 0 }))
  return applyPatch(withTable, addColumn(withTable, { id: 'email', table: 't', name: 'email' }))
}

const lines = (filter = '', unfolded: readonly string[] = []) =>
  explorerRows({
    schema: schemaOf(contacts()),
    filter,
    unfolded: new Map(unfolded.map((id) => [id, true])),
  }).map((row) => `${'  '.repeat(row.depth)}${row.text}`)

test('tables stand first below their schema, folded', () => {
  expect(lines().slice(0, 3)).toEqual(['public', '  Tables', '    contacts'])
})

test('unfolding shows columns in their order', () => {
  expect(lines('', ['t', 't/Columns']).slice(2, 6)).toEqual([
    '    contacts',
    '      Columns',
    '        id',
    '        email',
  ])
})

test('a filter keeps what matches with the way to it', () => {
  expect(lines('EMA')).toEqual(['public', '  Tables', '    contacts', '      Columns', '        email'])
  expect(lines('nothing')).toEqual([])
})

test('a mark climbs to the table but not to the schema', () => {
  const document = contacts()
  const schema = schemaOf(document)
  const email = schema.get('email')
  if (!email) throw new Error('No column email')
  const marks = rowMarks(
    [{ code: '42804', severity: 'error', source: 'PostgreSQL', message: 'no', object: 'email' }],
    [{ type: 'added', id: 'email', to: email }],
    schema,
  )
  const [table] = schema.all(isTable)
  expect(marks.get(table?.id ?? '')).toEqual({ severity: 'error', change: { sign: '+', count: 1 } })
  expect(marks.has('s')).toBe(false)
})
