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

/** The patch that `change` makes to the document. */
export function edit(document: SchemaDocument, change: (draft: Draft) => void): Patch {
  const objects = new Map(document.objects)
  const diagram = new Map(document.diagram)
  change({
    objects,
    diagram,
    put: (object) => void objects.set(object.id, object),
    remove: (id) => void objects.delete(id),
    draw: (item) => void diagram.set(item.id, item),
    erase: (id) => void diagram.delete(id),
  })
  return patchBetween(document, { objects, diagram })
}
