import { ContextMenu as Base } from '@base-ui/react/context-menu'
import { type ReactElement, useState } from 'react'
import { classNames } from './class-names.ts'
import styles from './floating.module.css'
import { MenuEntries } from './MenuEntries.tsx'
import type { MenuEntry } from './menu-entry.ts'

interface ContextMenuProps {
  /** Asked when the menu opens; no entries: no menu. */
  readonly entries: () => readonly MenuEntry[]
  /** The element that is clicked with the secondary button; must take a ref. */
  readonly children: ReactElement<Record<string, unknown>>
}

export function ContextMenu({ entries, children }: ContextMenuProps) {
  const [shown, setShown] = useState<readonly MenuEntry[]>([])
  return (
    <Base.Root
      onOpenChange={(open) => {
        if (open) setShown(entries())
      }}
    >
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner}>
          <Base.Popup className={classNames(styles.popup, styles.menu)} hidden={shown.length === 0}>
            <MenuEntries entries={shown} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
