import { alignDocuments } from '../diff/align-documents.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { Patch } from '../model/patch.ts'

/**
 * Brings another document's objects in: what is the same by kind and name is replaced and keeps its id, the rest is
 * added. Nothing is removed, and what is drawn already stays where it is.
 */
export function mergeDocument(document: SchemaDocument, imported: SchemaDocument): Patch {
  const aligned = alignDocuments(document, imported)
  return edit(document, (draft) => {
    for (const object of aligned.objects.values()) draft.put(object)
    for (const item of aligned.diagram.values()) if (!draft.diagram.has(item.id)) draft.draw(item)
  })
}
