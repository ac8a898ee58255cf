import { blankColumn, type Column } from '../kinds/column/column.kind.ts'
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
import { schemaOf } from '../model/schema.ts'
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
    for (const object of [table, column, key]) draft.put(object)
    draft.draw(placement(table.id, args.x, args.y, args.colour))
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
