import { type Column, isColumn, mustBeGiven } from '../../kinds/column/column.kind.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import { sameValue } from '../../model/equality.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'

/** What an edit of the schema changes for the rows of one table. */
export interface TableChange {
  readonly before: Table
  /** null: it is dropped. */
  readonly after: Table | null
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  readonly removed: readonly string[]
  /** New ones, or such as had a value by themselves until now, that every row has to give. */
  readonly required: readonly Column[]
}

/** The tables of which anything changes, by id. */
export function tableChanges(from: Schema, to: Schema): ReadonlyMap<ObjectId, TableChange> {
  const changes = new Map<ObjectId, TableChange>()
  for (const before of from.all(isTable)) {
    const after = to.find(before.id, isTable) ?? null
    if (after && isSame(before, after, from, to)) continue
    const old = from.childrenOf(before.id, isColumn)
    const now = after ? to.childrenOf(after.id, isColumn) : []
    changes.set(before.id, {
      before,
      after,
      renamed: old.flatMap(({ id, name }) => {
        const column = now.find((one) => one.id === id)
        return column && column.name !== name ? [{ from: name, to: column.name }] : []
      }),
      removed: old
        .filter(({ id }) => !now.some((one) => one.id === id && one.generated === null))
        .map(({ name }) => name),
      required: now.filter(
        (column) => mustBeGiven(column) && !isGiven(old.find(({ id }) => id === column.id)),
      ),
    })
  }
  return changes
}

function isGiven(column: Column | undefined): boolean {
  return column !== undefined && mustBeGiven(column)
}

/** Whether the table and all that lies in it, its columns and what they must satisfy, stay as they are. */
function isSame(before: Table, after: Table, from: Schema, to: Schema): boolean {
  return sameValue(before, after) && sameValue(from.children(before.id), to.children(after.id))
}
