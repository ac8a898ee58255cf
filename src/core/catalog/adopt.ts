import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { isSchemaObject, publicSchema } from '../kinds/schema/schema.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { defaultSchemaName } from '../sql/names.ts'

export interface Adopted {
  /** What was read, under object ids, with the diagram of the known document. */
  readonly document: SchemaDocument
  /** Catalogue key → object id, those that were passed in included. */
  readonly keyIds: ReadonlyMap<string, ObjectId>
  /** What lives in or refers to something that was not read: no document can hold it. Under catalogue keys. */
  readonly unresolved: readonly ObjectBase[]
  /** What each object of the catalogue became, for a later adoption. */
  readonly readAs: ReadonlyMap<ObjectBase, ObjectBase>
}

/**
 * Gives the objects of a catalogue their ids: by `keyIds` where the key is known, otherwise that of the known object of
 * the same kind, parent and identity, otherwise a new one. What an `earlier` adoption that led to `known` and `keyIds`
 * made of the very same object stays.
 */
export function adopt(
  objects: readonly ObjectBase[],
  known: SchemaDocument,
  newId: () => ObjectId,
  keyIds: ReadonlyMap<string, ObjectId> = new Map(),
  earlier: ReadonlyMap<ObjectBase, ObjectBase> = new Map(),
): Adopted {
  const ids = assignIds(objects, known, newId, keyIds)
  const unresolved = unresolvable(objects, ids, earlier)
  const adopted = new Map<ObjectId, ObjectBase>()
  const readAs = new Map<ObjectBase, ObjectBase>()
  for (const object of objects) {
    if (unresolved.has(object)) {
      ids.delete(object.id)
      continue
    }
    const same = earlier.get(object)
    const result = same ?? withRecall(translate(object, ids), known)
    adopted.set(result.id, result)
    readAs.set(object, result)
  }
  if (![...adopted.values()].some(isPublic)) {
    const before = [...known.objects.values()].find(isPublic)
    const schema = before ?? publicSchema(newId())
    adopted.set(schema.id, schema)
  }
  return {
    document: { objects: adopted, diagram: known.diagram },
    keyIds: ids,
    unresolved: [...unresolved],
    // A key without an object may get another id, which what refers to it must learn.
    readAs: unresolved.size === 0 ? readAs : new Map(),
  }
}

function withRecall(translated: ObjectBase, known: SchemaDocument): ObjectBase {
  const before = known.objects.get(translated.id)
  const recalled =
    before?.kind === translated.kind ? kindOf(translated).recall?.(translated, before) : undefined
  return recalled ?? translated
}

function isPublic(object: ObjectBase): boolean {
  return isSchemaObject(object) && object.name === defaultSchemaName
}

/** Ids for all objects whose parent has one; the others get none. */
function assignIds(
  objects: readonly ObjectBase[],
  known: SchemaDocument,
  newId: () => ObjectId,
  keyIds: ReadonlyMap<string, ObjectId>,
): Map<string, ObjectId> {
  const ids = new Map(keyIds)
  const fresh = new Map(
    objects.flatMap((object) => (ids.has(object.id) ? [] : [[object.id, object] as const])),
  )
  if (fresh.size === 0) return ids
  const taken = new Set(keyIds.values())
  const candidates = new Map<string, ObjectBase[]>()
  for (const object of known.objects.values()) {
    if (taken.has(object.id)) continue
    const place = placeOf(object, object.parent)
    const list = candidates.get(place)
    if (list) list.push(object)
    else candidates.set(place, [object])
  }
  let indexed: Schema | undefined
  const read = (): Schema => {
    indexed ??= schemaOf({
      objects: new Map(objects.map((object) => [object.id, object])),
      diagram: new Map(),
    })
    return indexed
  }
  const assign = (object: ObjectBase): void => {
    if (ids.has(object.id)) return
    const above = object.parent === null ? undefined : fresh.get(object.parent)
    if (above) assign(above)
    const parent = object.parent === null ? null : ids.get(object.parent)
    if (parent === undefined) return
    const free = (candidates.get(placeOf(object, parent)) ?? []).filter(
      (candidate) => !taken.has(candidate.id),
    )
    const same = free.length === 0 ? undefined : match(object, read(), free, schemaOf(known))
    const id = same?.id ?? newId()
    ids.set(object.id, id)
    taken.add(id)
  }
  for (const object of fresh.values()) assign(object)
  return ids
}

function placeOf(object: ObjectBase, parent: ObjectId | null): string {
  return JSON.stringify([parent, object.kind, object.name])
}

/** Of several with one name (overloaded functions) the one with the same identity; of one, that one. */
function match(
  object: ObjectBase,
  read: Schema,
  candidates: readonly ObjectBase[],
  known: Schema,
): ObjectBase | undefined {
  const { identity } = kindOf(object)
  if (!identity) return candidates[0]
  const wanted = identity(object, read)
  const same = candidates.find((candidate) => identity(candidate, known) === wanted)
  if (same || candidates.length > 1) return same
  const namesakes = read
    .children(object.parent)
    .filter((sibling) => sibling.kind === object.kind && sibling.name === object.name)
  return namesakes.length === 1 ? candidates[0] : undefined
}

/** Objects with a parent or reference without an id, and what rests on those in turn. */
function unresolvable(
  objects: readonly ObjectBase[],
  ids: ReadonlyMap<string, ObjectId>,
  earlier: ReadonlyMap<ObjectBase, ObjectBase>,
): ReadonlySet<ObjectBase> {
  const missing = new Set<ObjectBase>()
  const missingKeys = new Set<string>()
  const resolves = (key: string) => ids.has(key) && !missingKeys.has(key)
  if (objects.every((object) => earlier.has(object) || keysIn(object).every(resolves))) return missing
  for (let before = -1; before < missing.size; ) {
    before = missing.size
    for (const object of objects) {
      if (missing.has(object) || keysIn(object).every(resolves)) continue
      missing.add(object)
      missingKeys.add(object.id)
    }
  }
  return missing
}

function keysIn(object: ObjectBase): readonly string[] {
  const keys = object.parent === null ? [object.id] : [object.id, object.parent]
  for (const [name, field] of fieldsOf(kindOf(object))) {
    field.references?.map(readField(object, name), (key) => {
      keys.push(key)
      return key
    })
  }
  return keys
}

function translate(object: ObjectBase, ids: ReadonlyMap<string, ObjectId>): ObjectBase {
  const idOf = (key: string): ObjectId => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`No id for ${key}`)
    return id
  }
  const parent = object.parent === null ? null : idOf(object.parent)
  return fieldsOf(kindOf(object)).reduce<ObjectBase>(
    (result, [name, field]) =>
      field.references
        ? withField(result, name, field.references.map(readField(object, name), idOf))
        : result,
    { ...object, id: idOf(object.id), parent },
  )
}
