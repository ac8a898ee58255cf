import { columnHolder } from '../kinds/column-holder.ts'
import { readField } from '../kinds/field-access.ts'
import type { Field } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { type Identifier, identifiersIn, renameIdentifiers } from '../sql/identifiers.ts'
import { isNamespace } from '../sql/names.ts'

/** How names read after what was renamed between two documents. */
export interface Renames {
  /** Old to new names of what any expression may mention. */
  readonly anywhere: ReadonlyMap<string, string>
  /** Old to new names of schemas, for where a text names what is in them. */
  readonly namespaces: ReadonlyMap<string, string>
  /** By the old name of a schema, old to new names of what is in it: exact where a text names the schema. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** By parent, the new name of every child that its siblings mention; of those that keep theirs, the old one. */
  readonly siblings: ReadonlyMap<ObjectId, ReadonlyMap<string, string>>
  /** The names of all those children: outside their parent it is not known which of two namesakes is meant. */
  readonly ambiguous: ReadonlySet<string>
  /** By the old name of such a child that got another, the old names of its parents. */
  readonly left: ReadonlyMap<string, ReadonlySet<string>>
  /** The parents that such a child lives in. */
  readonly parents: ReadonlySet<ObjectId>
}

const noRenames: Renames = {
  anywhere: new Map(),
  namespaces: new Map(),
  members: new Map(),
  siblings: new Map(),
  ambiguous: new Set(),
  left: new Map(),
  parents: new Set(),
}

/** What was renamed between two documents: same id, other name. */
export function renamesBetween(from: SchemaDocument, to: SchemaDocument): Renames {
  if (!isAnyRenamed(from, to)) return noRenames
  const anywhere = new Map<string, string>()
  const namespaces = new Map<string, string>()
  const members = new Map<string, Map<string, string>>()
  const siblings = new Map<ObjectId, Map<string, string>>()
  const ambiguous = new Set<string>()
  const left = new Map<string, Set<string>>()
  const parents = new Set<ObjectId>()
  for (const object of from.objects.values()) {
    const name = to.objects.get(object.id)?.name ?? object.name
    const { mentionedBy } = kindOf(object)
    if (isNamespace(object) && name !== object.name) namespaces.set(object.name, name)
    if (mentionedBy === 'anything') {
      if (name !== object.name) anywhere.set(object.name, name)
      const namespace = object.parent === null ? undefined : from.objects.get(object.parent)?.name
      if (namespace !== undefined) {
        members.set(namespace, (members.get(namespace) ?? new Map<string, string>()).set(object.name, name))
      }
    }
    if (mentionedBy !== 'siblings' || object.parent === null) continue
    const names = siblings.get(object.parent) ?? new Map<string, string>()
    siblings.set(object.parent, names.set(object.name, name))
    ambiguous.add(object.name)
  }
  const schema = schemaOf(from)
  for (const object of from.objects.values()) {
    const names = siblings.get(columnHolder(object.id, schema) ?? object.id)
    if (!names) continue
    siblings.set(object.id, names)
    for (const [name, next] of names) {
      if (next === name) continue
      left.set(name, (left.get(name) ?? new Set()).add(object.name))
      parents.add(object.id)
    }
  }
  return { anywhere, namespaces, members, siblings, ambiguous, left, parents }
}

function isAnyRenamed(from: SchemaDocument, to: SchemaDocument): boolean {
  for (const object of from.objects.values()) {
    const other = to.objects.get(object.id)
    if (other && other.name !== object.name) return true
  }
  return false
}

/**
 * The field's value as PostgreSQL prints it after the renames: stored expressions follow what they refer to. Columns
 * are renamed only in what lives beside them; a view keeps the old name as that of its output, so it does differ, and
 * where a name may be a column's nothing is renamed: a difference too many remakes a view, one too few loses a change.
 * `isRelation` decides otherwise for texts that only have to be valid.
 */
export function renamedValue(
  object: ObjectBase,
  name: string,
  field: Field<ObjectBase, unknown>,
  renames: Renames,
  isRelation: (found: Identifier, identifiers: readonly Identifier[]) => boolean = () => false,
): unknown {
  const value = readField(object, name)
  if (!field.expressions || renames === noRenames) return value
  if (field.namesTypes) {
    return field.expressions.map(value, (text) =>
      renameIdentifiers(text, ({ name: old }) => renames.anywhere.get(old)),
    )
  }
  const siblings = renames.siblings.get(holderOf(object, renames.siblings) ?? '')
  return field.expressions.map(value, (text) =>
    renameIdentifiers(text, (found, identifiers) => {
      const { name: old, called, qualifier } = found
      const beside = qualifier === null ? undefined : renames.members.get(qualifier)?.get(old)
      if (beside !== undefined) return beside
      const sibling = called ? undefined : siblings?.get(old)
      if (sibling !== undefined) return sibling
      if (isSchemaOf(found, identifiers, renames)) return renames.namespaces.get(old)
      const unclear = !called && siblings === undefined && renames.ambiguous.has(old)
      return unclear && !isRelation(found, identifiers) ? undefined : renames.anywhere.get(old)
    }),
  )
}

/** True for `a` in `a.b` where a schema has that name and such an object: a relation of that name is not meant. */
function isSchemaOf(
  found: Identifier,
  identifiers: readonly Identifier[],
  { members }: Pick<Renames, 'members'>,
): boolean {
  const inside = found.qualifies ? members.get(found.name) : undefined
  const next = inside && identifiers[identifiers.indexOf(found) + 1]
  return next !== undefined && inside?.has(next.name) === true
}

/** True where an object that is the very same on both sides may mean something else by now. */
export function mayMeanAnother(object: ObjectBase, { left, parents, siblings }: Renames): boolean {
  if (left.size === 0) return false
  const beside = holderOf(object, siblings)
  return beside === null || parents.has(beside)
}

/** The object whose children the expressions of this one name without saying whose they are. */
function holderOf({ id, parent }: ObjectBase, siblings: Renames['siblings']): ObjectId | null {
  if (parent !== null && siblings.has(parent)) return parent
  return siblings.has(id) ? id : null
}

/**
 * True where an expression outside of a parent names the parent and a child of it that got another name: what the same
 * text means now, if anything, is another child.
 */
export function namesWhatLeft(
  object: ObjectBase,
  name: string,
  field: Field<ObjectBase, unknown>,
  renames: Renames,
): boolean {
  if (!field.expressions || field.namesTypes || renames.left.size === 0) return false
  if (holderOf(object, renames.siblings) !== null) return false
  let found = false
  field.expressions.map(readField(object, name), (text) => {
    const names = new Set(identifiersIn(text).map((identifier) => identifier.name))
    for (const old of names) {
      for (const holder of renames.left.get(old) ?? []) if (names.has(holder)) found = true
    }
    return text
  })
  return found
}
