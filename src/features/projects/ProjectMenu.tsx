import { useStore } from 'zustand'
import { linkedFolderStore, madeTogether } from '../../state/linked-folder-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { projectActions } from './actions.ts'
import { openStoredProject } from './open-files.ts'
import styles from './projects.module.css'

/**
 * The project's name; its menu does what can be done with a whole project, and leads to the other services of the
 * folder that it was opened from.
 */
export function ProjectMenu() {
  const id = useProject((state) => state.id)
  const name = useProject((state) => state.name)
  const services = madeTogether(useStore(linkedFolderStore), id)
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
      entries={[...serviceEntries(services, id), ...menuEntries()]}
    />
  )
}

function serviceEntries(
  services: ReturnType<typeof madeTogether>,
  open: string | null,
): readonly MenuEntry[] {
  if (services.length === 0) return []
  const entries = services.map(
    ({ project, name }): MenuEntry => ({
      label: name,
      icon: 'database',
      checked: project === open,
      disabled: project === open,
      run: () => void openStoredProject(project, name),
    }),
  )
  return [
    { type: 'folder', label: 'Services of the folder', icon: 'square-stack', entries },
    { type: 'separator' },
  ]
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
    ...entry('project.open-folder'),
    { type: 'separator' },
    ...entry('project.close'),
    ...entry('project.delete'),
  ]
}
