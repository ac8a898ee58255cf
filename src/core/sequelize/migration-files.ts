import type { Plan, PlanPart, Step } from '../migration/plan.ts'
import { transactionRuns } from '../migration/transaction-runs.ts'

/**
 * Cuts a plan into files: a file is one transaction, so steps that must run outside one get files of their own. Where
 * the plan has no parts of its own, the way back is cut so that undoing the files from the last to the first runs
 * exactly its `down`.
 */
export function splitIntoFiles(plan: Plan): readonly PlanPart[] {
  if (plan.parts) return plan.parts
  const runs = transactionRuns(plan.up)
  if (runs.length <= 1) return [{ up: plan.up, down: plan.down }]
  const down: Step[][] = runs.map(() => [])
  let file = runs.length - 1
  for (const step of plan.down) {
    file = Math.min(file, fileThatTouches(step, runs) ?? file)
    down[file]?.push(step)
  }
  return runs.map((up, index) => ({ up, down: down[index] ?? [] }))
}

function fileThatTouches(step: Step, runs: readonly (readonly Step[])[]): number | undefined {
  const index = runs.findLastIndex((run) => run.some((other) => other.object === step.object))
  return index < 0 ? undefined : index
}
