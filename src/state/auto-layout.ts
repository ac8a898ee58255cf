import { moveItems } from '../core/commands/place.ts'
import { layoutGraph, settle } from '../core/layout/auto-layout.ts'
import type { Point, Rect } from '../core/layout/node-size.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectId } from '../core/model/object.ts'
import { applyPatch } from '../core/model/patch.ts'
import { arrangeGraph } from '../platform/layout-worker.ts'

/**
 * Where automatic layout puts the document's tables, views and areas, or only some tables. The top left corner of all
 * is at `origin`. Places have a size; that of an area is new.
 */
export async function arrangedPlaces(
  document: SchemaDocument,
  options: { readonly only?: ReadonlySet<ObjectId>; readonly origin?: Point } = {},
): Promise<ReadonlyMap<ObjectId, Rect>> {
  const places = await arrangeGraph(layoutGraph(document, options.only))
  return settle(places, options.origin ?? { x: 0, y: 0 })
}

/** The document with a place for every table: for what was imported, before it is opened. */
export async function laidOut(document: SchemaDocument): Promise<SchemaDocument> {
  return applyPatch(document, moveItems(document, await arrangedPlaces(document)))
}
