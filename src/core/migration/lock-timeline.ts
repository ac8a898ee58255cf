import { type Blocked, blockedBy, type LockMode, strongerLock, type TracedStatement } from './lock-trace.ts'

/** A stretch of time in which one statement runs while others cannot use a relation. */
export interface TimelineSegment {
  /** Milliseconds from the start of the migration. */
  readonly from: number
  readonly to: number
  readonly mode: LockMode
  readonly blocked: Exclude<Blocked, 'nothing'>
  /** The place of the running step, from 0. */
  readonly step: number
  /** The step whose lock it is: an earlier one where the transaction still holds it. */
  readonly since: number
  /** What the running statement does to this relation itself. */
  readonly work: 'rewrite' | 'index build' | 'scan' | null
}

export interface TimelineRow {
  readonly relation: string
  readonly segments: readonly TimelineSegment[]
}

export interface LockTimeline {
  readonly milliseconds: number
  /** Relations that were there before and that something stops others from using, in order of the first lock. */
  readonly rows: readonly TimelineRow[]
  readonly transactions: number
}

interface Held {
  readonly mode: LockMode
  readonly since: number
}

/** Lays a migration's statements end to end. A lock lasts from its statement to the end of the transaction. */
export function lockTimeline(statements: readonly TracedStatement[]): LockTimeline {
  const rows = new Map<string, TimelineSegment[]>()
  let held = new Map<string, Held>()
  let transaction = -1
  let transactions = 0
  let now = 0
  for (const statement of statements) {
    if (statement.transaction !== transaction || !statement.measured) held = new Map()
    if (statement.transaction !== transaction) transactions += 1
    transaction = statement.transaction
    for (const { relation, mode, existed } of statement.locks) {
      const known = held.get(relation)
      if (!existed || (known && strongerLock(known.mode, mode) === known.mode)) continue
      held.set(relation, { mode, since: statement.step })
    }
    const end = now + statement.milliseconds
    for (const [relation, { mode, since }] of held) {
      const blocked = blockedBy(mode)
      if (blocked === 'nothing') continue
      const segments = rows.get(relation) ?? []
      rows.set(relation, segments)
      const work = workOn(relation, statement)
      segments.push({ from: now, to: end, mode, blocked, step: statement.step, since, work })
    }
    now = end
  }
  return {
    milliseconds: now,
    rows: [...rows].map(([relation, segments]) => ({ relation, segments: joined(segments) })),
    transactions,
  }
}

function workOn(relation: string, statement: TracedStatement): TimelineSegment['work'] {
  if (statement.rewritten.includes(relation)) return 'rewrite'
  if (statement.indexesBuilt.some((built) => built.relation === relation)) return 'index build'
  return statement.scanned.includes(relation) ? 'scan' : null
}

/** Statements of one step that follow each other under the same lock are one stretch. */
function joined(segments: readonly TimelineSegment[]): readonly TimelineSegment[] {
  const result: TimelineSegment[] = []
  for (const segment of segments) {
    const last = result.at(-1)
    if (last?.to === segment.from && last.step === segment.step && last.mode === segment.mode) {
      result[result.length - 1] = { ...last, to: segment.to, work: last.work ?? segment.work }
    } else result.push(segment)
  }
  return result
}

/** About `count` round numbers from 0 on, each within the span. */
export function timelineTicks(milliseconds: number, count = 4): readonly number[] {
  if (milliseconds <= 0) return [0]
  const rough = milliseconds / count
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? rough
  return Array.from({ length: Math.floor(milliseconds / step) + 1 }, (_, index) => index * step)
}
