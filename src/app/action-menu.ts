import type { MenuEntry } from '../ui/menu-entry.ts'
import { allActions } from './actions.ts'

/** The actions of one group as lines of a menu; those that cannot run now are dimmed. */
export function actionEntries(group: string): readonly MenuEntry[] {
  return allActions()
    .filter((action) => action.group === group)
    .map((action) => ({
      label: action.title,
      icon: action.icon,
      shortcut: action.shortcut,
      disabled: action.enabled?.() === false,
      run: () => void action.run(),
    }))
}
