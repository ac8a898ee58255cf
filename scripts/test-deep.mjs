// npm run test:deep: 2,000 pairs of random schemas, each migrated at once and in phases, for a run at night.
// Its seeds follow from the date, so that every night tries others; `npm run test:deep -- 20260115` tries those of a day.
import { ensureDependencies, ensureEngine, main } from './machine.mjs'
import { runSteps, vitest } from './steps.mjs'

const pairs = 500
const rounds = 4

main(async () => {
  await ensureDependencies()
  await ensureEngine()
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const first = Number(process.argv[2] ?? day) * rounds
  if (!Number.isSafeInteger(first)) throw new Error(`${process.argv[2]} is no number to make seeds of.`)
  process.env.RELATA_PAIRS = String(pairs)
  return runSteps(
    Array.from({ length: rounds }, (_, round) => ({
      name: `seed ${first + round}`,
      run: () => {
        process.env.RELATA_SEED = String(first + round)
        return vitest('property')
      },
    })),
  )
})
