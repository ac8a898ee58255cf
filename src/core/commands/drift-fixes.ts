import { blankColumn, type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isEnum } from '../kinds/enum/enum.kind.ts'
import type { Index } from '../kinds/index/index.kind.ts'
import { isSchemaObject } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import { applyPatch, isEmptyPatch, type Patch, patchBetween } from '../model/patch.ts'
import { type PgType, pgType } from '../model/pg-type.ts'
import type { Fix } from '../model/problem.ts'
import { schemaOf } from '../model/schema.ts'
import type { Cure, Drift, ModelColumn } from '../sequelize/models/drift.ts'
import { defaultSchemaName, typeName } from '../sql/names.ts'
import { addForeignKey } from './add-foreign-key.ts'
import { addEnum } from './add-objects.ts'
import { addIndex, addUnique, setPrimaryKey } from './add-parts.ts'
import { addColumn } from './columns.ts'
import { placement } from './create-table.ts'
import type { NewId } from './naming.ts'
import { renameObject } from './rename.ts'
import { setField, setFields } from './set-field.ts'

/** The edit that makes the schema what the model says; null where a person has to decide, or it is done already. */
export function driftFix({ cure }: Drift, document: SchemaDocument, newId: NewId): Fix | null {
  if (!cure || !idsOf(cure).every((id) => document.objects.has(id))) return null
  const patch = patchOf(cure, document, newId)
  return isEmptyPatch(patch) ? null : { title: titleOf(cure, document), patch }
}

/** The objects without which there is nothing to cure any more. */
function idsOf(cure: Cure): readonly ObjectId[] {
  switch (cure.type) {
    case 'add-table':
      return []
    case 'add-column':
      return [cure.table]
    case 'set-type':
      return [cure.column]
    case 'set-field':
      return [cure.object]
    case 'set-key':
    case 'add-unique':
      return [cure.table, ...cure.columns]
    case 'add-index':
      return [cure.table, ...cure.index.keys.flatMap(({ column }) => column ?? [])]
    case 'add-foreign-key':
      return [cure.table, cure.column, cure.referencedTable, cure.referencedColumn]
  }
}

function titleOf(cure: Cure, document: SchemaDocument): string {
  const schema = schemaOf(document)
  const nameOf = (id: ObjectId) => schema.get(id)?.name ?? ''
  switch (cure.type) {
    case 'add-table':
      return `Create table ${cure.name}`
    case 'add-column':
      return `Add column ${cure.column.name}`
    case 'set-type':
      return `Change ${nameOf(cure.column)} to ${cure.to.labels ? 'an enum' : typeName(cure.to.type, schema)}`
    case 'set-field':
      return fieldTitle(cure, nameOf(cure.object))
    case 'set-key':
      return `Make ${cure.columns.map(nameOf).join(', ')} the primary key`
    case 'add-unique':
      return `Make ${cure.columns.map(nameOf).join(', ')} unique`
    case 'add-index':
      return 'Create index'
    case 'add-foreign-key':
      return `Add foreign key to ${nameOf(cure.referencedTable)}`
  }
}

function fieldTitle({ field, value }: Extract<Cure, { type: 'set-field' }>, name: string): string {
  if (field === 'notNull') return value === true ? `Make ${name} not null` : `Let ${name} be null`
  if (field === 'default')
    return value === null ? `Drop the default of ${name}` : `Set the default of ${name}`
  if (field === 'name') return `Rename ${name} to ${String(value)}`
  if (field === 'comment') return `Set the comment of ${name}`
  if (field === 'onDelete' || field === 'onUpdate')
    return `Set ${field === 'onDelete' ? 'ON DELETE' : 'ON UPDATE'} of ${name}`
  return field === 'labels' ? `Add labels to ${name}` : `Let PostgreSQL number ${name}`
}

