import type { Plan, Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import type { CallOptions } from './api.ts'
import { buildAndRead } from './canonical.ts'
import { type Engine, type OpenEngine, PgError } from './engine.ts'
import { problemOf } from './problems.ts'

/**
 * Runs a plan up and down on the empty schema it starts from. What PostgreSQL refuses there, it would refuse anywhere:
 * a type change without a cast, say. Gives the refusal, or nothing.
 */
export async function tryPlan(
  open: OpenEngine,
  from: SchemaDocument,
  plan: Plan,
  options: CallOptions = {},
): Promise<readonly Problem[]> {
  if (plan.up.length === 0 || plan.refusals.length > 0) return []
  const { engine } = await buildAndRead(open, from, options)
  try {
    const refused = (await runSteps(engine, plan.up, '')) ?? (await runSteps(engine, plan.down, 'Down: '))
    return refused ? [refused] : []
  } finally {
    await engine.close()
  }
}

async function runSteps(engine: Engine, steps: readonly Step[], prefix: string): Promise<Problem | null> {
  await engine.run('SET check_function_bodies = off')
  for (const { statements, title, object } of steps) {
    for (const { sql } of statements) {
      try {
        await engine.run(sql)
      } catch (error) {
        if (!(error instanceof PgError)) throw error
        const said = problemOf(error, sql)
        return { ...said, object, source: 'Migration', message: `${prefix}${title}: ${said.message}` }
      }
    }
  }
  return null
}
