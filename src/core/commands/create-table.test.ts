import { expect, test } from 'vitest'
import { isColumn } from '../kinds/column/column.kind.ts'
import { blankDocument } from '../model/document.ts'
import { applyPatch } from '../model/patch.ts'
import { displayPgType } from '../model/pg-type.ts'
import { schemaOf } from '../model/schema.ts'
import { usualStyle } from '../sequelize/folder/style.ts'
import { timeNames } from '../sequelize/folder/time-names.ts'
import { addForeignKey } from './add-foreign-key.ts'
import { createTable } from './create-table.ts'
import { setField } from './set-field.ts'

let made = 0
const newId = () => {
  made += 1
  return `id${made}`
}
const place = { newId, x: 0, y: 0 }
const camel = { ...usualStyle, columns: 'camel', timestamps: true, paranoid: true } as const

test('a new table ends with the times that the tables of its folder have', () => {
  const first = applyPatch(
    blankDocument,
    createTable(blankDocument, { ...place, id: 'a', name: 'users', times: timeNames(camel) }),
  )
  const columns = (document: typeof first, table: string) =>
    schemaOf(document)
      .childrenOf(table, isColumn)
      .map(({ name, type, notNull, default: value }) => [name, displayPgType(type, () => ''), notNull, value])
  expect(columns(first, 'a')).toEqual([
    ['id', 'uuid', true, 'gen_random_uuid()'],
    ['createdAt', 'timestamptz', true, null],
    ['updatedAt', 'timestamptz', true, null],
    ['deletedAt', 'timestamptz', false, null],
  ])
  // The next one has them as the tables before.
  const created =
    schemaOf(first)
      .all(isColumn)
      .find(({ name }) => name === 'createdAt')?.id ?? ''
  const changed = applyPatch(first, setField(first, { object: created, field: 'default', value: 'now()' }))
  const second = applyPatch(
    changed,
    createTable(changed, {
      ...place,
      id: 'b',
      name: 'posts',
      times: timeNames({ ...camel, paranoid: false }),
    }),
  )
  expect(columns(second, 'b').slice(1)).toEqual([
    ['createdAt', 'timestamptz', true, 'now()'],
    ['updatedAt', 'timestamptz', true, null],
  ])
  // And a column that refers is named in their case.
  const linked = applyPatch(
    second,
    addForeignKey(second, { id: 'key', newId, table: 'b', referencedTable: 'a' }),
  )
  expect(columns(linked, 'b').at(-1)?.[0]).toBe('userId')
})

test('without times there are none', () => {
  expect(timeNames(usualStyle)).toEqual({ required: [], optional: [] })
})
