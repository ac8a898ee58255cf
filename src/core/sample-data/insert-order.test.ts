import { expect, test } from 'vitest'
import { addForeignKey } from '../commands/add-foreign-key.ts'
import { Drawing } from '../commands/sample-document.test-kit.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { circleOf, tablesInInsertOrder } from './insert-order.ts'

/** Tables by their references, of which those that end in `!` must be given. */
function drawn(tables: Readonly<Record<string, readonly string[]>>) {
  const drawing = new Drawing('order')
  for (const name of Object.keys(tables)) drawing.table(name)
  for (const [name, references] of Object.entries(tables)) {
    const table = drawing.named(name, 'table').id
    for (const reference of references) {
      const to = reference.replace('!', '')
      const column = drawing.column(table, `${to}_id uuid${reference.endsWith('!') ? ' not null' : ''}`)
      const referencedTable = drawing.named(to, 'table').id
      const { newId } = drawing
      drawing.do((now) =>
        addForeignKey(now, { id: newId(), newId, table, referencedTable, columns: [column] }),
      )
    }
  }
  const schema = schemaOf(drawing.document)
  return {
    order: tablesInInsertOrder(schema).map(({ name }) => name),
    circleOf: (name: string) => {
      const table = schema.find(drawing.named(name, 'table').id, isTable)
      return table && (circleOf(table, schema)?.map((one) => one.name) ?? null)
    },
  }
}

test('referenced tables come first, also over what may be null', () => {
  expect(drawn({ a: ['b', 'c!'], b: ['c'], c: [] }).order).toEqual(['c', 'b', 'a'])
})

test('a circle is cut where a reference may be null, wherever the search begins', () => {
  expect(drawn({ a: ['b'], b: ['a!'] }).order).toEqual(['a', 'b'])
  expect(drawn({ a: ['b!'], b: ['a'] }).order).toEqual(['b', 'a'])
  expect(drawn({ a: ['b'], b: ['c'], c: ['a!', 'b'] }).order).toEqual(['b', 'a', 'c'])
  expect(drawn({ a: ['a!', 'b'], b: ['a'] }).order).toEqual(['b', 'a'])
})

test('a circle of references that must be given is told, others are none', () => {
  const { order, circleOf } = drawn({ a: ['b!'], b: ['c!'], c: ['a!', 'a'], d: ['a!'], e: ['e!', 'd'] })
  expect([...order].sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(['a', 'b', 'c', 'd', 'e'].map(circleOf)).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
    null,
    null,
  ])
})
