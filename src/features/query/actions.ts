import type { Action } from '../../state/action.ts'
import { projectStore } from '../../state/project-store.ts'
import { addQuery, cancelQuery, queryStore } from '../../state/query-store.ts'
import { openDrawer } from '../../state/session-store.ts'

const isOpen = () => projectStore.getState().id !== null

export const queryActions: readonly Action[] = [
  {
    id: 'query.new',
    title: 'New query',
    group: 'Query',
    icon: 'plus',
    enabled: isOpen,
    run: () => {
      addQuery({ name: `Query ${projectStore.getState().queries.length + 1}`, sql: '' })
      openDrawer('query')
    },
  },
  {
    id: 'query.cancel',
    title: 'Cancel query',
    group: 'Query',
    icon: 'square',
    enabled: () => [...queryStore.getState().runs.values()].some((run) => run.running),
    run: cancelQuery,
  },
]
