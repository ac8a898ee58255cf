import type { LockTrace, TracedStatement } from '../core/migration/lock-trace.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import { transactionRuns } from '../core/migration/transaction-runs.ts'
import { type Engine, EngineCrash, PgError } from './engine.ts'
import { openLockTracer } from './lock-trace.ts'
import { countTableRows, multiplyRows } from './trace-rows.ts'

/** Where PostgreSQL refused a plan. */
export interface StepRefusal {
  readonly step: Step
  readonly sql: string
  readonly error: PgError
}

/**
 * Runs one direction of a plan, each statement in a transaction of its own, and sees what it does. Of the first
 * `probes` statements about objects at the top it is tried whether they need a superuser.
 */
export async function traceSteps(
  engine: Engine,
  steps: readonly Step[],
  probes = 0,
): Promise<readonly TracedStatement[] | StepRefusal> {
  const tracer = await openLockTracer(engine)
  const traced: TracedStatement[] = []
  let place = 0
  for (const [transaction, run] of transactionRuns(steps).entries()) {
    for (const step of run) {
      for (const { sql, transactional = true } of step.statements) {
        const probe = step.group === step.object && traced.length < probes
        try {
          traced.push({ ...(await tracer.run({ sql, transactional, probe })), step: place, transaction })
        } catch (error) {
          if (!(error instanceof PgError)) throw error
          return { step, sql, error }
        }
      }
      place += 1
    }
  }
  return traced
}

/**
 * Sees both directions of a plan run on rows, so that times mean something: down and up again on a database that has
 * the new schema. Null where rows stop it, and for a plan that has not been tried: what it touches is not known.
 */
export async function traceOnRows(engine: Engine, plan: Plan, fill?: number): Promise<LockTrace | null> {
  if (!plan.trace) return null
  try {
    const locks = [...plan.trace.up, ...plan.trace.down].flatMap((statement) => statement.locks)
    const relations = new Set(locks.map(({ relation }) => relation))
    await multiplyRows(engine, relations, fill)
    const rows = await countTableRows(engine, relations)
    const down = await traceSteps(engine, plan.down)
    if ('error' in down) return null
    const up = await traceSteps(engine, plan.up)
    return 'error' in up ? null : { rows, up, down }
  } catch (error) {
    if (error instanceof EngineCrash || error instanceof PgError) return null
    throw error
  }
}
