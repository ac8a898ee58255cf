import type { Check } from '../core/kinds/check/check.kind.ts'
import { blankColumn, type Column } from '../core/kinds/column/column.kind.ts'
import type { ForeignKey } from '../core/kinds/foreign-key/foreign-key.kind.ts'
import type { Index } from '../core/kinds/index/index.kind.ts'
import type { PrimaryKey } from '../core/kinds/primary-key/primary-key.kind.ts'
import { blankTable } from '../core/kinds/table/blank-table.ts'
import type { Table } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { pgType } from '../core/model/pg-type.ts'

/** Objects drawn by hand for tests; ids are readable: `leads`, `leads.source`. */
export const publicSchema: ObjectBase = {
  id: 'public',
  kind: 'schema',
  parent: null,
  name: 'public',
  comment: null,
}

export function document(...objects: readonly (ObjectBase | readonly ObjectBase[])[]): SchemaDocument {
  return {
    objects: new Map([publicSchema, ...objects.flat()].map((object) => [object.id, object])),
    diagram: new Map(),
  }
}

/** The document with objects added or replaced. */
export function put(base: SchemaDocument, ...objects: readonly ObjectBase[]): SchemaDocument {
  const next = new Map(base.objects)
  for (const object of objects) next.set(object.id, object)
  return { ...base, objects: next }
}

export function without(base: SchemaDocument, ...ids: readonly string[]): SchemaDocument {
  const next = new Map(base.objects)
  for (const id of ids) next.delete(id)
  return { ...base, objects: next }
}

export function table(name: string): Table {
  return { ...blankTable, id: name, parent: 'public', name }
}

export function column(of: string, name: string, type = 'text', more: Partial<Column> = {}): Column {
  const [base = '', modifiers = ''] = type.split(':')
  return {
    ...blankColumn,
    id: `${of}.${name}`,
    parent: of,
    name,
    ordinal: 1,
    type: pgType(base, modifiers),
    ...more,
  }
}

export function primaryKey(of: string, name = 'id'): PrimaryKey {
  return {
    id: `${of} pk`,
    kind: 'primary key',
    parent: of,
    name: `${of}_pkey`,
    comment: null,
    columns: [`${of}.${name}`],
    include: [],
    deferral: 'not deferrable',
  }
}

export function check(of: string, name: string, expression: string): Check {
  return {
    id: name,
    kind: 'check',
    parent: of,
    name,
    comment: null,
    expression,
    noInherit: false,
    local: true,
    notValid: false,
  }
}

export function foreignKey(of: string, from: string, to: string, more: Partial<ForeignKey> = {}): ForeignKey {
  return {
    id: `${of}_${from}_fkey`,
    kind: 'foreign key',
    parent: of,
    name: `${of}_${from}_fkey`,
    comment: null,
    columns: [`${of}.${from}`],
    referencedTable: to,
    referencedColumns: [`${to}.id`],
    onUpdate: 'no action',
    onDelete: 'no action',
    onDeleteColumns: [],
    match: 'simple',
    deferral: 'not deferrable',
    notValid: false,
    ...more,
  }
}

export function index(of: string, name: string, on: string, more: Partial<Index> = {}): Index {
  return {
    id: name,
    kind: 'index',
    parent: of,
    name,
    comment: null,
    method: 'btree',
    unique: false,
    nullsNotDistinct: false,
    keys: [
      { column: `${of}.${on}`, expression: null, opclass: null, collation: null, order: 'asc', nulls: null },
    ],
    include: [],
    where: null,
    with: [],
    tablespace: null,
    ...more,
  }
}

/** A table with a key and some text columns. */
export function keyedTable(name: string, ...columns: readonly string[]): readonly ObjectBase[] {
  return [
    table(name),
    column(name, 'id', 'uuid', { notNull: true, default: 'gen_random_uuid()' }),
    ...columns.map((text, place) => column(name, text, 'varchar:50', { ordinal: place + 2 })),
    primaryKey(name),
  ]
}
