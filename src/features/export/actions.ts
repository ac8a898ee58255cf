import { formatNames } from '../../core/export/format-names.ts'
import type { Action } from '../../state/action.ts'
import { projectStore } from '../../state/project-store.ts'
import { openExport, sessionStore } from '../../state/session-store.ts'

const isOpen = () => projectStore.getState().id !== null

export const exportActions: readonly Action[] = [
  {
    id: 'export.choose',
    title: 'Export in another format',
    group: 'Export',
    icon: 'file-text',
    keywords: Object.values(formatNames),
    enabled: isOpen,
    run: () => openExport(sessionStore.getState().exportFormat),
  },
  ...Object.entries(formatNames).map(
    ([id, label]): Action => ({
      id: `export.${id}`,
      title: `Export as ${label}`,
      group: 'Export as',
      icon: 'file-text',
      enabled: isOpen,
      run: () => openExport(id),
    }),
  ),
]
