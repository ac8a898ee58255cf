import type { TableColour } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { placement } from './create-table.ts'

interface Position {
  readonly x: number
  readonly y: number
}

/** A new place; an area also takes a size. */
interface Place extends Position {
  readonly width?: number
  readonly height?: number
}

/** Moves tables, views, notes and areas to these places (top left corners). What has no place yet gets one. */
export function moveItems(document: SchemaDocument, places: ReadonlyMap<ObjectId, Place>): Patch {
  return edit(document, (draft) => {
    for (const [id, { x, y, width, height }] of places) {
      const item = document.diagram.get(id)
      if (item?.kind === 'area' && width !== undefined && height !== undefined) {
        draft.draw({ ...item, x, y, width, height })
      } else if (item) draft.draw({ ...item, x, y })
      else if (document.objects.has(id)) draft.draw(placement(id, x, y))
    }
  })
}

interface Colour {
  readonly ids: readonly ObjectId[]
  readonly colour: TableColour
  /** Where objects are that were never placed. */
  readonly places: ReadonlyMap<ObjectId, Position>
}

export function setColour(document: SchemaDocument, { ids, colour, places }: Colour): Patch {
  return edit(document, (draft) => {
    for (const id of ids) {
      const item = document.diagram.get(id)
      if (item && item.kind !== 'note') draft.draw({ ...item, colour })
      const place = places.get(id)
      if (!item && place && document.objects.has(id)) draft.draw(placement(id, place.x, place.y, colour))
    }
  })
}
