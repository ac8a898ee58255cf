import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { useMemo, useState } from 'react'
import type { Action } from '../../state/action.ts'
import { sessionStore, show } from '../../state/session-store.ts'
import { useSchema } from '../../state/use-stores.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './command-palette.module.css'
import { findObjects } from './palette-items.ts'

interface CommandPaletteProps {
  readonly actions: readonly Action[]
}

/** Every action with its shortcut, and every object by name. */
export function CommandPalette({ actions }: CommandPaletteProps) {
  const close = () => sessionStore.setState({ paletteOpen: false })
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) close()
      }}
    >
      <Dialog.Portal>
        <Dialog.Popup className={styles.popup} aria-label="Search or run">
          <Palette actions={actions} close={close} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Palette({ actions, close }: CommandPaletteProps & { readonly close: () => void }) {
  const schema = useSchema()
  const [text, setText] = useState('')
  const objects = useMemo(() => findObjects(schema, text), [schema, text])
  const groups = useMemo(() => grouped(actions, text), [actions, text])
  const run = (work: () => void | Promise<void>) => {
    close()
    // The palette gives the focus back first; what runs may want it.
    setTimeout(() => void work(), 0)
  }
  return (
    <Command shouldFilter={false} loop label="Search or run">
      <div className={styles.field}>
        <Icon name="search" size={15} />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Search objects or run an action"
          className={styles.input}
        />
      </div>
      <Command.List className={styles.list} label="Results">
        <Command.Empty className={styles.empty}>Nothing matches “{text}”.</Command.Empty>
        {objects.length > 0 && (
          <Command.Group heading="Objects">
            {objects.map(({ object, icon, place }) => (
              <Command.Item
                key={object.id}
                value={`object ${object.id}`}
                className={styles.item}
                onSelect={() => run(() => show([object.id]))}
              >
                <Icon name={icon} size={14} />
                <span>{object.name}</span>
                <small>{place}</small>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {groups.map(({ name, members }) => (
          <Command.Group key={name} heading={name}>
            {members.map((action) => (
              <Command.Item
                key={action.id}
                value={action.id}
                className={styles.item}
                onSelect={() => run(() => action.run())}
              >
                {action.icon ? <Icon name={action.icon} size={14} /> : <i className={styles.noIcon} />}
                <span>{action.title}</span>
                {action.shortcut && <Kbd keys={action.shortcut} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

interface ActionGroup {
  readonly name: string
  readonly members: readonly Action[]
}

/** The actions that can run now and match all words of the text, under their headings. */
function grouped(actions: readonly Action[], text: string): readonly ActionGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, Action[]>()
  for (const action of actions) {
    if (action.group === 'Hidden' || action.id === 'view.palette' || action.enabled?.() === false) continue
    const haystack = [action.title, action.group, ...(action.keywords ?? [])].join(' ').toLowerCase()
    if (!words.every((word) => haystack.includes(word))) continue
    groups.set(action.group, [...(groups.get(action.group) ?? []), action])
  }
  return [...groups].map(([name, members]) => ({ name, members }))
}
