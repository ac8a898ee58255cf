import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { type Inheritable, inheritedFrom, isInheritable, isPassedOn } from '../kinds/inheritance.ts'
import { kindOf } from '../kinds/registry.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { applyPatch, type Patch, patchBetween } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { removeObjects } from './remove-objects.ts'
import { renameObject } from './rename.ts'

/** Fields of a part that every table says for itself. */
const own: ReadonlySet<string> = new Set([
  'local',
  'comment',
  'ordinal',
  'identity',
  'using',
  'storage',
  'compression',
  'statistics',
])

/** Fields in which what is inherited may differ: it follows for as long as it does not. */
const free: ReadonlySet<string> = new Set(['default', 'generated', 'notNull'])

/**
 * The edit together with what PostgreSQL would do by itself: tables follow those that they inherit from. A part of a
 * table that it inherits cannot be another than there.
 */
export function followInheritance(document: SchemaDocument, patch: Patch): Patch {
  const { added: fresh, changed } = patch.objects
  const now = [...fresh.values(), ...[...changed.values()].map(({ to }) => to)]
  if (!isAnyHeir(document.objects.values()) && !isAnyHeir(now)) return patch
  const after = applyPatch(document, patch)
  if (after.objects === document.objects) return patch
  const tables = inOrder(schemaOf(after), schemaOf(document))
  if (tables.length === 0) return patch
  const before = schemaOf(document)
  const next = tables.reduce((current, id) => follow(id, before, current), after)
  return next === after ? patch : patchBetween(document, next)
}

/** True where a table inherits; asked at every edit, before anything is made for it. */
function isAnyHeir(objects: Iterable<ObjectBase>): boolean {
  for (const object of objects) if (isTable(object) && object.inherits.length > 0) return true
  return false
}

/** Tables that inherit, or did, after those that they inherit from. */
function inOrder(schema: Schema, before: Schema): readonly ObjectId[] {
  const found = new Set<ObjectId>()
  const visit = (table: Table, path: ReadonlySet<ObjectId>) => {
    if (found.has(table.id) || path.has(table.id)) return
    for (const id of table.inherits) {
      const parent = schema.find(id, isTable)
      if (parent) visit(parent, new Set([...path, table.id]))
    }
    const known = before.find(table.id, isTable)
    if (table.inherits.length > 0 || (known && known.inherits.length > 0)) found.add(table.id)
  }
  for (const table of schema.all(isTable)) visit(table, new Set())
  return [...found]
}

function follow(id: ObjectId, before: Schema, document: SchemaDocument): SchemaDocument {
  const table = schemaOf(document).need(id, isTable)
  const parts = table.inherits.flatMap((parent) =>
    schemaOf(document).childrenOf(parent, isInheritable).filter(isPassedOn),
  )
  const followed = parts.reduce((current, part) => followPart(table, part, before, current), document)
  return withoutOrphans(table, before, followed)
}

/** The part of `table` that is to be like `above`. */
function followPart(
  table: Table,
  above: Inheritable,
  before: Schema,
  document: SchemaDocument,
): SchemaDocument {
  const schema = schemaOf(document)
  const source = before.find(above.id, isInheritable)
  const known = source && heirIn(table.id, source, before)
  const heir = (known && schema.find(known.id, isInheritable)) ?? heirIn(table.id, above, schema)
  if (!heir) return put(document, added(table, above, before, schema))
  const renamed =
    heir.name === above.name
      ? document
      : applyPatch(document, renameObject(document, { object: heir.id, name: above.name }))
  const now = schemaOf(renamed).need(heir.id, isInheritable)
  return put(renamed, like(now, above, source, known))
}

function heirIn(table: ObjectId, part: Inheritable, schema: Schema): Inheritable | undefined {
  return schema
    .childrenOf(table, isInheritable)
    .find((other) => other.kind === part.kind && other.name === part.name && isPassedOn(other))
}

function like(
  heir: Inheritable,
  above: Inheritable,
  source: Inheritable | undefined,
  known: Inheritable | undefined,
): ObjectBase {
  return fieldsOf(kindOf(above)).reduce((next: ObjectBase, [name]) => {
    if (own.has(name) || name === 'name') return next
    const value = readField(above, name)
    const isFollowing =
      !free.has(name) ||
      (name === 'notNull' && value === true) ||
      (source !== undefined &&
        known !== undefined &&
        !sameValue(readField(source, name), value) &&
        sameValue(readField(source, name), readField(known, name)))
    return isFollowing && !sameValue(readField(next, name), value) ? withField(next, name, value) : next
  }, heir)
}

/** A table that is there already gets what it lacks as its own: PostgreSQL attaches only what has all of it. */
function added(table: Table, above: Inheritable, before: Schema, schema: Schema): ObjectBase {
  const known = before.find(table.id, isTable)
  const isAttached =
    above.parent !== null &&
    known?.inherits.includes(above.parent) === false &&
    before.children(table.id).some(isInheritable)
  const bare = fieldsOf(kindOf(above)).reduce(
    (part: ObjectBase, [name, field]) => {
      if (name === 'local') return withField(part, name, isAttached)
      if (name === 'identity' || name === 'using') return withField(part, name, null)
      return own.has(name) && field.deferred ? withField(part, name, field.deferred.unset) : part
    },
    { ...above, id: freshId(table, above, schema), parent: table.id, comment: null },
  )
  const places = schema
    .children(table.id)
    .map((part) => ('ordinal' in part && typeof part.ordinal === 'number' ? part.ordinal : 0))
  return 'ordinal' in bare ? withField(bare, 'ordinal', Math.max(0, ...places) + 1) : bare
}

function freshId(table: Table, above: ObjectBase, schema: Schema): ObjectId {
  let id = `${table.id}/${above.id}`
  while (schema.get(id)) id += '+'
  return id
}

/** What is inherited goes with what it is inherited from, or becomes the own of a table that was detached. */
function withoutOrphans(table: Table, before: Schema, document: SchemaDocument): SchemaDocument {
  const schema = schemaOf(document)
  const orphans = schema
    .childrenOf(table.id, isInheritable)
    .filter((part) => !part.local && inheritedFrom(part, schema).length === 0)
  const isLost = ({ id }: ObjectBase) => {
    const known = before.find(id, isInheritable)
    return (
      known !== undefined &&
      inheritedFrom(known, before).some((source) => table.inherits.includes(source.parent ?? ''))
    )
  }
  const lost = orphans.filter(isLost).map(({ id }) => id)
  const kept = orphans.filter((part) => !isLost(part))
  const owned = kept.reduce((current, part) => put(current, withField(part, 'local', true)), document)
  return lost.length === 0 ? owned : applyPatch(owned, removeObjects(owned, lost))
}

function put(document: SchemaDocument, object: ObjectBase): SchemaDocument {
  if (document.objects.get(object.id) === object) return document
  return { ...document, objects: new Map([...document.objects, [object.id, object]]) }
}
