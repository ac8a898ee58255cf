import { copyObjects, pasteClip, readClip } from '../../core/commands/clip.ts'
import type { Point } from '../../core/layout/node-size.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import * as files from '../../state/files.ts'
import { newId } from '../../state/new-id.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'
import { removeSelection, selectedTables } from './edits.ts'
import { pasteSql } from './paste-sql.ts'
import { screenCentre, snapPoint } from './viewport.ts'

/** The selection as the text that goes on the clipboard; null when nothing is selected. */
export function clipText(): string | null {
  const { selection } = sessionStore.getState()
  if (selection.length === 0) return null
  return JSON.stringify(copyObjects(documentStore.getState().document, selection))
}

export async function copySelection(): Promise<void> {
  const text = clipText()
  if (text !== null && !(await files.copyText(text)))
    toast('The browser did not let the clipboard be written.')
}

export async function cutSelection(): Promise<void> {
  await copySelection()
  removeSelection()
}

export async function pasteClipboard(): Promise<void> {
  const text = await files.pastedText()
  if (text === null) toast('The browser did not let the clipboard be read.')
  else await pasteText(text)
}

/** Pastes copied objects, or SQL: its tables are added as PostgreSQL reads them. */
export async function pasteText(text: string): Promise<void> {
  const clip = readClip(text)
  if (!clip) {
    if (/\b(create|alter|comment\s+on)\b/i.test(text)) await pasteSql(text)
    return
  }
  const { document } = documentStore.getState()
  const [table] = selectedTables()
  const offset = isStillThere(clip.diagram.map((item) => item.id)) ? { x: 32, y: 32 } : toScreen(clip.diagram)
  const pasted = pasteClip(document, clip, { newId, offset, ...(table === undefined ? {} : { table }) })
  dispatch('Paste', () => pasted.patch)
  select(pasted.ids)
}

function isStillThere(ids: readonly string[]): boolean {
  return ids.some((id) => documentStore.getState().document.diagram.has(id))
}

function toScreen(items: readonly Point[]): Point {
  const [first] = items
  const centre = screenCentre()
  return first ? snapPoint({ x: centre.x - first.x, y: centre.y - first.y }) : { x: 0, y: 0 }
}
