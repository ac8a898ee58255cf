import { inPage } from './in-page.ts'
import type { MeasuredProof } from './proof-page.ts'

const tables = 24
const changes = 10

/** Measures the proof of a migration in Chromium against the time that PostgreSQL itself takes for its statements. */
export async function benchProof(): Promise<void> {
  console.log(`\nProof in Chromium, ${changes} changes of ${tables} tables`)
  const measured = await inPage(
    { path: 'bench/proof-page.html', ready: 'measureProofs', port: 4330 },
    (page) => page.evaluate<readonly MeasuredProof[]>(`measureProofs(${tables}, ${changes})`),
  )
  const running = measured.find(({ form }) => form === 'sql')?.running ?? Number.NaN
  for (const { form, steps, passed, milliseconds } of measured) {
    if (!passed) throw new Error(`The ${form} form is not proven`)
    const seconds = (milliseconds / 1000).toFixed(1)
    const note = `${steps} steps; ${(milliseconds / running).toFixed(1)} times PostgreSQL's own ${running.toFixed(0)} ms`
    console.log(`  ${`${form} form`.padEnd(44)} ${seconds.padStart(9)} s    ${note}`)
  }
}
