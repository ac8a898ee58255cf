import type { LockTimeline, TimelineSegment } from '../../core/migration/lock-timeline.ts'
import type { Step } from '../../core/migration/plan.ts'

export interface SegmentPlace {
  readonly relation: string
  readonly segment: TimelineSegment
}

/** All stretches in the order in which they are drawn. */
export function segmentPlaces({ rows }: LockTimeline): readonly SegmentPlace[] {
  return rows.flatMap(({ relation, segments }) => segments.map((segment) => ({ relation, segment })))
}

/**
 * "ACCESS EXCLUSIVE on contacts, rewrite, 70.7 ms for 20,000 rows", with the running step's title before it when
 * `steps` has one.
 */
export function describeSegment(
  { relation, segment }: SegmentPlace,
  steps: readonly Step[],
  rows: Readonly<Record<string, number>>,
): string {
  const { step, since, mode, blocked, work, from, to } = segment
  const title = steps[step]?.title
  const count = rows[relation]
  const parts = [
    title === undefined ? `${mode} on ${relation}` : `Step ${step + 1}, ${title}: ${mode} on ${relation}`,
    ...(title === undefined ? [] : [`${blocked} blocked`]),
    ...(since === step ? [] : [`held since step ${since + 1}`]),
    ...(work === null ? [] : [work]),
    milliseconds(to - from).concat(
      work && count !== undefined ? ` for ${count.toLocaleString('en')} rows` : '',
    ),
  ]
  return parts.join(', ')
}

/** "0.4 ms", "12 ms", "1.5 s". */
export function milliseconds(time: number): string {
  if (time >= 1000) return `${Number((time / 1000).toPrecision(2))} s`
  return `${time < 10 ? Number(time.toFixed(1)) : Math.round(time)} ms`
}
