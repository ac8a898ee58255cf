import { expect, test } from 'vitest'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isExtension } from '../kinds/extension/extension.kind.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import { blankDocument } from '../model/document.ts'
import { applyPatch } from '../model/patch.ts'
import { pgType } from '../model/pg-type.ts'
import type { Problem } from '../model/problem.ts'
import { schemaOf } from '../model/schema.ts'
import { addForeignKey } from './add-foreign-key.ts'
import { addColumn } from './columns.ts'
import { createTable } from './create-table.ts'
import { after } from './edited.test-kit.ts'
import { fixFor } from './problem-fixes.ts'

let ids = 0
const newId = () => `id${++ids}`

const drawn = after(
  blankDocument,
  (document) => createTable(document, { id: 'accounts', newId, name: 'accounts', x: 0, y: 0 }),
  (document) => addColumn(document, { id: 'code', table: 'accounts', name: 'code' }),
  (document) => createTable(document, { id: 'contacts', newId, name: 'contacts', x: 0, y: 0 }),
  (document) =>
    addColumn(document, { id: 'ref', table: 'contacts', name: 'ref', column: { type: pgType('int') } }),
  (document) =>
    addForeignKey(document, {
      id: 'key',
      newId,
      table: 'contacts',
      columns: ['ref'],
      referencedTable: 'accounts',
      referencedColumns: ['code'],
    }),
)

function fixed(problem: Partial<Problem>) {
  const fix = fixFor(
    { code: '', severity: 'error', source: 'PostgreSQL', message: '', ...problem },
    drawn,
    newId,
  )
  return fix && { ...fix, schema: schemaOf(applyPatch(drawn, fix.patch)) }
}

test('USING as PostgreSQL hints it', () => {
  const fix = fixed({
    code: '42804',
    object: 'ref',
    field: 'type',
    hint: 'You might need to specify "USING ref::lead_source".',
    sql: 'ALTER TABLE contacts ALTER COLUMN ref TYPE lead_source',
  })
  expect(fix?.title).toBe('Add USING')
  expect(fix?.sql).toBe('ALTER TABLE contacts ALTER COLUMN ref TYPE lead_source\n  USING ref::lead_source;')
  expect(fix?.schema.need('ref', isColumn).using).toBe('ref::lead_source')
})

test('a foreign key gets the type of what it refers to, or something unique to refer to', () => {
  const typed = fixed({ code: '42804', object: 'key' })
  expect(typed?.title).toBe('Change ref to text')
  expect(typed?.schema.need('ref', isColumn).type).toEqual(pgType('text'))
  const unique = fixed({ code: '42830', object: 'key' })
  expect(unique?.title).toBe('Make accounts.code unique')
  expect(unique?.schema.all(isUnique).map(({ columns }) => columns)).toEqual([['code']])
})

test('an extension for what it would bring', () => {
  const fix = fixed({ code: '42883', message: 'function uuid_generate_v4() does not exist' })
  expect(fix?.schema.all(isExtension).map(({ name }) => name)).toEqual(['uuid-ossp'])
  expect(fixed({ code: '42704', message: 'type "citext" does not exist' })?.title).toBe(
    'Add extension citext',
  )
  expect(fixed({ code: '42704', message: 'type "mood" does not exist' })).toBeNull()
})

test('nothing for what a person must decide', () => {
  expect(fixed({ code: '42703', message: 'column "x" does not exist' })).toBeNull()
  expect(fixed({ code: '42804', severity: 'blocked', object: 'key' })).toBeNull()
})
