import { Menu as Base } from '@base-ui/react/menu'
import { classNames } from './class-names.ts'
import styles from './floating.module.css'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import type { MenuCommand, MenuEntry } from './menu-entry.ts'

/** The lines of a menu or context menu. */
export function MenuEntries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => {
    if (entry.type === 'separator') {
      // biome-ignore lint/suspicious/noArrayIndexKey: a menu's lines have no other identity and do not move
      return <Base.Separator key={index} className={styles.separator} />
    }
    if (entry.type === 'folder') {
      return (
        <Base.SubmenuRoot key={entry.label}>
          <Base.SubmenuTrigger className={styles.item}>
            <Mark icon={entry.icon} />
            <span>{entry.label}</span>
            <Icon name="chevron-right" size={12} />
          </Base.SubmenuTrigger>
          <Base.Portal>
            <Base.Positioner className={styles.positioner} sideOffset={2}>
              <Base.Popup className={classNames(styles.popup, styles.menu)}>
                <MenuEntries entries={entry.entries} />
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.SubmenuRoot>
      )
    }
    return <Command key={entry.label} entry={entry} />
  })
}

function Command({ entry }: { readonly entry: MenuCommand }) {
  return (
    <Base.Item
      className={classNames(styles.item, entry.danger && styles.danger)}
      disabled={entry.disabled ?? false}
      onClick={() => entry.run()}
    >
      <Mark icon={entry.checked ? 'check' : entry.icon} swatch={entry.swatch} />
      <span>{entry.label}</span>
      {entry.swatch && entry.checked && <Icon name="check" size={13} />}
      {entry.shortcut && <Kbd keys={entry.shortcut} />}
    </Base.Item>
  )
}

function Mark({
  icon,
  swatch,
}: {
  readonly icon?: string | undefined
  readonly swatch?: string | undefined
}) {
  if (swatch !== undefined) return <i className={styles.swatch} style={{ background: swatch }} />
  return icon ? <Icon name={icon} size={13} /> : <i className={styles.noIcon} />
}
