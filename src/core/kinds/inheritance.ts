import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { qualifiedNameOf } from '../sql/names.ts'
import { type Statement, statement } from '../sql/statement.ts'
import { isFlag } from './fields.ts'
import type { AlterRule, Field } from './kind.ts'
import { isTableObject } from './parts-of-tables.ts'
import type { Table } from './table/table.kind.ts'

/** What a table may have from the tables that it inherits from (docs 5.11): a column, a check. */
export interface Inheritable extends ObjectBase {
  /** Said by the table itself. False: the table only has it from those that it inherits from. */
  readonly local: boolean
}

export function isInheritable(object: ObjectBase): object is Inheritable {
  return 'local' in object && typeof object.local === 'boolean'
}

/** PostgreSQL sets it when a table starts or ceases to inherit; there is no statement for it. */
export function localField<T extends Inheritable>(): Field<T, boolean> {
  return {
    label: 'Own',
    editor: { type: 'hidden' },
    valid: isFlag,
    alter: { statements: () => [] },
    sample: [],
    initially: true,
    advanced: true,
  }
}

const tableOf = (part: ObjectBase, schema: Schema): Table | undefined =>
  schema.find(part.parent, isTableObject)

/** The parts of the table's own parents that it has this one from, in their order. */
export function inheritedFrom<T extends Inheritable>(part: T, schema: Schema): readonly T[] {
  const { inherits = [] } = tableOf(part, schema) ?? {}
  return inherits.flatMap((table) => namesakeIn(table, part, schema))
}

function namesakeIn<T extends Inheritable>(table: ObjectId, part: T, schema: Schema): readonly T[] {
  const isSame = (other: ObjectBase): other is T =>
    other.kind === part.kind && other.name === part.name && isPassedOn(other)
  return schema.childrenOf(table, isSame)
}

/** False for a check that its table keeps for itself. */
export function isPassedOn(part: ObjectBase): boolean {
  return !('noInherit' in part && part.noInherit === true)
}

/** True while PostgreSQL changes the part by itself, with the one that it is had from. */
export function isCarried<T extends Inheritable>(from: T, to: T, schema: Schema): boolean {
  const table = tableOf(from, schema)
  if (!table || table.inherits.length === 0) return false
  return (
    !from.local ||
    inheritedFrom(from, schema).length > 0 ||
    inheritedFrom({ ...from, name: to.name }, schema).length > 0
  )
}

/** The field of a part for whose heirs PostgreSQL does the same. */
export function carried<T extends Inheritable, V>(field: Field<T, V>): Field<T, V> {
  const { alter } = field
  return alter === 'replace' ? field : { ...field, alter: carriedRule(alter), carriedTo: allHeirsOf }
}

export function carriedRule<T extends Inheritable>(rule: AlterRule<T>): AlterRule<T> {
  return {
    ...rule,
    statements: (from, to, schema) => {
      const made = rule.statements(from, to, schema)
      return made !== 'replace' && isCarried(from, to, schema) ? [] : made
    },
  }
}

/** Tables that inherit from it directly. */
export function childTables(table: ObjectId | null, schema: Schema): readonly Table[] {
  const isChild = (object: ObjectBase): object is Table =>
    isTableObject(object) && object.inherits.length > 0 && table !== null && object.inherits.includes(table)
  return schema.all(isChild)
}

/** The parts of the same name in the tables that inherit directly from its own. */
export function heirsOf<T extends Inheritable>(part: T, schema: Schema): readonly T[] {
  if (!isPassedOn(part)) return []
  return childTables(part.parent, schema).flatMap(({ id }) => namesakeIn(id, part, schema))
}

/** Those, and theirs; of a circle, which PostgreSQL refuses, each once. */
export function allHeirsOf<T extends Inheritable>(part: T, schema: Schema): readonly T[] {
  const found = new Set(heirsOf(part, schema))
  // A set that grows while it is walked is walked to its new end.
  for (const heir of found) for (const next of heirsOf(heir, schema)) found.add(next)
  return [...found]
}

/** True where something below has it as its own, too, or is to keep it. */
export function hasLocalHeirs(part: Inheritable, schema: Schema): boolean {
  return allHeirsOf(part, schema).some(({ local }) => local)
}

/** `ONLY `, where the table's own heirs would be changed too. */
export function onlyClause(table: ObjectId | null, schema: Schema): string {
  return childTables(table, schema).length > 0 ? 'ONLY ' : ''
}

/** What the part comes and goes with, while its table goes on to inherit. */
export function carriers(part: Inheritable, schema: Schema, later: Schema): readonly ObjectId[] {
  if (part.local) return []
  const { inherits = [] } = tableOf(part, later) ?? {}
  return inheritedFrom(part, schema)
    .filter(({ parent }) => parent !== null && inherits.includes(parent))
    .map(({ id }) => id)
}

/** What it is had from, for what is not the table's own. */
export function restsOn(part: Inheritable, schema: Schema): readonly ObjectId[] {
  if (part.local || schema.get(part.id) !== part) return []
  return inheritedFrom(part, schema).map(({ id }) => id)
}

/** Parts of the same name that tables below have as their own: PostgreSQL merges it into those that are there. */
export function mergedInto(part: Inheritable, schema: Schema): readonly ObjectId[] {
  if (part.parent === null || !isPassedOn(part)) return []
  const children = childrenByTable(schema).get(part.parent) ?? []
  return children.flatMap((id) =>
    namesakeIn(id, part, schema)
      .filter(({ local }) => local)
      .map((heir) => heir.id),
  )
}

/** The tables that inherit from its own. */
export function tablesReached(part: Inheritable, schema: Schema): readonly ObjectId[] {
  const found = new Set<ObjectId>(part.parent === null || !isPassedOn(part) ? [] : [part.parent])
  // A set that grows while it is walked is walked to its new end.
  for (const id of found) for (const child of childrenByTable(schema).get(id) ?? []) found.add(child)
  return [...found].filter((id) => id !== part.parent)
}

const known = new WeakMap<object, ReadonlyMap<ObjectId, readonly ObjectId[]>>()

/** By table, those that inherit from it; kept for documents, which never change. */
function childrenByTable(schema: Schema): ReadonlyMap<ObjectId, readonly ObjectId[]> {
  const { objects } = schema.document
  const before = known.get(objects)
  if (before) return before
  const children = new Map<ObjectId, ObjectId[]>()
  for (const { id, inherits } of schema.all(isTableObject))
    for (const table of inherits) children.set(table, [...(children.get(table) ?? []), id])
  known.set(objects, children)
  return children
}

/**
 * Drops the part by `action` of ALTER TABLE. Where an heir is to stay, only here: that makes it the own of every heir,
 * and those that are not to stay go by themselves, also of tables that have it only because they were made before.
 */
export function dropPart<T extends Inheritable>(
  part: T,
  schema: Schema,
  action: string,
): readonly Statement[] {
  const table = qualifiedNameOf(part.parent, schema)
  if (!hasLocalHeirs(part, schema)) return [statement(part, `ALTER TABLE ${table} ${action}`)]
  return [
    statement(part, `ALTER TABLE ONLY ${table} ${action}`),
    ...childTables(part.parent, schema).flatMap((child) => {
      const [heir] = namesakeIn(child.id, part, schema)
      if (!heir) return [statement(part, `ALTER TABLE ${qualifiedNameOf(child.id, schema)} ${action}`)]
      const stays = heir.local || inheritedFrom(heir, schema).length > 1
      return stays ? [] : dropPart(heir, schema, action)
    }),
  ]
}
