import { expect, test } from 'vitest'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import { applyPatch } from '../model/patch.ts'
import { pgType } from '../model/pg-type.ts'
import { schemaOf } from '../model/schema.ts'
import { addColumn } from './columns.ts'
import { createTable } from './create-table.ts'
import { mergeDocument } from './merge-document.ts'

let ids = 0
const newId = () => `id${++ids}`

function drawn(document: SchemaDocument, name: string): SchemaDocument {
  return applyPatch(document, createTable(document, { id: newId(), newId, name, x: 0, y: 0 }))
}

test('the same table keeps its id and takes what was imported, others are added, none is lost', () => {
  const open = drawn(drawn(blankDocument, 'contacts'), 'accounts')
  const contacts = schemaOf(open)
    .all(isTable)
    .find((table) => table.name === 'contacts')
  const source = drawn(drawn(blankDocument, 'contacts'), 'leads')
  const table = schemaOf(source).all(isTable)[0]?.id ?? ''
  const imported = applyPatch(
    source,
    addColumn(source, { id: newId(), table, name: 'email', column: { type: pgType('text') } }),
  )
  const merged = schemaOf(applyPatch(open, mergeDocument(open, imported)))
  expect(merged.all(isTable).map(({ name }) => name)).toEqual(['contacts', 'accounts', 'leads'])
  expect(merged.childrenOf(contacts?.id ?? '', isColumn).map(({ name }) => name)).toEqual(['id', 'email'])
})
