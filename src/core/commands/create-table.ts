import { blankColumn, type Column, isColumn } from '../kinds/column/column.kind.ts'
import type { PrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isSchemaObject, type SchemaObject } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import type { Placement, TableColour } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { pgType } from '../model/pg-type.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { defaultSchemaName } from '../sql/names.ts'
import { joinName, type NewId, proposeName } from './naming.ts'

interface CreateTable {
  /** The new table's id. */
  readonly id: ObjectId
  readonly newId: NewId
  /** Default `new_table`; made unique. */
  readonly name?: string
  /** The schema (namespace); default `public`, or the first there is. */
  readonly namespace?: ObjectId
  readonly x: number
  readonly y: number
  readonly colour?: TableColour
  /** Names of the times at its end; default: none. */
  readonly times?: TimeNames
}

/** When a row was made, changed and taken away, as Sequelize keeps it. */
export interface TimeNames {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** A table with `id uuid default gen_random_uuid()` as its primary key. */
export function createTable(document: SchemaDocument, args: CreateTable): Patch {
  return edit(document, (draft) => {
    const namespace = args.namespace ?? defaultNamespace(document)?.id ?? args.newId()
    if (!draft.objects.has(namespace)) draft.put(publicSchema(namespace))
    const schema = schemaOf({ ...document, objects: draft.objects })
    const name = proposeName('table', namespace, args.name ?? 'new_table', schema)
    const table: Table = { ...blankTable, id: args.id, parent: namespace, name }
    const column: Column = {
      ...blankColumn,
      id: args.newId(),
      parent: table.id,
      name: 'id',
      ordinal: 1,
      type: pgType('uuid'),
      notNull: true,
      default: 'gen_random_uuid()',
    }
    const key: PrimaryKey = {
      id: args.newId(),
      kind: 'primary key',
      parent: table.id,
      name: proposeName('primary key', namespace, joinName([name], 'pkey'), schema),
      comment: null,
      columns: [column.id],
      include: [],
      deferral: 'not deferrable',
    }
    const times = timeColumns(args, schema)
    for (const object of [table, column, ...times, key]) draft.put(object)
    draft.draw(placement(table.id, args.x, args.y, args.colour))
  })
}

/** Like a column of that name in the table drawn or read last, or `timestamptz` as Sequelize makes it. */
function timeColumns(
  { id, newId, times = { required: [], optional: [] } }: CreateTable,
  schema: Schema,
): readonly Column[] {
  const all = schema.all(isColumn)
  return [...times.required, ...times.optional].map((name, index) => {
    const known = all.findLast((column) => column.name === name)
    return {
      ...blankColumn,
      id: newId(),
      parent: id,
      name,
      ordinal: index + 2,
      type: known?.type ?? pgType('timestamp with time zone'),
      notNull: known?.notNull ?? times.required.includes(name),
      default: known?.default ?? null,
    }
  })
}

export function placement(id: ObjectId, x: number, y: number, colour: TableColour = 'none'): Placement {
  return { id, kind: 'placement', x, y, colour }
}

/** Where new objects go: `public`, or the first schema of the document. */
export function defaultNamespace(document: SchemaDocument): SchemaObject | undefined {
  const namespaces = schemaOf(document).childrenOf(null, isSchemaObject)
  return namespaces.find((namespace) => namespace.name === defaultSchemaName) ?? namespaces[0]
}

export function publicSchema(id: ObjectId): SchemaObject {
  return { id, kind: 'schema', parent: null, name: defaultSchemaName, comment: null }
}
