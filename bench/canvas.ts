import type { Browser, Page } from 'playwright-core'
import { preview } from 'vite'
import { launchBrowser } from '../e2e/fixtures/browser.ts'
import { generatedSchema } from './generated-schema.ts'

/** A diagram that nobody finds large: what the others are compared with. */
const small = 24

interface Frames {
  /** Milliseconds between frames: 95 of 100 were shorter. */
  readonly p95: number
  readonly worst: number
  readonly perSecond: number
}

type Gesture = (page: Page) => Promise<void>

/** What a hand does; each takes some seconds. */
const gestures: Readonly<Record<string, Gesture>> = {
  'pan, all in view': async (page) => {
    await page.keyboard.press('Shift+1')
    await pan(page)
  },
  'zoom, all in view': async (page) => {
    await page.keyboard.press('Shift+1')
    await zoom(page)
  },
  'drag in the minimap': async (page) => {
    await page.keyboard.press('Shift+1')
    const box = await page.getByLabel('Minimap', { exact: true }).last().boundingBox()
    if (box) await drag(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, 40)
  },
  'pan at 100 %': async (page) => {
    await approach(page)
    await pan(page)
  },
  'drag a table at 100 %': async (page) => {
    await approach(page)
    await drag(page, await headerInView(page), 160)
  },
}

/**
 * Measures frames in Chromium, without a GPU so that only ratios mean anything, while the diagrams of a small schema and one of that many tables are panned, zoomed and
 * dragged. `folder` is the build to serve.
 */
export async function benchCanvas(tables: number, folder = 'dist'): Promise<void> {
  console.log(`\nCanvas, ${tables} tables beside ${small}: 95 of 100 frames in less than`)
  const server = await preview({
    logLevel: 'error',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 4320, strictPort: false },
  })
  const browser = await launchBrowser()
  try {
    const [url] = server.resolvedUrls?.local ?? []
    if (!url) throw new Error('The preview server gave no address')
    const few = await measure(browser, url, small)
    const many = await measure(browser, url, tables)
    for (const name of Object.keys(gestures)) {
      const [a, b] = [few.get(name), many.get(name)]
      if (!a || !b) continue
      const times = `${a.p95.toFixed(0).padStart(4)} ms → ${b.p95.toFixed(0).padStart(4)} ms`
      const note = `${(b.p95 / a.p95).toFixed(1)} times; worst ${b.worst.toFixed(0)} ms, ${b.perSecond.toFixed(0)} a second`
      console.log(`  ${name.padEnd(24)} ${times}   ${note}`)
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function measure(browser: Browser, url: string, tables: number): Promise<ReadonlyMap<string, Frames>> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await openDiagram(page, url, tables)
  const measured = new Map<string, Frames>()
  for (const [name, gesture] of Object.entries(gestures)) {
    // Once without a clock, so that what is compiled and drawn for the first time is no part of it.
    await gesture(page)
    measured.set(name, await framesOf(page, () => gesture(page)))
  }
  await page.close()
  return measured
}

async function openDiagram(page: Page, url: string, tables: number): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Import SQL' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import SQL' })
  // As a file: a text of this length is slow to type.
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a file' }).click()
  const buffer = Buffer.from(generatedSchema(tables))
  await (await chooser).setFiles({ name: 'bench.sql', mimeType: 'application/sql', buffer })
  await dialog.getByRole('button', { name: 'Read SQL' }).click()
  await dialog.getByRole('button', { name: 'Open as new project' }).click({ timeout: 600_000 })
  await page.locator('[data-engine="ready"]').waitFor({ timeout: 600_000 })
  const minimap = page.getByRole('button', { name: 'Minimap' })
  if ((await minimap.getAttribute('aria-pressed')) !== 'true') await minimap.click()
  await page.locator('[data-table]').first().focus()
  await page.waitForTimeout(2000)
}

/** Frames that the page draws while `work` runs. */
async function framesOf(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(globalThis, { frameTimes: times })
    const note = (time: number) => {
      times.push(time)
      if (Reflect.get(globalThis, 'frameTimes') === times) requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  await work()
  const times = await page.evaluate(() => {
    const noted: unknown = Reflect.get(globalThis, 'frameTimes')
    Reflect.deleteProperty(globalThis, 'frameTimes')
    return Array.isArray(noted) ? noted.map(Number) : []
  })
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const sorted = gaps.toSorted((a, b) => a - b)
  const whole = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return {
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    worst: sorted.at(-1) ?? Number.NaN,
    perSecond: (gaps.length / whole) * 1000,
  }
}

const middle = { x: 700, y: 450 }
const steps = 90

/** In a square, back to where it began. */
async function pan(page: Page): Promise<void> {
  await page.mouse.move(middle.x, middle.y)
  const ways = [
    [40, 0],
    [0, 40],
    [-40, 0],
    [0, -40],
  ] as const
  for (let step = 0; step < steps; step += 1) {
    const [dx, dy] = ways[Math.floor((step * ways.length) / steps)] ?? [0, 0]
    await page.mouse.wheel(dx, dy)
    await page.waitForTimeout(12)
  }
}

async function zoom(page: Page): Promise<void> {
  await page.mouse.move(middle.x, middle.y)
  await page.keyboard.down('Control')
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, step < steps / 2 ? -6 : 6)
    await page.waitForTimeout(12)
  }
  await page.keyboard.up('Control')
}

/** In a circle of that radius in px. */
async function drag(
  page: Page,
  from: { readonly x: number; readonly y: number },
  radius: number,
): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (let step = 0; step <= steps; step += 1) {
    const angle = (step / steps) * 2 * Math.PI
    await page.mouse.move(from.x + radius * Math.sin(angle), from.y + radius * (1 - Math.cos(angle)))
    await page.waitForTimeout(12)
  }
  await page.mouse.up()
}

/** To the middle of the diagram, in full size. */
async function approach(page: Page): Promise<void> {
  await page.keyboard.press('Shift+1')
  await page.keyboard.press('ControlOrMeta+0')
  await page.waitForTimeout(500)
}

/** A point on the header of a table that is well inside the canvas. */
async function headerInView(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  for (const header of await page.locator('[data-table] header').all()) {
    const box = await header.boundingBox()
    if (box && box.x > 260 && box.x < 900 && box.y > 80 && box.y < 500)
      return { x: box.x + 20, y: box.y + 12 }
  }
  throw new Error('No table is in view')
}
