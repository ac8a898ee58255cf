import { createServer } from 'vite'
import { launchBrowser } from '../e2e/fixtures/browser.ts'
import type { MeasuredProof } from './proof-page.ts'

const tables = 24
const changes = 10

/** Measures the proof of a migration in Chromium against the time that PostgreSQL itself takes for its statements. */
export async function benchProof(): Promise<void> {
  console.log(`\nProof in Chromium, ${changes} changes of ${tables} tables`)
  const server = await createServer({
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 4330, strictPort: false, hmr: false },
  })
  await server.listen()
  const browser = await launchBrowser()
  try {
    const [url] = server.resolvedUrls?.local ?? []
    if (!url) throw new Error('The server gave no address')
    const page = await browser.newPage()
    await page.goto(`${url}bench/proof-page.html`)
    await page.waitForFunction('typeof measureProofs === "function"', null, { timeout: 120_000 })
    const measured = await page.evaluate<readonly MeasuredProof[]>(`measureProofs(${tables}, ${changes})`)
    const running = measured.find(({ form }) => form === 'sql')?.running ?? Number.NaN
    for (const { form, steps, passed, milliseconds } of measured) {
      if (!passed) throw new Error(`The ${form} form is not proven`)
      const seconds = (milliseconds / 1000).toFixed(1)
      const note = `${steps} steps; ${(milliseconds / running).toFixed(1)} times PostgreSQL's own ${running.toFixed(0)} ms`
      console.log(`  ${`${form} form`.padEnd(44)} ${seconds.padStart(9)} s    ${note}`)
    }
  } finally {
    await browser.close()
    await server.close()
  }
}
