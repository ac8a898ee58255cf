// npm run check: the inner loop. Everything that answers in seconds; the rest is npm test.
import { ensureDependencies, main } from './machine.mjs'
import { fastSteps, runSteps } from './steps.mjs'

main(async () => {
  await ensureDependencies()
  return runSteps(fastSteps)
})
