import type { KeyboardEvent } from 'react'
import type { ObjectId } from '../../core/model/object.ts'
import { selectAllChanges, selectChange } from '../../state/migration-settings.ts'
import { Tick } from '../../ui/Checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { ChangeGroup, PendingChange } from './change-groups.ts'
import { DecisionFields } from './DecisionFields.tsx'
import type { Decision } from './decisions.ts'
import { wordsOf } from './hazard-words.ts'
import styles from './migrations.module.css'

interface ChangeListProps {
  readonly label?: string
  readonly groups: readonly ChangeGroup[]
  readonly decisions: ReadonlyMap<ObjectId, Decision>
  /** Where another way is taken than on the newest server, as sentences. */
  readonly notes: readonly string[]
  readonly chosen: ObjectId | null
  readonly onChoose: (object: ObjectId) => void
}

const meanings = { '+': 'Added', '~': 'Changed', '−': 'Removed' } as const

/** Changes by table: sign, sentence, number of the step, what a person must know before it runs and may decide. */
export function ChangeList({
  label = 'Pending changes',
  groups,
  decisions,
  notes,
  chosen,
  onChoose,
}: ChangeListProps) {
  const all = groups.flatMap((group) => group.changes)
  const stop = all.some(({ object }) => object === chosen) ? chosen : all[0]?.object
  const leadOn = (event: KeyboardEvent, idOf: (object: ObjectId) => string) => {
    const at = all.findIndex((change) => change.object === stop)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    const next = to === undefined ? undefined : all[Math.min(Math.max(to, 0), all.length - 1)]
    if (!next) return
    onChoose(next.object)
    const target = document.getElementById(idOf(next.object)) ?? document.getElementById(lineId(next.object))
    target?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className={styles.changes} aria-label={label}>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <Icon name="info" size={12} />
          {note}
        </p>
      ))}
      <SelectAll changes={all} />
      {groups.map((group) => (
        <div key={group.id}>
          <h3 className={styles.group}>
            <i className={styles.swatch} style={{ background: `var(--table-${group.colour ?? 'none'})` }} />
            <strong>{group.name}</strong>
            <small>
              {group.changes.length} {group.changes.length === 1 ? 'change' : 'changes'}
            </small>
          </h3>
          <ul>
            {group.changes.map((change) => {
              const decision = change.choice?.state === 'left' ? undefined : decisions.get(change.object)
              const selected = change.object === chosen
              return (
                <li key={change.object} className={classNames(styles.item, selected && styles.on)}>
                  {change.choice && (
                    <Tick
                      id={tickId(change.object)}
                      className={styles.tick}
                      label={`${meanings[change.sign]} ${change.name}: make it with this migration`}
                      checked={change.choice.state !== 'left'}
                      tabIndex={change.object === stop ? 0 : -1}
                      onChange={(wanted) => selectChange(change.object, wanted)}
                      onKeyDown={(event) => leadOn(event, tickId)}
                    />
                  )}
                  <ChangeLine
                    change={change}
                    selected={selected}
                    isStop={change.object === stop}
                    onChoose={() => onChoose(change.object)}
                    onKeyDown={(event) => leadOn(event, lineId)}
                  />
                  {decision && (
                    <div className={classNames(change.choice && styles.besideTick)}>
                      <DecisionFields name={change.name} decision={decision} />
                    </div>
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** One tick for all changes, where there are several to choose from. */
function SelectAll({ changes }: { readonly changes: readonly PendingChange[] }) {
  const choices = changes.flatMap(({ choice }) => choice ?? [])
  const made = choices.filter(({ state }) => state !== 'left').length
  if (choices.length < 2) return null
  return (
    <div className={styles.all}>
      <Tick
        className={styles.tick}
        label="Make all changes with this migration"
        checked={made === choices.length}
        mixed={made > 0 && made < choices.length}
        onChange={() => selectAllChanges(made < choices.length)}
      />
      {made === choices.length
        ? `All ${made} changes`
        : `${made} of ${choices.length} changes, the rest stays pending`}
    </div>
  )
}

function tickId(object: ObjectId): string {
  return `tick-${object}`
}

function lineId(object: ObjectId): string {
  return `change-${object}`
}

interface ChangeLineProps {
  readonly change: PendingChange
  readonly selected: boolean
  /** The list is one tab stop; arrows lead on. */
  readonly isStop: boolean
  readonly onChoose: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const signLooks = { '+': styles.added, '~': styles.changed, '−': styles.removed }

function ChangeLine({ change, selected, isStop, onChoose, onKeyDown }: ChangeLineProps) {
  return (
    <button
      id={lineId(change.object)}
      type="button"
      aria-pressed={selected}
      tabIndex={isStop ? 0 : -1}
      className={classNames(
        styles.change,
        change.choice && styles.selectable,
        change.choice?.state === 'left' && styles.left,
      )}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <b className={classNames(styles.sign, signLooks[change.sign])}>
        <span aria-hidden>{change.sign}</span>
        <span className="visually-hidden">{meanings[change.sign]}</span>
      </b>
      <span className={styles.what}>
        <span className={change.sign === '−' ? styles.struck : undefined}>{change.name}</span>
        {change.summary !== '' && <small>{change.summary}</small>}
        {change.choice?.state === 'needed' && (
          <small className={styles.needed}>
            <Icon name="link" size={11} />
            {change.choice.by} needs it
          </small>
        )}
      </span>
      <i className={styles.step}>{change.steps}</i>
      {change.choice?.state === 'left' && <small className={styles.takes}>Stays pending</small>}
      {change.lock !== null && <small className={styles.takes}>{change.lock}</small>}
      {change.hazards.map((hazard) => {
        const words = wordsOf(hazard)
        return (
          <span key={`${hazard.direction} ${hazard.code} ${hazard.message}`} className={styles.hazard}>
            <Icon name={words.icon} size={12} className={styles[words.look]} />
            <span>
              <b>{words.lead}</b> {sentence(hazard.message)} {selected && hazard.fix}
            </span>
          </span>
        )
      })}
    </button>
  )
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
