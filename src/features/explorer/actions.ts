import type { Action } from '../../state/action.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore } from '../../state/session-store.ts'

/** The id by which the action finds the filter field. */
export const filterFieldId = 'explorer-filter'

export const explorerActions: readonly Action[] = [
  {
    id: 'explorer.filter',
    title: 'Filter objects',
    group: 'View',
    icon: 'search',
    shortcut: '/',
    keywords: ['find', 'explorer'],
    enabled: () => projectStore.getState().id !== null,
    run: () => {
      sessionStore.setState({ explorerOpen: true })
      // The explorer may have to be drawn first.
      requestAnimationFrame(() => document.getElementById(filterFieldId)?.focus())
    },
  },
]
