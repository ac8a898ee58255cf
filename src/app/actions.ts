import { canvasActions } from '../features/canvas/actions.ts'
import { explorerActions } from '../features/explorer/actions.ts'
import { exportActions } from '../features/export/actions.ts'
import { inspectorActions } from '../features/inspector/actions.ts'
import { migrationActions } from '../features/migrations/actions.ts'
import { problemActions } from '../features/problems/actions.ts'
import { projectActions } from '../features/projects/actions.ts'
import { queryActions } from '../features/query/actions.ts'
import { sqlActions } from '../features/sql/actions.ts'
import type { Action } from '../state/action.ts'
import { viewActions } from './view-actions.ts'

const actions: readonly Action[] = [
  ...canvasActions,
  ...viewActions,
  ...problemActions,
  ...migrationActions,
  ...sqlActions,
  ...exportActions,
  ...queryActions,
  ...projectActions,
  ...explorerActions,
  ...inspectorActions,
]

/** Every action of the page, in the order of palettes and menus. */
export function allActions(): readonly Action[] {
  return actions
}
