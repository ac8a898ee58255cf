import type { Check } from '../kinds/check/check.kind.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { type FunctionObject, isFunction } from '../kinds/function/function.kind.ts'
import { type Grant, isGrant } from '../kinds/grant/grant.kind.ts'
import type { Index, IndexKey } from '../kinds/index/index.kind.ts'
import type { Partition } from '../kinds/partition/partition.kind.ts'
import { unpartitioned } from '../kinds/partitioning.ts'
import type { Policy } from '../kinds/policy/policy.kind.ts'
import { isPrimaryKey, type PrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isRole } from '../kinds/role/role.kind.ts'
import { everyone } from '../kinds/role-names.ts'
import { isStored } from '../kinds/storage.ts'
import { isGuarded, unguarded } from '../kinds/table/table.options.ts'
import type { Trigger } from '../kinds/trigger/trigger.kind.ts'
import type { Unique } from '../kinds/unique/unique.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { putWithKeyColumns } from './key-columns.ts'
import { joinName, proposeIndexName, proposeName } from './naming.ts'

interface AddPart {
  readonly id: ObjectId
  readonly table: ObjectId
}

interface AddKey extends AddPart {
  readonly columns: readonly ObjectId[]
}

interface AddIndex extends AddKey {
  /** Default btree. */
  readonly method?: string
  readonly unique?: boolean
}

export function addIndex(document: SchemaDocument, args: AddIndex): Patch {
  return addPart(
    document,
    args,
    (table, schema): Index => ({
      id: args.id,
      kind: 'index',
      parent: table.id,
      name: proposeIndexName(table, columnNames(args.columns, schema), schema),
      comment: null,
      method: args.method ?? 'btree',
      unique: args.unique ?? false,
      nullsNotDistinct: false,
      keys: args.columns.map(columnKey),
      include: [],
      where: null,
      with: [],
      tablespace: null,
    }),
  )
}

/** The index key that is just a column. */
export function columnKey(column: ObjectId): IndexKey {
  return { column, expression: null, opclass: null, collation: null, order: 'asc', nulls: null }
}

interface AddCheck extends AddPart {
  /** Default `true`, to be replaced. */
  readonly expression?: string
  /** The column it is about, for its name. */
  readonly column?: ObjectId
}

export function addCheck(document: SchemaDocument, args: AddCheck): Patch {
  return addPart(document, args, (table, schema): Check => {
    const parts = args.column === undefined ? [] : columnNames([args.column], schema)
    return {
      id: args.id,
      kind: 'check',
      parent: table.id,
      name: proposeName('check', table.id, joinName([table.name, ...parts], 'check'), schema),
      comment: null,
      expression: args.expression ?? 'true',
      noInherit: false,
      local: true,
      notValid: false,
    }
  })
}

export function addUnique(document: SchemaDocument, args: AddKey): Patch {
  return addPart(document, args, (table, schema): Unique => {
    const base = joinName([table.name, ...columnNames(args.columns, schema)], 'key')
    return {
      id: args.id,
      kind: 'unique',
      parent: table.id,
      name: proposeName('unique', table.id, base, schema),
      comment: null,
      columns: args.columns,
      include: [],
      nullsNotDistinct: false,
      deferral: 'not deferrable',
    }
  })
}

/** Makes these columns the primary key; an existing key keeps its identity and gets new columns. */
export function setPrimaryKey(document: SchemaDocument, args: AddKey): Patch {
  return addPart(document, args, (table, schema): PrimaryKey => {
    const present = schema.childrenOf(table.id, isPrimaryKey)[0]
    if (present) return { ...present, columns: args.columns }
    return {
      id: args.id,
      kind: 'primary key',
      parent: table.id,
      name: proposeName('primary key', table.id, joinName([table.name], 'pkey'), schema),
      comment: null,
      columns: args.columns,
      include: [],
      deferral: 'not deferrable',
    }
  })
}

