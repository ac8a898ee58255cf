import type { Plan, Step } from '../core/migration/plan.ts'
import { withMeasuredHazards } from '../core/migration/step-hazards.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import type { CallOptions } from './api.ts'
import { buildAndRead } from './canonical.ts'
import type { OpenEngine } from './engine.ts'
import { refusalOf } from './problems.ts'
import { strayRight } from './stray-rights.ts'
import { type StepRefusal, traceSteps } from './trace-plan.ts'

/** A plan that was run, and the step where PostgreSQL refused it. */
export interface TriedPlan {
  readonly plan: Plan
  readonly stoppedAt?: Step
}

/**
 * Runs a plan up and down on the empty schema it starts from, and gives it with what was seen: what each step locks,
 * rewrites and reads there, it does anywhere. What PostgreSQL refuses there, it would refuse anywhere too (a type change
 * without a cast, say): then the plan has the refusal.
 */
export async function tryPlan(
  open: OpenEngine,
  from: SchemaDocument,
  to: SchemaDocument,
  plan: Plan,
  options: CallOptions = {},
): Promise<TriedPlan> {
  if (plan.up.length === 0 || plan.refusals.length > 0) return { plan }
  const { engine } = await buildAndRead(open, from, options)
  try {
    await engine.run('SET check_function_bodies = off')
    const up = await traceSteps(engine, plan.up, mostProbes)
    if ('error' in up) return { plan: { ...plan, refusals: [problemOfStep(up, to)] }, stoppedAt: up.step }
    const strayUp = await strayRight(engine, from, to)
    if (strayUp) return { plan: { ...plan, refusals: [strayUp] } }
    const down = await traceSteps(engine, plan.down, mostProbes)
    if ('error' in down)
      return { plan: { ...plan, refusals: [problemOfStep(down, null)] }, stoppedAt: down.step }
    const strayDown = await strayRight(engine, from, to)
    if (strayDown) return { plan: { ...plan, refusals: [strayDown] } }
    return { plan: withMeasuredHazards(plan, { rows: {}, up, down }, from) }
  } finally {
    await engine.close()
  }
}

/** `drawn` is what the steps lead to, whose field is at fault; null on the way down, where no field is to blame. */
function problemOfStep({ step, sql, error }: StepRefusal, drawn: SchemaDocument | null): Problem {
  const { title, object, fields } = step
  const said = refusalOf(error, sql, drawn?.objects.get(object), fields)
  const where = `In the migration: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`
  return {
    ...said,
    object,
    source: 'Migration',
    message: drawn ? said.message : `Down cannot run: ${said.message}`,
    detail: said.detail === undefined ? where : `${said.detail} ${where}`,
  }
}

/** Whether a superuser is needed is tried of so many statements: on a schema of thousands it would take too long. */
const mostProbes = 300
