import type { ObjectBase } from '../model/object.ts'
import type { OnlineContext, OnlineWay, StageEdit } from './online.ts'

/** What a constraint that can be NOT VALID has. */
interface Provable extends ObjectBase {
  readonly notValid: boolean
}

/**
 * For new rows first, without reading the table, and proved for the others afterwards in a transaction that stops
 * nobody. `early`: no code can break it yet.
 */
export function addedWithProof(constraint: Provable, early: boolean, table: string): OnlineWay {
  const guard: Provable = { ...constraint, notValid: true }
  const edits: StageEdit[] = [{ stage: early ? 'add' : 'guard', put: [guard] }]
  if (!constraint.notValid) edits.push({ stage: 'check', put: [constraint], stays: true })
  return {
    edits,
    ...(early
      ? {}
      : {
          gates: { backfill: `Deploy code that writes no row of ${table} that breaks ${constraint.name}.` },
        }),
  }
}

/** The new one is proved beside the old one, then takes its place and its name. */
export function changedWithProof<T extends Provable>(from: T, to: T, context: OnlineContext): OnlineWay {
  const beside = context.like(to, (constraint) => ({
    ...constraint,
    id: `${to.id}~new`,
    name: context.spareName(to.name, 'new'),
    notValid: true,
  }))
  const old = `${from.id}~old`
  const becomes = new Map([
    [from.id, old],
    [beside.id, to.id],
  ])
  return {
    edits: [
      { stage: 'guard', put: [beside] },
      {
        stage: 'check',
        put: [context.like(beside, (constraint) => ({ ...constraint, notValid: to.notValid }))],
      },
      { stage: 'settle', becomes, put: [to], remove: [old] },
    ],
    gates: { backfill: `Deploy code that writes no row that breaks the new ${to.name}.` },
  }
}
