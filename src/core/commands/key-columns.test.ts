import { expect, it } from 'vitest'
import { isColumn } from '../kinds/column/column.kind.ts'
import { sampleDocument } from '../kinds/sample.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { applyPatch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { setPrimaryKey } from './add-parts.ts'

it('makes the columns of a primary key NOT NULL in the same edit', () => {
  const document = sampleDocument()
  const schema = schemaOf(document)
  const table = schema
    .all(isTable)
    .find(({ id }) => schema.childrenOf(id, isColumn).some((column) => !column.notNull))
  const column = schema.childrenOf(table?.id ?? null, isColumn).find(({ notNull }) => !notNull)
  if (!table || !column) throw new Error('The sample has no nullable column')
  const after = applyPatch(
    document,
    setPrimaryKey(document, { id: 'new key', table: table.id, columns: [column.id] }),
  )
  expect(after.objects.get(column.id)).toMatchObject({ notNull: true })
})
