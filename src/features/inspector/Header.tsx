import { moveColumn } from '../../core/commands/columns.ts'
import { removeObjects } from '../../core/commands/remove-objects.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { namespaceOf } from '../../core/sql/names.ts'
import { dispatch } from '../../state/document-store.ts'
import { useShown } from '../../state/past.ts'
import { select, show } from '../../state/session-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import styles from './inspector.module.css'

interface HeaderProps {
  readonly object: ObjectBase
  readonly schema: Schema
}

/** Name, place and the way to the neighbours. */
export function Header({ object, schema }: HeaderProps) {
  const { past } = useShown()
  const kind = kindOf(object)
  const siblings = schema.children(object.parent).filter((other) => other.kind === object.kind)
  const at = siblings.findIndex((other) => other.id === object.id)
  const noun = kind.label.toLowerCase()
  const go = (to: ObjectBase | undefined) => to && show([to.id])
  return (
    <header className={styles.header}>
      <div>
        <h2>{object.name}</h2>
        <small>{placeOf(object, schema)}</small>
      </div>
      <IconButton
        icon="arrow-up"
        label={`Previous ${noun}`}
        disabled={at <= 0}
        onClick={() => go(siblings[at - 1])}
      />
      <IconButton
        icon="arrow-down"
        label={`Next ${noun}`}
        disabled={at >= siblings.length - 1}
        onClick={() => go(siblings[at + 1])}
      />
      <Menu
        align="end"
        trigger={<IconButton icon="ellipsis" label="More" />}
        entries={past ? [showEntry(object)] : entries(object, siblings, at)}
      />
    </header>
  )
}

function showEntry(object: ObjectBase): MenuEntry {
  return { label: 'Show on diagram', icon: 'scan-search', run: () => show([object.id]) }
}

function entries(object: ObjectBase, siblings: readonly ObjectBase[], at: number): readonly MenuEntry[] {
  const noun = kindOf(object).label.toLowerCase()
  const move = (to: number) =>
    dispatch('Move column', (document) => moveColumn(document, { column: object.id, to }))
  const moves: readonly MenuEntry[] = isColumn(object)
    ? [
        { label: 'Move up', icon: 'arrow-up', disabled: at <= 0, run: () => move(at - 1) },
        {
          label: 'Move down',
          icon: 'arrow-down',
          disabled: at >= siblings.length - 1,
          run: () => move(at + 1),
        },
        { type: 'separator' },
      ]
    : []
  return [
    showEntry(object),
    { type: 'separator' },
    ...moves,
    {
      label: `Delete ${noun}`,
      icon: 'trash-2',
      danger: true,
      run: () => {
        dispatch(`Delete ${noun}`, (document) => removeObjects(document, [object.id]))
        const next = siblings[at + 1] ?? siblings[at - 1]
        select(next ? [next.id] : object.parent === null ? [] : [object.parent])
      },
    },
  ]
}

/** "Column of public.opportunities", "Table in public". */
export function placeOf(object: ObjectBase, schema: Schema): string {
  const { label } = kindOf(object)
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  if (!parent) return label
  if (parent.parent === null) return `${label} in ${parent.name}`
  const namespace = namespaceOf(parent, schema)
  return `${label} of ${namespace === null ? '' : `${namespace}.`}${parent.name}`
}
