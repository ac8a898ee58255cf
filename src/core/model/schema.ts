import type { SchemaDocument } from './document.ts'
import type { ObjectBase, ObjectId } from './object.ts'

/** A type guard that picks the objects of one kind: every kind exports one (`isTable`). */
export type Is<T extends ObjectBase> = (object: ObjectBase) => object is T

/** A document with the look-ups that everything needs. Made once per document by `schemaOf`. */
export interface Schema {
  readonly document: SchemaDocument
  get(id: ObjectId): ObjectBase | undefined
  /** The object of that id and kind. Throws if there is none: references are checked by integrity. */
  need<T extends ObjectBase>(id: ObjectId, is: Is<T>): T
  find<T extends ObjectBase>(id: ObjectId | null | undefined, is: Is<T>): T | undefined
  /** Objects living in `parent`, ordered by `ordinal` where they have one, otherwise as in the document. */
  children(parent: ObjectId | null): readonly ObjectBase[]
  childrenOf<T extends ObjectBase>(parent: ObjectId | null, is: Is<T>): readonly T[]
  all<T extends ObjectBase>(is: Is<T>): readonly T[]
  /** The object of that kind in `parent` with that name. */
  named<T extends ObjectBase>(parent: ObjectId | null, name: string, is: Is<T>): T | undefined
}

const known = new WeakMap<ReadonlyMap<ObjectId, ObjectBase>, Schema>()

/** The look-ups of a document; cached for as long as its objects live. */
export function schemaOf(document: SchemaDocument): Schema {
  const cached = known.get(document.objects)
  if (cached && cached.document.diagram === document.diagram) return cached
  const schema = cached ? { ...cached, document } : index(document)
  known.set(document.objects, schema)
  return schema
}

function index(document: SchemaDocument): Schema {
  const { objects } = document
  const byParent = new Map<ObjectId | null, ObjectBase[]>()
  for (const object of objects.values()) {
    const siblings = byParent.get(object.parent)
    if (siblings) siblings.push(object)
    else byParent.set(object.parent, [object])
  }
  for (const siblings of byParent.values()) siblings.sort((a, b) => ordinalOf(a) - ordinalOf(b))
  const children = (parent: ObjectId | null): readonly ObjectBase[] => byParent.get(parent) ?? []
  return {
    document,
    get: (id) => objects.get(id),
    need: (id, is) => {
      const object = objects.get(id)
      if (object && is(object)) return object
      throw new Error(`No object ${id} of the expected kind; found ${object?.kind ?? 'nothing'}`)
    },
    find: (id, is) => {
      const object = id == null ? undefined : objects.get(id)
      return object && is(object) ? object : undefined
    },
    children,
    childrenOf: (parent, is) => children(parent).filter(is),
    all: (is) => [...objects.values()].filter(is),
    named: (parent, name, is) =>
      children(parent)
        .filter(is)
        .find((object) => object.name === name),
  }
}

function ordinalOf(object: ObjectBase): number {
  return 'ordinal' in object && typeof object.ordinal === 'number' ? object.ordinal : 0
}
