import type { ReplayedFile } from '../../core/project/project.ts'
import { useProject } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import styles from './history.module.css'

interface ReplayedListProps {
  /** The migration that is looked at, counted from 1. */
  readonly at: number | null
  readonly onLook: (at: number) => void
}

type Outcome = ReplayedFile['outcome']

const words: Readonly<Record<Outcome, string>> = {
  ran: 'ran',
  failed: 'failed',
  'left-out': 'left out',
  'noted-before': 'done before',
  'not-reached': 'not reached',
}

/** What ran in the folder that the project was opened from, the last first; one tab stop, arrows lead on. */
export function ReplayedList({ at, onLook }: ReplayedListProps) {
  const replayed = useProject((state) => state.replayed)
  if (replayed.length === 0) return null
  const stop = at !== null && at <= replayed.length ? at : replayed.length
  return (
    <ol className={styles.replayed} aria-label="Migrations of the folder">
      {[...replayed.entries()].toReversed().map(([index, { path, outcome, patch }]) => {
        const isCurrent = at === index + 1
        const icon = outcome === 'ran' ? 'circle-check' : outcome === 'failed' ? 'circle-x' : 'minus'
        return (
          <li key={path}>
            <button
              type="button"
              tabIndex={stop === index + 1 ? 0 : -1}
              aria-current={isCurrent ? 'step' : undefined}
              title={path}
              className={classNames(styles.file, styles.ran, isCurrent && styles.on)}
              onClick={() => onLook(index + 1)}
            >
              <Icon name={icon} size={13} className={looks[outcome]} />
              <MiddleEllipsis text={path.slice(path.lastIndexOf('/') + 1)} />
              <small>{outcome === 'ran' ? countOf(patch) : `${words[outcome]}, ${countOf(patch)}`}</small>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

const looks: Partial<Readonly<Record<Outcome, string | undefined>>> = {
  ran: styles.valid,
  failed: styles.bad,
}

function countOf({ objects: { added, changed, removed } }: ReplayedFile['patch']): string {
  const parts = [
    ...(added.size > 0 ? [`+${added.size}`] : []),
    ...(changed.size > 0 ? [`~${changed.size}`] : []),
    ...(removed.size > 0 ? [`−${removed.size}`] : []),
  ]
  return parts.length === 0 ? 'no changes' : parts.join(' ')
}
