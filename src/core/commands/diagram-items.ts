import type { Area, Note } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { Patch } from '../model/patch.ts'

export function addNote(document: SchemaDocument, note: Omit<Note, 'kind'>): Patch {
  return edit(document, (draft) => draft.draw({ ...note, kind: 'note' }))
}

export function addArea(document: SchemaDocument, area: Omit<Area, 'kind'>): Patch {
  return edit(document, (draft) => draft.draw({ ...area, kind: 'area' }))
}

/** Changes the text or width of a note. */
export function changeNote(
  document: SchemaDocument,
  id: string,
  change: Partial<Pick<Note, 'text' | 'width'>>,
): Patch {
  return edit(document, (draft) => {
    const item = document.diagram.get(id)
    if (item?.kind === 'note') draft.draw({ ...item, ...change })
  })
}

/** Changes the title, size or place of an area. */
export function changeArea(
  document: SchemaDocument,
  id: string,
  change: Partial<Pick<Area, 'title' | 'x' | 'y' | 'width' | 'height'>>,
): Patch {
  return edit(document, (draft) => {
    const item = document.diagram.get(id)
    if (item?.kind === 'area') draft.draw({ ...item, ...change })
  })
}
