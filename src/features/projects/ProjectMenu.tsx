import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { projectActions } from './actions.ts'
import styles from './projects.module.css'

/** The project's name; its menu does what can be done with a whole project. */
export function ProjectMenu() {
  const name = useProject((state) => state.name)
  return (
    <Menu
      trigger={
        <Button
          look="quiet"
          iconAfter="chevron-down"
          className={styles.projectButton}
          aria-label={`Project ${name}`}
        >
          <strong>{name}</strong>
        </Button>
      }
      entries={menuEntries()}
    />
  )
}

function menuEntries(): readonly MenuEntry[] {
  const entry = (id: string): MenuEntry[] =>
    projectActions
      .filter((action) => action.id === id)
      .map((action) => ({
        label: action.title,
        icon: action.icon,
        shortcut: action.shortcut,
        danger: id === 'project.delete',
        run: () => void action.run(),
      }))
  return [
    ...entry('project.rename'),
    ...entry('project.settings'),
    ...entry('project.duplicate'),
    ...entry('project.save-file'),
    { type: 'separator' },
    ...entry('project.new'),
    ...entry('project.open-file'),
    ...entry('project.import-sql'),
    { type: 'separator' },
    ...entry('project.close'),
    ...entry('project.delete'),
  ]
}
