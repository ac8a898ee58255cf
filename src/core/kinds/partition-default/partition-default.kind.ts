import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { columnKey, inScope, plainPartition } from '../../catalog/plain-table.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { isText, isTextOrNull, noComment, oneExpression, oneReference } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { isColumnPart, isPartitionPart } from '../parts-of-tables.ts'

/**
 * The default that a column has in a partition, where that is another than in what the partition is a part of. It is
 * used for rows that are written to the partition itself (docs 5.12).
 */
export interface PartitionDefault extends ObjectBase {
  readonly kind: 'partition default'
  readonly column: ObjectId
  /** null: none. */
  readonly expression: string | null
}

export const isPartitionDefault = (object: ObjectBase): object is PartitionDefault =>
  object.kind === 'partition default'

export const partitionDefaultKind: Kind<PartitionDefault> = {
  name: 'partition default',
  label: 'Default',
  plural: 'Defaults',
  icon: 'columns-2',
  order: 55,
  parents: ['partition'],
  nameScope: 'kind',
  informal: true,
  namedAfter: ({ column }) => column,
  fields: {
    name: {
      label: 'Name',
      editor: { type: 'hidden' },
      valid: isText,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
    },
    column: {
      label: 'Column',
      editor: { type: 'columns', single: true },
      valid: isText,
      alter: 'replace',
      sample: [],
      references: oneReference,
    },
    expression: {
      label: 'Default',
      editor: { type: 'expression', placeholder: 'none' },
      valid: isTextOrNull,
      alter: { statements: (_from, to, schema) => [setDefault(to, schema)] },
      sample: ["'b'::text", null, "lower('C'::text)"],
      expressions: oneExpression,
    },
    comment: noComment,
  },
  sample: {
    id: 'partition default',
    kind: 'partition default',
    parent: 'partition',
    name: 'kind',
    column: 'events kind column',
    expression: "'a'::text",
    comment: null,
  },
  create: (own, schema) => [setDefault(own, schema)],
  drop: (own, schema) => [
    statement(own, alterDefault(own, defaultIn(parentOf(own.parent, schema), own.column, schema), schema)),
  ],
  // That of what it is a part of is passed on to it, and would take its place.
  dependsOn: (own, schema) => {
    const above = ownIn(parentOf(own.parent, schema), own.column, schema)
    return above ? [above.id] : []
  },
  // PostgreSQL takes defaults off, and sets the table's again, where values become of another type.
  pinsColumns: () => 'conversion',
  catalog: {
    some: anyRows('pg_partitioned_table'),
    query: `
      select 'd' || c.oid || '.' || a.attnum as id, 'c' || c.oid as parent, a.attname as name,
             ${columnKey('c', 'a.attnum')} as "column", own.text as expression
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
        join pg_inherits h on h.inhrelid = c.oid
        join pg_attribute b on b.attrelid = h.inhparent and b.attname = a.attname
        cross join lateral (select (
          select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum) as text) own
        cross join lateral (select (
          select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = b.attrelid and d.adnum = b.attnum) as text) above
      where ${plainPartition('c')} and (a.atthasdef or b.atthasdef) and own.text is distinct from above.text
        and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ${inScope('c.oid')}
      order by n.nspname, c.relname, a.attname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'partition default',
      parent: row.text('parent'),
      name: row.text('name'),
      column: row.text('column'),
      expression: row.textOrNull('expression'),
      comment: null,
    }),
  },
}

/** Sets once more what partitions have for themselves: a default of their table takes the place of theirs. */
export function ownDefaultsOf(column: ObjectId, schema: Schema): readonly Statement[] {
  return schema
    .all(isPartitionDefault)
    .filter((own) => own.column === column)
    .toSorted((a, b) => depthOf(a.parent, schema) - depthOf(b.parent, schema))
    .map((own) => setDefault(own, schema))
}

function setDefault(own: PartitionDefault, schema: Schema): Statement {
  return statement(own, alterDefault(own, own.expression, schema))
}

function alterDefault({ parent, column }: PartitionDefault, to: string | null, schema: Schema): string {
  const action = to === null ? 'DROP DEFAULT' : `SET DEFAULT ${to}`
  const name = quoteName(schema.need(column, isColumnPart).name)
  return `ALTER TABLE ${qualifiedNameOf(parent, schema)} ALTER COLUMN ${name} ${action}`
}

/** What the table or partition gives to what is a part of it. */
function defaultIn(holder: ObjectId | null, column: ObjectId, schema: Schema): string | null {
  const own = ownIn(holder, column, schema)
  if (own) return own.expression
  const above = parentOf(holder, schema)
  return above === null ? schema.need(column, isColumnPart).default : defaultIn(above, column, schema)
}

function ownIn(holder: ObjectId | null, column: ObjectId, schema: Schema): PartitionDefault | undefined {
  return schema.childrenOf(holder, isPartitionDefault).find((own) => own.column === column)
}

/** Of a partition, what it is a part of. */
function parentOf(id: ObjectId | null, schema: Schema): ObjectId | null {
  return schema.find(id, isPartitionPart)?.parent ?? null
}

function depthOf(id: ObjectId | null, schema: Schema): number {
  const above = parentOf(id, schema)
  return above === null ? 0 : 1 + depthOf(above, schema)
}
