import type { Page } from 'playwright-core'
import { createServer } from 'vite'
import { launchBrowser } from '../e2e/fixtures/browser.ts'

/**
 * Opens a page of this folder in Chromium, from a server on that port or the next free one, and gives it to `measure` once
 * it has the global function of that name.
 */
export async function inPage<T>(
  { path, ready, port }: { readonly path: string; readonly ready: string; readonly port: number },
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const server = await createServer({
    logLevel: 'error',
    server: { host: '127.0.0.1', port, strictPort: false, hmr: false },
  })
  await server.listen()
  const browser = await launchBrowser()
  try {
    const [url] = server.resolvedUrls?.local ?? []
    if (!url) throw new Error('The server gave no address')
    const page = await browser.newPage()
    await page.goto(new URL(path, url).href)
    await page.waitForFunction((name) => Reflect.has(globalThis, name), ready, { timeout: 120_000 })
    return await measure(page)
  } finally {
    await browser.close()
    await server.close()
  }
}