interface AddTrigger extends AddPart {
  /** Default: the first function that returns `trigger`. */
  readonly function?: ObjectId
}

/** A row trigger before updates. Without any trigger function it names `trigger_function`, for PostgreSQL to miss. */
export function addTrigger(document: SchemaDocument, args: AddTrigger): Patch {
  return addPart(document, args, (table, schema): Trigger => {
    const called = schema.find(args.function, isFunction) ?? triggerFunctions(schema)[0]
    return {
      id: args.id,
      kind: 'trigger',
      parent: table.id,
      name: proposeName('trigger', table.id, joinName([table.name], 'trigger'), schema),
      comment: null,
      timing: 'before',
      events: ['update'],
      updateOf: [],
      level: 'row',
      when: null,
      function: called?.id ?? null,
      functionName: called?.name ?? 'trigger_function',
      arguments: [],
      constraint: null,
      oldTable: null,
      newTable: null,
      enabled: 'origin',
    }
  })
}

function triggerFunctions(schema: Schema): readonly FunctionObject[] {
  return schema.all(isFunction).filter((candidate) => candidate.returns?.toLowerCase() === 'trigger')
}

/** A policy that lets everyone see every row, and enables row-level security on the table. */
export function addPolicy(document: SchemaDocument, { id, table: parent }: AddPart): Patch {
  const schema = schemaOf(document)
  const table = schema.need(parent, isGuarded)
  const policy: Policy = {
    id,
    kind: 'policy',
    parent,
    name: proposeName('policy', parent, joinName([table.name], 'policy'), schema),
    comment: null,
    command: 'all',
    permissive: true,
    roles: [everyone],
    using: 'true',
    withCheck: null,
  }
  const guarded = { ...table, rowSecurity: true }
  return edit(document, (draft) => {
    draft.put(guarded)
    draft.put(policy)
  })
}

/** A partition for what no other one takes, kept as PostgreSQL would keep one of that table. */
export function addPartition(document: SchemaDocument, args: AddPart): Patch {
  return addPart(
    document,
    args,
    (table, schema): Partition => ({
      ...unpartitioned,
      ...unguarded,
      tablespace: isStored(table) ? table.tablespace : null,
      accessMethod: isStored(table) ? table.accessMethod : null,
      id: args.id,
      kind: 'partition',
      parent: table.id,
      name: proposeName('partition', table.id, joinName([table.name], 'default'), schema),
      comment: null,
      bound: 'DEFAULT',
    }),
  )
}

/** Rights of a role that has none on the object yet: of the first such role of the document, or of everyone. */
export function addGrant(document: SchemaDocument, args: AddPart): Patch {
  return addPart(document, args, (holder, schema): Grant => {
    const taken = new Set(schema.childrenOf(holder.id, isGrant).map(({ name }) => name))
    const role = schema.all(isRole).find(({ name }) => !taken.has(name))
    return {
      id: args.id,
      kind: 'grant',
      parent: holder.id,
      name: role?.name ?? everyone,
      comment: null,
      privileges: [firstRight[holder.kind] ?? 'SELECT'],
      grantable: [],
      revoked: [],
    }
  })
}

const firstRight: Readonly<Record<string, string>> = {
  schema: 'USAGE',
  sequence: 'USAGE',
  enum: 'USAGE',
  function: 'EXECUTE',
}

function addPart(
  document: SchemaDocument,
  { table: id }: AddPart,
  make: (table: ObjectBase, schema: Schema) => ObjectBase,
): Patch {
  const schema = schemaOf(document)
  const table = schema.get(id)
  if (!table) throw new Error(`No table ${id}`)
  return edit(document, (draft) => putWithKeyColumns(draft, make(table, schema)))
}

function columnNames(ids: readonly ObjectId[], schema: Schema): readonly string[] {
  return ids.map((id) => schema.need(id, isColumn).name)
}
