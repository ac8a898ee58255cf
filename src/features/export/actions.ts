import { exportFormats } from '../../core/export/formats.ts'
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
    keywords: exportFormats.map(({ label }) => label),
    enabled: isOpen,
    run: () => openExport(sessionStore.getState().exportFormat),
  },
  ...exportFormats.map(
    ({ id, label }): Action => ({
      id: `export.${id}`,
      title: `Export as ${label}`,
      group: 'Export as',
      icon: 'file-text',
      enabled: isOpen,
      run: () => openExport(id),
    }),
  ),
]
