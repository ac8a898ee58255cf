import { pastWithoutPasswords } from '../core/commands/stored-passwords.ts'
import { applyPatch } from '../core/model/patch.ts'
import type { Fix } from '../core/model/problem.ts'
import { dispatch, dispatchBoth, documentStore } from './document-store.ts'
import { projectStore } from './project-store.ts'

/** Applies a fix as one edit that can be undone. */
export function applyFix({ title, patch, inPast }: Fix): void {
  if (inPast !== 'passwords') {
    dispatch(title, () => patch)
    return
  }
  const { document } = documentStore.getState()
  dispatchBoth(title, applyPatch(document, patch), pastWithoutPasswords(projectStore.getState()))
}
