import { expect, test } from 'vitest'
import { columnKind } from '../../core/kinds/column/column.kind.ts'
import { fieldsOf, withField } from '../../core/kinds/field-access.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import { pgType } from '../../core/model/pg-type.ts'
import { displayedFields, isAnySet, withAdvancedApart } from './field-order.ts'

const column = { ...columnKind.sample, using: null }
const names = (object: typeof column, baseline?: typeof column) =>
  displayedFields(fieldsOf(kindOf(object)), object, baseline).map(([name]) => name)

test('a column shows name, type, nullability and default first, as the look does', () => {
  expect(names(column).slice(0, 4)).toEqual(['name', 'type', 'notNull', 'default'])
  expect(names(column)).not.toContain('comment')
  expect(names(column)).not.toContain('ordinal')
})

test('the conversion is shown once the type is another than in the baseline, or when it is set', () => {
  expect(names(column, column)).not.toContain('using')
  expect(names({ ...column, type: pgType('inet') }, column)).toContain('using')
  const set = withField(column, 'using', 'x::inet')
  expect(displayedFields(fieldsOf(kindOf(set)), set, undefined).map(([name]) => name)).toContain('using')
})

test('what few people set is apart, and counts as set once it is otherwise than at first', () => {
  const { usual, advanced } = withAdvancedApart(displayedFields(fieldsOf(kindOf(column)), column, undefined))
  expect(advanced.map(([name]) => name)).toEqual(['storage', 'compression', 'statistics'])
  expect(usual.map(([name]) => name)).not.toContain('storage')
  const plain = { ...column, storage: null, compression: null, statistics: null }
  expect(isAnySet(advanced, plain)).toBe(false)
  expect(isAnySet(advanced, withField(plain, 'statistics', 500))).toBe(true)
})
