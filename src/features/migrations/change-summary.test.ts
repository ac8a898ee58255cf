import { expect, test } from 'vitest'
import { Drawing } from '../../core/commands/sample-document.test-kit.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { summaryOfChange } from './change-summary.ts'

const drawing = new Drawing()
const table = drawing.table('lines', 'price integer')
const total = drawing.column(table, 'total integer')
const schema = schemaOf(drawing.document)
const column = schema.need(total, isColumn)
const generated = (expression: string) => ({
  ...column,
  generated: { expression, storage: 'stored' } as const,
})

test('a value of several parts is said by the parts that differ', () => {
  expect(summaryOfChange(generated('price * 2'), generated('price * 3'), schema, schema)).toBe(
    'generated expression price * 2 → price * 3',
  )
})

test('a value of several parts that comes or goes is said whole', () => {
  expect(summaryOfChange(column, generated('price * 2'), schema, schema)).toBe(
    'generated none → price * 2 stored',
  )
})

test('a new table is described by its columns, and by nothing that it has not', () => {
  expect(summaryOfChange(undefined, schema.get(table), schema, schema)).toBe('id, price, total')
})
