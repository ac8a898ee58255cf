import type { Plan, Step } from '../migration/plan.ts'

/** The steps of one migration file. */
export interface FileSteps {
  readonly up: readonly Step[]
  readonly down: readonly Step[]
}

/**
 * Cuts a plan into files: a file is one transaction, so steps that must run outside one get files of their own. The
 * way back is cut so that undoing the files from the last to the first runs exactly the plan's `down`.
 */
export function splitIntoFiles(plan: Plan): readonly FileSteps[] {
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

/** Neighbouring steps that agree on whether they need to be outside a transaction. */
export function transactionRuns(steps: readonly Step[]): readonly (readonly Step[])[] {
  const runs: Step[][] = []
  for (const step of steps) {
    const run = runs.at(-1)
    if (run?.[0]?.transactional === step.transactional) run.push(step)
    else runs.push([step])
  }
  return runs
}

function fileThatTouches(step: Step, runs: readonly (readonly Step[])[]): number | undefined {
  const index = runs.findLastIndex((run) => run.some((other) => other.object === step.object))
  return index < 0 ? undefined : index
}
