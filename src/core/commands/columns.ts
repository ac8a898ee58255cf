import { blankColumn, type Column, isColumn } from '../kinds/column/column.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { type Draft, edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { proposeName } from './naming.ts'

interface AddColumn {
  readonly id: ObjectId
  readonly table: ObjectId
  /** Made unique in the table. */
  readonly name: string
  /** What differs from a nullable text column. */
  readonly column?: Partial<Omit<Column, 'id' | 'kind' | 'parent' | 'name' | 'ordinal'>>
  /** The column it comes after; default: the last. */
  readonly after?: ObjectId
}

export function addColumn(document: SchemaDocument, args: AddColumn): Patch {
  return edit(document, (draft) => {
    const schema = schemaOf(document)
    const columns = schema.childrenOf(args.table, isColumn)
    const place = columns.findIndex((column) => column.id === args.after)
    const last = columns.at(-1)?.ordinal ?? 0
    const column: Column = {
      ...blankColumn,
      ...args.column,
      id: args.id,
      parent: args.table,
      name: proposeName('column', args.table, args.name, schema),
      ordinal: last + 1,
    }
    if (place < 0 || place === columns.length - 1) draft.put(column)
    else renumber(draft, columns.toSpliced(place + 1, 0, column))
  })
}

interface MoveColumn {
  readonly column: ObjectId
  /** Its new place among the table's columns, counted from 0. */
  readonly to: number
}

/** Changes the order of columns in the drawing and in DDL of new tables; an existing table keeps its own. */
export function moveColumn(document: SchemaDocument, args: MoveColumn): Patch {
  return edit(document, (draft) => {
    const schema = schemaOf(document)
    const column = schema.need(args.column, isColumn)
    const rest = schema.childrenOf(column.parent, isColumn).filter((other) => other.id !== column.id)
    renumber(draft, rest.toSpliced(args.to, 0, column))
  })
}

function renumber(draft: Draft, columns: readonly Column[]): void {
  for (const [index, column] of columns.entries()) {
    const moved: Column = { ...column, ordinal: index + 1 }
    draft.put(moved)
  }
}
