import type { Change } from '../core/diff/change.ts'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { documentStore } from './document-store.ts'
import { projectStore } from './project-store.ts'

type Objects = ReadonlyMap<ObjectId, ObjectBase>

let last: { readonly from: Objects; readonly to: Objects; readonly changes: readonly Change[] } | null = null

/**
 * The differences between baseline and document as drawn: expressions are compared as written, so that it answers at
 * once. Plans compare PostgreSQL's canonical forms.
 */
export function drawnChanges(): readonly Change[] {
  const { baseline } = projectStore.getState()
  const { document } = documentStore.getState()
  if (last?.from !== baseline.objects || last.to !== document.objects) {
    last = { from: baseline.objects, to: document.objects, changes: diffDocuments(baseline, document) }
  }
  return last.changes
}
