import type { Action } from '../../state/action.ts'
import { openDialog } from '../../state/session-store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './projects.module.css'

/** Keys that are no actions: they belong to the place that has the focus. */
const placeKeys: readonly {
  readonly place: string
  readonly keys: readonly (readonly [string, string])[]
}[] = [
  {
    place: 'On the canvas',
    keys: [
      ['Tab', 'Next table in reading order'],
      ['Shift+Tab', 'Table before'],
      ['Enter', 'Into the rows; again: edit'],
      ['Escape', 'One level out'],
      ['ArrowDown', 'Along rows and to the nearest table'],
      ['Alt+ArrowDown', 'Move by 8'],
    ],
  },
  {
    place: 'In the explorer',
    keys: [
      ['F2', 'Rename'],
      ['Delete', 'Delete'],
      ['ArrowRight', 'Unfold'],
      ['ArrowLeft', 'Fold, or go to the parent'],
    ],
  },
]

export function KeyboardDialog({ actions }: { readonly actions: readonly Action[] }) {
  const groups = new Map<string, Action[]>()
  for (const action of actions) {
    if (action.shortcut === undefined || action.group === 'Hidden') continue
    groups.set(action.group, [...(groups.get(action.group) ?? []), action])
  }
  return (
    <Dialog open onClose={() => openDialog(null)} title="Keyboard shortcuts" width={720} reading>
      <div className={styles.keys}>
        {[...groups].map(([group, members]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {members.map((action) => (
                <div key={action.id}>
                  <dt>{action.title}</dt>
                  <dd>
                    <Kbd keys={action.shortcut ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {placeKeys.map(({ place, keys }) => (
          <section key={place}>
            <h3>{place}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>{does}</dt>
                  <dd>
                    <Kbd keys={key} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
