import type { Step } from './plan.ts'

/** Neighbouring steps of one part that agree on whether they need to be outside a transaction. */
export function transactionRuns(steps: readonly Step[]): readonly (readonly Step[])[] {
  const runs: Step[][] = []
  for (const step of steps) {
    const run = runs.at(-1)
    const first = run?.[0]
    if (first?.transactional === step.transactional && first.part === step.part) run?.push(step)
    else runs.push([step])
  }
  return runs
}
