import { type KeyboardEvent, useState } from 'react'
import {
  type LockTimeline as Timeline,
  type TimelineSegment,
  timelineTicks,
} from '../../core/migration/lock-timeline.ts'
import type { Step } from '../../core/migration/plan.ts'
import { classNames } from '../../ui/class-names.ts'
import styles from './lock-timeline.module.css'
import { describeSegment, milliseconds, segmentPlaces } from './segment-words.ts'

interface LockTimelineProps {
  readonly timeline: Timeline
  readonly steps: readonly Step[]
  /** Rows at the start, by relation; empty: measured on empty tables. */
  readonly rows: Readonly<Record<string, number>>
  /** Tables that nothing stops others from using. */
  readonly others: number
}

/** What is blocked when, by which step: one line per table, one stretch per step. */
export function LockTimeline({ timeline, steps, rows, others }: LockTimelineProps) {
  const places = segmentPlaces(timeline)
  const [chosen, setChosen] = useState(() => longest(places))
  const current = places[chosen] ?? places[0]
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextPlace(event.key, chosen, places)
    if (next === null) return
    setChosen(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  const left = (time: number) => `${(time / Math.max(timeline.milliseconds, 0.001)) * 100}%`
  return (
    <div>
      <div className={styles.legend} aria-hidden>
        <span>
          <i className={classNames(styles.lock, styles.all)} />
          Reads and writes blocked
        </span>
        <span>
          <i className={classNames(styles.lock, styles.writes)} />
          Writes blocked
        </span>
        <span>
          <i className={styles.open} />
          Open
        </span>
      </div>
      <div className={styles.axis} aria-hidden>
        {timelineTicks(timeline.milliseconds).map((tick) => (
          <span key={tick} data-last={tick > 0.93 * timeline.milliseconds} style={{ left: left(tick) }}>
            {tick === 0 ? '0' : milliseconds(tick)}
          </span>
        ))}
      </div>
      <ul className={styles.rows} aria-label="Blocked tables" onKeyDown={onKeyDown}>
        {timeline.rows.map(({ relation, segments }) => (
          <li key={relation} className={styles.row}>
            <span className={styles.name} title={relation}>
              {relation}
            </span>
            <div className={styles.track}>
              {segments.map((segment) => {
                const place = places.findIndex((known) => known.segment === segment)
                return (
                  <button
                    key={segment.from}
                    type="button"
                    tabIndex={place === chosen ? 0 : -1}
                    aria-label={describeSegment({ relation, segment }, steps, rows)}
                    aria-pressed={place === chosen}
                    className={classNames(
                      styles.lock,
                      segment.blocked === 'writes' ? styles.writes : styles.all,
                      place === chosen && styles.chosen,
                    )}
                    style={{ left: left(segment.from), width: left(segment.to - segment.from) }}
                    onClick={() => setChosen(place)}
                    onFocus={() => setChosen(place)}
                    onPointerEnter={() => setChosen(place)}
                  >
                    {isWide(segment, timeline) && <b>{segment.step + 1}</b>}
                  </button>
                )
              })}
            </div>
          </li>
        ))}
        {others > 0 && (
          <li className={styles.row}>
            <span className={styles.name}>{others === 1 ? '1 other' : `${others} others`}</span>
            <div className={styles.track} />
          </li>
        )}
      </ul>
      {current && (
        <div className={styles.detail} aria-hidden>
          <span>Step {current.segment.step + 1}</span>
          {steps[current.segment.step]?.title}
          <small>{describeSegment(current, [], rows)}</small>
        </div>
      )}
    </div>
  )
}

type Places = ReturnType<typeof segmentPlaces>

/** The longest stretch, work before what is only held. */
function longest(places: Places): number {
  const span = ({ segment }: Places[number]) => (segment.work ? 1e9 : 0) + segment.to - segment.from
  return places.reduce((best, place, index) => {
    const known = places[best]
    return known && span(known) >= span(place) ? best : index
  }, 0)
}

/** Left and right along all stretches, up and down to the first of the table above or below. */
function nextPlace(key: string, at: number, places: Places): number | null {
  const last = places.length - 1
  if (key === 'ArrowRight') return Math.min(at + 1, last)
  if (key === 'ArrowLeft') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
  const relations = [...new Set(places.map(({ relation }) => relation))]
  const row = relations.indexOf(places[at]?.relation ?? '') + (key === 'ArrowDown' ? 1 : -1)
  const found = places.findIndex(({ relation }) => relation === relations[row])
  return found < 0 ? at : found
}

/** Room for a number: about 6 % of a line of 280 px. */
function isWide({ from, to }: TimelineSegment, { milliseconds: span }: Timeline): boolean {
  return (to - from) / span > 0.06
}
