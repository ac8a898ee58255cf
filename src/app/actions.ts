import { explorerActions } from '../features/explorer/actions.ts'
import { projectActions } from '../features/projects/actions.ts'
import type { Action } from '../state/action.ts'
import { viewActions } from './view-actions.ts'

const actions: readonly Action[] = [...viewActions, ...projectActions, ...explorerActions]

/** Every action of the page, in the order of palettes and menus. */
export function allActions(): readonly Action[] {
  return actions
}
