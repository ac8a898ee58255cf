import type { DiagramItem } from './diagram.ts'
import type { SchemaDocument } from './document.ts'
import type { ObjectBase, ObjectId } from './object.ts'
import { type Patch, patchBetween } from './patch.ts'

/** Collects changes to a document; `edit` turns them into one patch. */
export interface Draft {
  readonly objects: ReadonlyMap<ObjectId, ObjectBase>
  readonly diagram: ReadonlyMap<string, DiagramItem>
  /** Adds the object, or replaces the one with its id. */
  put(object: ObjectBase): void
  /** Removes the object alone: `removeObjects` in commands also removes what cannot live without it. */
  remove(id: ObjectId): void
  draw(item: DiagramItem): void
  erase(id: string): void
}

/** The patch that `change` makes to the document. What it does not touch is neither copied nor compared. */
export function edit(document: SchemaDocument, change: (draft: Draft) => void): Patch {
  const objects = new Copied(document.objects)
  const diagram = new Copied(document.diagram)
  change({
    get objects() {
      return objects.now
    },
    get diagram() {
      return diagram.now
    },
    put: (object) => void objects.own().set(object.id, object),
    remove: (id) => void objects.own().delete(id),
    draw: (item) => void diagram.own().set(item.id, item),
    erase: (id) => void diagram.own().delete(id),
  })
  return patchBetween(document, { objects: objects.now, diagram: diagram.now })
}

/** A map that is copied before it is first written to. */
class Copied<V> {
  readonly #given: ReadonlyMap<string, V>
  #own: Map<string, V> | null = null

  constructor(given: ReadonlyMap<string, V>) {
    this.#given = given
  }

  get now(): ReadonlyMap<string, V> {
    return this.#own ?? this.#given
  }

  own(): Map<string, V> {
    this.#own ??= new Map(this.#given)
    return this.#own
  }
}
