import type { Action } from '../../state/action.ts'
import { canWriteFolders } from '../../state/files.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { backToNow, hasPast, lookBack, stepThroughPast } from '../../state/past.ts'
import { projectStore } from '../../state/project-store.ts'
import { openDrawer, sessionStore } from '../../state/session-store.ts'

const isOpen = () => projectStore.getState().id !== null
const isPlanned = () => isOpen() && migrationStore.getState().status === 'ready'
const isProved = () => isPlanned() && migrationStore.getState().proof?.passed === true

const isPast = () => sessionStore.getState().past !== null

const historyNow = () => projectStore.getState().history

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
    run: async () => {
      openDrawer('migrations')
      const { proveMigration } = await import('../../state/migration-store.ts')
      await proveMigration()
    },
  },
  {
    id: 'migrations.download',
    title: 'Download proved migration',
    group: 'Migration',
    icon: 'download',
    keywords: ['export', 'sequelize'],
    enabled: isProved,
    run: async () => (await import('./export-and-tell.ts')).exportAndTell('download', false),
  },
  {
    id: 'migrations.folder',
    title: 'Save proved migration into a folder',
    group: 'Migration',
    icon: 'folder-open',
    enabled: () => isProved() && canWriteFolders(),
    run: async () => (await import('./export-and-tell.ts')).exportAndTell('folder', false),
  },
  {
    id: 'migrations.compare',
    title: 'Compare two points',
    group: 'Migration',
    icon: 'git-compare-arrows',
    keywords: ['diff', 'history', 'project', 'between'],
    enabled: isOpen,
    run: async () => {
      openDrawer('migrations')
      const [{ compare }, { firstCompared }] = await Promise.all([
        import('../../state/migration-store.ts'),
        import('../../state/migration-ends.ts'),
      ])
      compare(firstCompared())
    },
  },
  {
    id: 'migrations.history',
    title: 'Look back through the migrations',
    group: 'Migration',
    icon: 'history',
    keywords: ['history', 'past', 'step', 'replay'],
    enabled: () => isOpen() && hasPast(),
    run: () => {
      openDrawer('migrations')
      lookBack(Number.POSITIVE_INFINITY)
    },
  },
  {
    id: 'migrations.before',
    title: 'Migration before',
    group: 'Migration',
    icon: 'chevron-left',
    shortcut: '[',
    enabled: () => isOpen() && hasPast(),
    run: () => stepThroughPast(-1),
  },
  {
    id: 'migrations.after',
    title: 'Migration after',
    group: 'Migration',
    icon: 'chevron-right',
    shortcut: ']',
    enabled: isPast,
    run: () => stepThroughPast(1),
  },
  {
    id: 'migrations.now',
    title: 'Back to now',
    group: 'Migration',
    icon: 'x',
    shortcut: 'Escape',
    enabled: isPast,
    run: backToNow,
  },
  {
    id: 'migrations.reopen',
    title: 'Re-open last exported migration',
    group: 'Migration',
    icon: 'pencil',
    keywords: ['fold', 'amend'],
    enabled: () => isOpen() && historyNow().at(-1)?.made !== undefined && !historyNow().at(-1)?.shipped,
    run: async () => {
      openDrawer('migrations')
      const { reopenMigration } = await import('../../state/migration-export.ts')
      reopenMigration(historyNow().length - 1)
    },
  },
]
