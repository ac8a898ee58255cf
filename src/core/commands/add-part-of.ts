import { isColumn } from '../kinds/column/column.kind.ts'
import { columnHolder } from '../kinds/column-holder.ts'
import { isPartition } from '../kinds/partition/partition.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { addAttribute, addDomainCheck, addPartitionDefault, addRule } from './add-own-parts.ts'
import {
  addCheck,
  addGrant,
  addIndex,
  addPartition,
  addPolicy,
  addTrigger,
  addUnique,
  setPrimaryKey,
} from './add-parts.ts'

type AddPartOf = (document: SchemaDocument, id: ObjectId, table: ObjectId) => Patch

/** Makes a first part of each kind for a table, on its first column where it needs one. */
const makers: Readonly<Record<string, AddPartOf>> = {
  'primary key': (document, id, table) =>
    setPrimaryKey(document, { id, table, columns: firstColumn(document, table) }),
  unique: (document, id, table) => addUnique(document, { id, table, columns: firstColumn(document, table) }),
  check: (document, id, table) => addCheck(document, { id, table }),
  index: (document, id, table) => addIndex(document, { id, table, columns: firstColumn(document, table) }),
  trigger: (document, id, table) => addTrigger(document, { id, table }),
  partition: (document, id, table) => addPartition(document, { id, table }),
  'partition default': (document, id, partition) =>
    addPartitionDefault(document, { id, partition, column: firstColumn(document, partition)[0] ?? '' }),
  policy: (document, id, table) => addPolicy(document, { id, table }),
  grant: (document, id, table) => addGrant(document, { id, table }),
  rule: (document, id, table) => addRule(document, { id, table }),
  'domain check': (document, id, domain) => addDomainCheck(document, { id, type: domain }),
  attribute: (document, id, type) => addAttribute(document, { id, type }),
}

/** What a first column is needed for. */
const onColumns = new Set(['primary key', 'unique', 'index', 'partition default'])

/**
 * How the inspector adds an object of that kind to a table; null where it cannot without further choices, or where
 * there is one already and may be no other.
 */
export function addPartOf(kind: string, table: ObjectId, schema: Schema): AddPartOf | null {
  if (kind === 'partition' && !isPartitioned(schema.get(table))) return null
  if (kind === 'primary key' && schema.childrenOf(table, isPrimaryKey).length > 0) return null
  if (onColumns.has(kind) && schema.childrenOf(columnHolder(table, schema), isColumn).length === 0)
    return null
  return Object.hasOwn(makers, kind) ? (makers[kind] ?? null) : null
}

function firstColumn(document: SchemaDocument, table: ObjectId): readonly ObjectId[] {
  const schema = schemaOf(document)
  return schema
    .childrenOf(columnHolder(table, schema), isColumn)
    .slice(0, 1)
    .map((column) => column.id)
}

function isPartitioned(object: ObjectBase | undefined): boolean {
  return object !== undefined && (isTable(object) || isPartition(object)) && object.partitionBy !== null
}
