import type { KeyboardEvent } from 'react'
import type { ObjectId } from '../../core/model/object.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { ChangeGroup, PendingChange } from './change-groups.ts'
import { wordsOf } from './hazard-words.ts'
import styles from './migrations.module.css'

interface ChangeListProps {
  readonly groups: readonly ChangeGroup[]
  readonly chosen: ObjectId | null
  readonly onChoose: (object: ObjectId) => void
}

const meanings = { '+': 'Added', '~': 'Changed', '−': 'Removed' } as const

/** Pending changes by table: sign, sentence, number of the step, and what a person must know before it runs. */
export function ChangeList({ groups, chosen, onChoose }: ChangeListProps) {
  const all = groups.flatMap((group) => group.changes)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = all.findIndex((change) => change.object === chosen)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    const next = to === undefined ? undefined : all[Math.min(Math.max(to, 0), all.length - 1)]
    if (!next) return
    onChoose(next.object)
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className={styles.changes}
      role="listbox"
      aria-label="Pending changes"
      aria-activedescendant={chosen === null ? undefined : `change-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={group.id} role="group" aria-label={group.name}>
          <div className={styles.group} aria-hidden>
            <i className={styles.swatch} style={{ background: `var(--table-${group.colour ?? 'none'})` }} />
            <strong>{group.name}</strong>
            <small>
              {group.changes.length} {group.changes.length === 1 ? 'change' : 'changes'}
            </small>
          </div>
          {group.changes.map((change) => (
            <ChangeLine
              key={change.object}
              change={change}
              selected={change.object === chosen}
              onChoose={() => onChoose(change.object)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface ChangeLineProps {
  readonly change: PendingChange
  readonly selected: boolean
  readonly onChoose: () => void
}

const signLooks = { '+': styles.added, '~': styles.changed, '−': styles.removed }

function ChangeLine({ change, selected, onChoose }: ChangeLineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles keys for the selected change
    // biome-ignore lint/a11y/useFocusableInteractive: the list is the one tab stop
    <div
      id={`change-${change.object}`}
      role="option"
      aria-selected={selected}
      className={classNames(styles.change, selected && styles.on)}
      onClick={onChoose}
    >
      <b className={classNames(styles.sign, signLooks[change.sign])}>
        <span aria-hidden>{change.sign}</span>
        <span className="visually-hidden">{meanings[change.sign]}</span>
      </b>
      <div>
        <span className={change.sign === '−' ? styles.struck : undefined}>{change.name}</span>
        {change.summary !== '' && <small>{change.summary}</small>}
      </div>
      <i className={styles.step}>{change.steps}</i>
      {change.lock !== null && <small className={styles.takes}>{change.lock}</small>}
      {change.hazards.map((hazard) => {
        const words = wordsOf(hazard)
        return (
          <p key={`${hazard.direction} ${hazard.code} ${hazard.message}`} className={styles.hazard}>
            <Icon name={words.icon} size={12} className={styles[words.look]} />
            <span>
              <b>{words.lead}</b> {sentence(hazard.message)} {selected && hazard.fix}
            </span>
          </p>
        )
      })}
    </div>
  )
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