function patchOf(cure: Cure, document: SchemaDocument, newId: NewId): Patch {
  const id = newId()
  switch (cure.type) {
    case 'add-table':
      return addTable(cure, document, newId)
    case 'add-column':
      return withType(cure.column, document, newId, (made, type) =>
        addColumn(made, {
          id,
          table: cure.table,
          name: cure.column.name,
          column: { ...partsOf(cure.column), type },
        }),
      )
    case 'set-type':
      return withType(cure.to, document, newId, (made, type) =>
        setFields(made, { object: cure.column, values: { type } }),
      )
    case 'set-field':
      if (cure.field === 'name')
        return renameObject(document, { object: cure.object, name: String(cure.value) })
      return cure.field === 'identity'
        ? setFields(document, {
            object: cure.object,
            values: { default: null, identity: cure.value, notNull: true },
          })
        : setField(document, cure)
    case 'set-key':
      return setPrimaryKey(document, { id, table: cure.table, columns: cure.columns })
    case 'add-unique':
      return addUnique(document, { id, table: cure.table, columns: cure.columns })
    case 'add-index':
      return withIndex(cure, document, id)
    case 'add-foreign-key':
      return addForeignKey(document, {
        id,
        newId,
        table: cure.table,
        columns: [cure.column],
        referencedTable: cure.referencedTable,
        referencedColumns: [cure.referencedColumn],
      })
  }
}

function partsOf({ notNull, default: fallback, identity }: ModelColumn): Partial<Column> {
  return { notNull, default: fallback, identity }
}

/** An enum that the schema lacks is made first; one of the same labels is used again. */
function withType(
  { name, type, labels }: ModelColumn,
  document: SchemaDocument,
  newId: NewId,
  change: (document: SchemaDocument, type: PgType) => Patch,
): Patch {
  if (!labels) return change(document, type)
  const present = schemaOf(document)
    .all(isEnum)
    .find((one) => one.labels.join('\0') === labels.join('\0'))
  const id = present?.id ?? newId()
  const enumName = `${name}_type`
  const made = present
    ? document
    : applyPatch(document, addEnum(document, { id, newId, name: enumName, labels }))
  const base = made.objects.get(id)?.name ?? enumName
  const own: PgType = { ...pgType(base), dimensions: type.dimensions, ref: id }
  return patchBetween(document, applyPatch(made, change(made, own)))
}

function withIndex(
  { table, index, isUnique }: Extract<Cure, { type: 'add-index' }>,
  document: SchemaDocument,
  id: ObjectId,
): Patch {
  const columns = index.keys.flatMap(({ column }) => column ?? [])
  const made = applyPatch(document, addIndex(document, { id, table, columns }))
  const added = made.objects.get(id)
  if (!added) return patchBetween(document, made)
  // addIndex has put an index there.
  const whole: Index = { ...(added as Index), ...index, unique: isUnique }
  return patchBetween(
    document,
    applyPatch(
      made,
      edit(made, (draft) => draft.put(whole)),
    ),
  )
}

/** To the right of what is drawn. */
function addTable(cure: Extract<Cure, { type: 'add-table' }>, document: SchemaDocument, newId: NewId): Patch {
  const schema = schemaOf(document)
  const namespace = schema.named(null, cure.schema ?? defaultSchemaName, isSchemaObject)
  if (!namespace) return patchBetween(document, document)
  const table: Table = { ...blankTable, id: newId(), parent: namespace.id, name: cure.name }
  const right = Math.max(0, ...[...document.diagram.values()].map((item) => ('x' in item ? item.x + 320 : 0)))
  const begin = edit(document, (draft) => {
    draft.put(table)
    draft.draw(placement(table.id, right, 0))
  })
  let made = applyPatch(document, begin)
  for (const column of cure.columns) {
    const patch = withType(column, made, newId, (next, type) =>
      addColumn(next, {
        id: newId(),
        table: table.id,
        name: column.name,
        column: { ...blankColumn, ...partsOf(column), type },
      }),
    )
    made = applyPatch(made, patch)
  }
  const key = schemaOf(made)
    .childrenOf(table.id, isColumn)
    .filter(({ name }) => cure.key.includes(name))
  if (key.length > 0) {
    const columns = key.map(({ id }) => id)
    made = applyPatch(made, setPrimaryKey(made, { id: newId(), table: table.id, columns }))
  }
  return patchBetween(document, made)
}
