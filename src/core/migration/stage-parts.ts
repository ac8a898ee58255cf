import { phaseOf, type Stage } from '../kinds/online.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectId } from '../model/object.ts'
import type { PlanPart, Step } from './plan.ts'

/** A part of a zero-downtime plan, with the tables in use that it stops others from using. */
export interface StagePart extends PlanPart {
  readonly stage: Stage
  readonly locks: ReadonlySet<ObjectId>
}

/** Stages that are over at once, so that they can share the transaction of the one before. */
const joins: { readonly [S in Stage]?: Stage } = { join: 'add', tidy: 'settle' }

/** Parts of two such stages that lock the same single table, as one. */
export function joinedParts(parts: readonly StagePart[]): readonly PlanPart[] {
  const joined: StagePart[] = []
  const inOrder = new Set<Stage>()
  for (const part of parts) {
    const host = joined.findLastIndex(
      (earlier) =>
        earlier.stage === joins[part.stage] &&
        part.locks.size === 1 &&
        sameValue([...earlier.locks], [...part.locks]) &&
        [...earlier.up, ...part.up].every(({ transactional }) => transactional),
    )
    const found = joined[host]
    const isPassed = joined.slice(host + 1).some(({ locks }) => [...part.locks].some((id) => locks.has(id)))
    if (!found || isPassed || inOrder.has(part.stage)) {
      inOrder.add(part.stage)
      joined.push(part)
    } else {
      const up = [...found.up, ...part.up]
      joined[host] = { ...found, up, down: [...part.down, ...found.down] }
    }
  }
  return joined.map(({ up, down, stage }) => ({ up, down, phase: phaseOf[stage] }))
}

/** Steps of different files never share a transaction. */
export function numberSteps(part: PlanPart, index: number): PlanPart {
  const own = (step: Step): Step => ({ ...step, part: index })
  return { ...part, up: part.up.map(own), down: part.down.map(own) }
}
