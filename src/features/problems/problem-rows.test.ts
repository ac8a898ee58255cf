import { expect, test } from 'vitest'
import { addColumn } from '../../core/commands/columns.ts'
import { createTable } from '../../core/commands/create-table.ts'
import { blankDocument } from '../../core/model/document.ts'
import { applyPatch } from '../../core/model/patch.ts'
import type { Problem } from '../../core/model/problem.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { problemRows } from './problem-rows.ts'

let ids = 0
const table = applyPatch(
  blankDocument,
  createTable(blankDocument, { id: 'leads', newId: () => `id${++ids}`, name: 'leads', x: 0, y: 0 }),
)
const schema = schemaOf(applyPatch(table, addColumn(table, { id: 'source', table: 'leads', name: 'source' })))

const problem = (part: Partial<Problem>): Problem => ({
  code: '42804',
  severity: 'error',
  source: 'PostgreSQL',
  message: 'refused',
  ...part,
})

test('errors come before what waits for them and before warnings; columns are named with their table', () => {
  const rows = problemRows(
    [
      problem({ severity: 'warning', source: 'Lint', message: 'w' }),
      problem({ severity: 'blocked', message: 'b', object: 'leads' }),
      problem({ object: 'source' }),
    ],
    schema,
    '',
  )
  expect(rows.map(({ problem: { severity }, place }) => [severity, place])).toEqual([
    ['error', 'leads.source'],
    ['blocked', 'leads'],
    ['warning', ''],
  ])
})

test('one finding of lint about many objects is one line, a refusal never', () => {
  const lint = { severity: 'info', source: 'Lint', message: 'is timestamp' } as const
  const rows = problemRows(
    [
      problem({ ...lint, object: 'source' }),
      problem({ ...lint, object: 'leads' }),
      problem({ object: 'source' }),
      problem({ object: 'leads' }),
    ],
    schema,
    '',
  )
  expect(rows.map((row) => row.place)).toEqual(['leads.source', 'leads', '2 objects'])
})

test('the filter looks at message, place and code', () => {
  const rows = (filter: string) => problemRows([problem({ object: 'source' })], schema, filter).length
  expect([rows('LEADS.'), rows('42804'), rows('nothing')]).toEqual([1, 1, 0])
})
