import { addColumn } from '../src/core/commands/columns.ts'
import { type Check, isCheck } from '../src/core/kinds/check/check.kind.ts'
import { type Column, isColumn } from '../src/core/kinds/column/column.kind.ts'
import { isIndex } from '../src/core/kinds/index/index.kind.ts'
import { isTable, type Table } from '../src/core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../src/core/model/document.ts'
import type { ObjectBase } from '../src/core/model/object.ts'
import { applyPatch } from '../src/core/model/patch.ts'
import { pgType } from '../src/core/model/pg-type.ts'
import { schemaOf } from '../src/core/model/schema.ts'

type Edit = (document: SchemaDocument, table: Table, index: number) => SchemaDocument

/** What people do to a table of `generatedSchema`, in turn. */
const edits: readonly Edit[] = [
  (document, { id }, index) =>
    applyPatch(document, addColumn(document, { id: `bench-${index}`, table: id, name: `extra_${index}` })),
  (document, table) =>
    put<Column>(document, { ...columnOf(document, table, 'status'), type: pgType('varchar', '80') }),
  (document, table) => put<Column>(document, { ...columnOf(document, table, 'is_active'), name: 'active' }),
  (document, table) => {
    const index = schemaOf(document)
      .childrenOf(table.id, isIndex)
      .find(({ method }) => method === 'btree')
    const objects = new Map(document.objects)
    objects.delete(index?.id ?? '')
    return { ...document, objects }
  },
  (document, table) => {
    const [check] = schemaOf(document).childrenOf(table.id, isCheck)
    return check ? put<Check>(document, { ...check, expression: 'amount >= 1' }) : document
  },
]

/** The schema after so many edits, each of another table as far as there are enough. */
export function changedSchema(document: SchemaDocument, count: number): SchemaDocument {
  const tables = schemaOf(document).all(isTable)
  const step = Math.max(1, Math.floor(tables.length / (count + 1)))
  let changed = document
  for (let index = 0; index < count; index += 1) {
    const table = tables[(index * step) % tables.length]
    const edit = edits[index % edits.length]
    if (table && edit) changed = edit(changed, table, index)
  }
  return changed
}

function columnOf(document: SchemaDocument, table: Table, name: string): Column {
  const column = schemaOf(document)
    .childrenOf(table.id, isColumn)
    .find((other) => other.name === name)
  if (!column) throw new Error(`${table.name} has no ${name}`)
  return column
}

function put<T extends ObjectBase>(document: SchemaDocument, object: T): SchemaDocument {
  return { ...document, objects: new Map([...document.objects, [object.id, object]]) }
}
