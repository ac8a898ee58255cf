import { forServer } from '../core/catalog/older-servers.ts'
import { type Query, readCatalog as readObjects } from '../core/catalog/read-catalog.ts'
import type { RunQuery } from '../core/catalog/unmodelled.ts'
import { objectWithIds } from '../core/diff/align-documents.ts'
import type { Kind } from '../core/kinds/kind.ts'
import { allKinds, kindOf } from '../core/kinds/registry.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import type { Engine } from './engine.ts'

/** What a catalogue query is limited to: oids as `CatalogReader` says; null is everything. */
type Scope = readonly number[] | null

/** Runs catalogue queries, as the engine's version understands them. */
export function catalogQuery(engine: Engine): Query & RunQuery {
  const major = Number.parseInt(engine.version, 10)
  return async (sql, parameters) => (await engine.query(forServer(sql, major), parameters)).rows
}

/** Objects as the catalogue has them; their ids are catalogue keys. */
export function readCatalog(
  engine: Engine,
  scope: Scope = null,
  kinds: readonly Kind<ObjectBase>[] = allKinds(),
): Promise<readonly ObjectBase[]> {
  return readObjects(catalogQuery(engine), scope, kinds)
}

/** Which object each catalogue key stands for. */
export type Keys = ReadonlyMap<string, ObjectId>

/** Where the objects are looked up that catalogue keys stand for. */
export interface Counterparts {
  has(id: ObjectId): boolean
  children(parent: ObjectId | null): readonly ObjectBase[]
  /** All of it, for the rare overload. */
  schema(): Schema
}

/**
 * Finds the object of `target` that each object read from the catalogue is: by `known` keys, else by kind, parent and
 * name, and by identity where that leaves several. `read` must come with its parents or with keys of their parents.
 * What has no counterpart keeps its key as id.
 */
export function identify(read: readonly ObjectBase[], target: SchemaDocument, known: Keys = new Map()): Keys {
  const schema = schemaOf(target)
  return identifyAmong(
    read,
    { has: (id) => target.objects.has(id), children: schema.children, schema: () => schema },
    known,
  )
}

/** Like `identify`, with look-ups instead of a document. */
export function identifyAmong(read: readonly ObjectBase[], target: Counterparts, known: Keys): Keys {
  const ids = new Map<string, ObjectId>()
  const taken = new Set<ObjectId>()
  const idOf = (key: string): ObjectId => ids.get(key) ?? known.get(key) ?? key
  for (const { id } of read) {
    const object = known.get(id)
    if (object !== undefined && target.has(object)) {
      ids.set(id, object)
      taken.add(object)
    }
  }
  for (const object of parentsFirst(read)) {
    if (ids.has(object.id)) continue
    const parent = object.parent === null ? null : idOf(object.parent)
    const candidates = target
      .children(parent)
      .filter(
        (other) =>
          (other.kind === object.kind || kindOf(other).standsFor?.(other) === object.kind) &&
          other.name === object.name &&
          !taken.has(other.id),
      )
    const match =
      candidates.length > 1 ? sameIdentity(object, read, candidates, target.schema()) : candidates[0]
    if (!match) continue
    ids.set(object.id, match.id)
    taken.add(match.id)
  }
  return ids
}

function sameIdentity(
  object: ObjectBase,
  read: readonly ObjectBase[],
  candidates: readonly ObjectBase[],
  schema: Schema,
): ObjectBase | undefined {
  const found = schemaOf({ objects: new Map(read.map((other) => [other.id, other])), diagram: new Map() })
  const identity = kindOf(object).identity?.(object, found)
  return candidates.find((other) => kindOf(other).identity?.(other, schema) === identity) ?? candidates[0]
}

/** An object's parent comes before it; otherwise the order stays. */
function parentsFirst(objects: readonly ObjectBase[]): readonly ObjectBase[] {
  const byId = new Map(objects.map((object) => [object.id, object]))
  const depth = (object: ObjectBase): number => {
    const parent = object.parent === null ? undefined : byId.get(object.parent)
    return parent ? depth(parent) + 1 : 0
  }
  return objects
    .map((object) => ({ object, depth: depth(object) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ object }) => object)
}

/** The objects with the ids of the document instead of catalogue keys. */
export function withDocumentIds(
  read: readonly ObjectBase[],
  keys: Keys,
  known: Keys = new Map(),
): readonly ObjectBase[] {
  return read.map((object) => objectWithIds(object, (key) => keys.get(key) ?? known.get(key) ?? key))
}
