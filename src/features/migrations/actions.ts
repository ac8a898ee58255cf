import type { Action } from '../../state/action.ts'
import { canWriteFolders } from '../../state/files.ts'
import { exportMigration, migrationStore, proveMigration, undoExport } from '../../state/migration-store.ts'
import { projectStore } from '../../state/project-store.ts'
import { openDrawer } from '../../state/session-store.ts'

const isOpen = () => projectStore.getState().id !== null
const isPlanned = () => isOpen() && migrationStore.getState().status === 'ready'
const isProved = () => isPlanned() && migrationStore.getState().proof?.passed === true

export const migrationActions: readonly Action[] = [
  {
    id: 'migrations.show',
    title: 'Show migration',
    group: 'Export',
    icon: 'git-compare-arrows',
    keywords: ['sequelize', 'changes', 'export', 'diff'],
    enabled: isOpen,
    run: () => openDrawer('migrations'),
  },
  {
    id: 'migrations.prove',
    title: 'Prove migration',
    group: 'Migration',
    icon: 'play',
    keywords: ['test', 'up', 'down'],
    enabled: () => isPlanned() && migrationStore.getState().files.length > 0,
    run: () => {
      openDrawer('migrations')
      return proveMigration()
    },
  },
  {
    id: 'migrations.download',
    title: 'Download proved migration',
    group: 'Migration',
    icon: 'download',
    keywords: ['export', 'sequelize'],
    enabled: isProved,
    run: () => exportMigration('download', false),
  },
  {
    id: 'migrations.folder',
    title: 'Save proved migration into a folder',
    group: 'Migration',
    icon: 'folder-open',
    enabled: () => isProved() && canWriteFolders(),
    run: () => exportMigration('folder', false),
  },
  {
    id: 'migrations.undo-export',
    title: 'Undo export',
    group: 'Migration',
    icon: 'undo-2',
    enabled: () =>
      migrationStore.getState().exports.some(({ project }) => project === projectStore.getState().id),
    run: undoExport,
  },
]
