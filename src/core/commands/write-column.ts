import { isColumn } from '../kinds/column/column.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { applyPatch, type Patch, patchBetween } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { addForeignKey } from './add-foreign-key.ts'
import { addUnique, setPrimaryKey } from './add-parts.ts'
import { type ColumnText, readColumnText } from './column-text.ts'
import { addColumn } from './columns.ts'
import type { NewId } from './naming.ts'
import { renameObject } from './rename.ts'
import { setFields } from './set-field.ts'

interface WriteColumn {
  /** The column to change, or the id of a new one. */
  readonly id: ObjectId
  readonly newId: NewId
  readonly table: ObjectId
  /** As `readColumnText` takes it. */
  readonly text: string
  /** For a new column: the one it comes after; default: the last. */
  readonly after?: ObjectId
}

/** Makes or changes a column as the text says, with the keys it asks for. Text without a name changes nothing. */
export function writeColumn(document: SchemaDocument, args: WriteColumn): Patch {
  const written = readColumnText(args.text, schemaOf(document))
  if (!written) return patchBetween(document, document)
  const present = schemaOf(document).find(args.id, isColumn)
  let next = document
  const apply = (command: (document: SchemaDocument) => Patch) => {
    next = applyPatch(next, command(next))
  }
  if (present) {
    apply((current) => renameObject(current, { object: args.id, name: written.name }))
    if (saysMoreThanName(args.text, written.name)) {
      const identity =
        present.identity !== null && written.column.identity !== null
          ? present.identity
          : written.column.identity
      apply((current) => setFields(current, { object: args.id, values: { ...written.column, identity } }))
    }
  } else {
    apply((current) =>
      addColumn(current, {
        id: args.id,
        table: args.table,
        name: written.name,
        column: written.column,
        ...(args.after === undefined ? {} : { after: args.after }),
      }),
    )
  }
  addKeys(written, args, apply)
  return patchBetween(document, next)
}

function saysMoreThanName(text: string, name: string): boolean {
  return text.trim() !== name && text.trim() !== `"${name.replaceAll('"', '""')}"`
}

function addKeys(
  written: ColumnText,
  { id, newId, table }: WriteColumn,
  apply: (command: (document: SchemaDocument) => Patch) => void,
): void {
  if (written.primaryKey) apply((current) => setPrimaryKey(current, { id: newId(), table, columns: [id] }))
  if (written.unique) apply((current) => addUnique(current, { id: newId(), table, columns: [id] }))
  const target = written.references
  if (!target) return
  apply((current) => {
    const schema = schemaOf(current)
    const parent = schema.all(isTable).find((candidate) => candidate.name === target.table)
    if (!parent) return patchBetween(current, current)
    const column = target.column === null ? undefined : schema.named(parent.id, target.column, isColumn)?.id
    return addForeignKey(current, {
      id: newId(),
      newId,
      table,
      columns: [id],
      referencedTable: parent.id,
      ...(column === undefined ? {} : { referencedColumns: [column] }),
    })
  })
}
