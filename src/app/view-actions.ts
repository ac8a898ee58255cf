import type { Action } from '../state/action.ts'
import { documentStore, redo, undo } from '../state/document-store.ts'
import { projectStore } from '../state/project-store.ts'
import { type DrawerTab, openDialog, openDrawer, sessionStore } from '../state/session-store.ts'
import { setTheme, type Theme } from '../ui/theme.ts'
import { focusRegion } from './regions.ts'

const isOpen = () => projectStore.getState().id !== null

function toggleDrawer(tab: DrawerTab): void {
  openDrawer(sessionStore.getState().drawer === tab ? null : tab)
}

function drawerAction(tab: DrawerTab, title: string, icon: string, digit: number): Action {
  return {
    id: `view.${tab}`,
    title: `Show or hide ${title}`,
    group: 'View',
    icon,
    shortcut: `Mod+${digit}`,
    enabled: isOpen,
    run: () => toggleDrawer(tab),
  }
}

function themeAction(theme: Theme, title: string, icon: string): Action {
  return {
    id: `view.theme-${theme}`,
    title,
    group: 'View',
    icon,
    keywords: ['dark', 'light', 'colours'],
    run: () => setTheme(theme),
  }
}

/** Actions of the frame itself: panels, focus, theme, undo. */
export const viewActions: readonly Action[] = [
  {
    id: 'view.palette',
    title: 'Search or run',
    group: 'View',
    icon: 'search',
    shortcut: 'Mod+K',
    run: () => sessionStore.setState({ paletteOpen: true }),
  },
  {
    id: 'edit.undo',
    title: 'Undo',
    group: 'Edit',
    icon: 'undo-2',
    shortcut: 'Mod+Z',
    enabled: () => isOpen() && documentStore.getState().history.done.length > 0,
    run: undo,
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    group: 'Edit',
    icon: 'redo-2',
    shortcut: 'Mod+Shift+Z',
    enabled: () => isOpen() && documentStore.getState().history.undone.length > 0,
    run: redo,
  },
  {
    id: 'edit.redo-again',
    title: 'Redo (Ctrl+Y)',
    group: 'Hidden',
    shortcut: 'Mod+Y',
    enabled: () => isOpen() && documentStore.getState().history.undone.length > 0,
    run: redo,
  },
  drawerAction('problems', 'problems', 'circle-alert', 1),
  drawerAction('sql', 'SQL', 'code-xml', 2),
  drawerAction('migrations', 'migrations', 'git-compare-arrows', 3),
  drawerAction('query', 'query', 'square-terminal', 4),
  {
    id: 'view.explorer',
    title: 'Show or hide explorer',
    group: 'View',
    icon: 'panel-left',
    shortcut: 'Mod+B',
    enabled: isOpen,
    run: () => sessionStore.setState((state) => ({ explorerOpen: !state.explorerOpen })),
  },
  {
    id: 'view.inspector',
    title: 'Show or hide inspector',
    group: 'View',
    icon: 'panel-right',
    shortcut: 'Mod+Alt+B',
    enabled: isOpen,
    run: () => sessionStore.setState((state) => ({ inspectorOpen: !state.inspectorOpen })),
  },
  {
    id: 'view.next-region',
    title: 'Go to the next part of the page',
    group: 'View',
    shortcut: 'F6',
    run: () => focusRegion(1),
  },
  {
    id: 'view.previous-region',
    title: 'Go to the part of the page before',
    group: 'View',
    shortcut: 'Shift+F6',
    run: () => focusRegion(-1),
  },
  {
    id: 'view.keyboard',
    title: 'Keyboard shortcuts',
    group: 'View',
    icon: 'keyboard',
    shortcut: '?',
    keywords: ['help', 'keys'],
    run: () => openDialog('keyboard'),
  },
  themeAction('system', 'Use the system’s theme', 'sun-moon'),
  themeAction('light', 'Use the light theme', 'sun'),
  themeAction('dark', 'Use the dark theme', 'moon'),
]
