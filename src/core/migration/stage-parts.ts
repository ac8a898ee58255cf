import { phaseOf, type Stage } from '../kinds/online.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectId } from '../model/object.ts'
import type { PlanPart, Step } from './plan.ts'

/** A part of a zero-downtime plan, with the tables in use that it stops others from using. */
export interface StagePart extends PlanPart {
  readonly stage: Stage
  readonly locks: ReadonlySet<ObjectId>
  /** Groups that its steps change. */
  readonly touches: ReadonlySet<ObjectId>
  /** Groups that what its steps make rests on. */
  readonly restsOn: ReadonlySet<ObjectId>
}

/** Stages that are over at once, so that they can share the transaction of the one before. */
const joins: { readonly [S in Stage]?: Stage } = { join: 'add', tidy: 'settle' }

/** Parts of two such stages that lock the same single table, as one. Parts of one stage keep their order. */
export function joinedParts(parts: readonly StagePart[]): readonly PlanPart[] {
  const joined: StagePart[] = []
  /** By stage, where its last part went. */
  const last = new Map<Stage, number>()
  for (const part of parts) {
    const host = joined.findLastIndex(
      (earlier) =>
        earlier.stage === joins[part.stage] &&
        part.locks.size === 1 &&
        sameValue([...earlier.locks], [...part.locks]) &&
        [...earlier.up, ...part.up].every(({ transactional }) => transactional),
    )
    const found = joined[host]
    const isPassed = joined
      .slice(host + 1)
      .some(({ touches }) => [...part.touches, ...part.restsOn].some((id) => touches.has(id)))
    if (!found || isPassed || host < (last.get(part.stage) ?? 0)) {
      last.set(part.stage, joined.length)
      joined.push(part)
    } else {
      last.set(part.stage, host)
      const up = [...found.up, ...part.up]
      joined[host] = {
        ...found,
        up,
        down: [...part.down, ...found.down],
        touches: new Set([...found.touches, ...part.touches]),
      }
    }
  }
  return joined.map(({ up, down, stage }) => ({ up, down, phase: phaseOf[stage] }))
}

/** Steps of different files never share a transaction. */
export function numberSteps(part: PlanPart, index: number): PlanPart {
  const own = (step: Step): Step => ({ ...step, part: index })
  return { ...part, up: part.up.map(own), down: part.down.map(own) }
}
