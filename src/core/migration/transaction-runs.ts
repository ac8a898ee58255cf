import type { Step } from './plan.ts'

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
