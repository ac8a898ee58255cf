// npm test: everything, one step after the other, ending with one line that counts it all.
// `npm test -- unit build` runs only the named steps.
import { ensureChromium, ensureDependencies, ensureEngine, ensureRealPostgres, main } from './machine.mjs'
import { allSteps, runSteps } from './steps.mjs'

main(async () => {
  await ensureDependencies()
  await ensureRealPostgres()
  const names = process.argv.slice(2)
  const unknown = names.filter((name) => !allSteps.some((step) => step.name === name))
  if (unknown.length > 0) {
    throw new Error(
      `No step ${unknown.join(', ')}. There are: ${allSteps.map((step) => step.name).join(', ')}.`,
    )
  }
  await ensureEngine()
  process.env.CHROMIUM_PATH = await ensureChromium()
  return runSteps(names.length > 0 ? allSteps.filter((step) => names.includes(step.name)) : allSteps)
})
