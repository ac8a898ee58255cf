import type { Download, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The editor of an open project: what a person sees and does there, in their words. */
export class EditorPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** What the top bar says of PostgreSQL: "PostgreSQL 18 · 5 tables · valid". */
  get status(): Locator {
    return this.page.locator('[data-engine]')
  }

  region(name: 'top' | 'explorer' | 'canvas' | 'inspector' | 'drawer'): Locator {
    return this.page.locator(`[data-region="${name}"]`)
  }

  /** Waits until PostgreSQL has said this of the whole schema. */
  async waitForStatus(text: RegExp): Promise<void> {
    await expect.poll(() => this.status.textContent(), { timeout: 30_000 }).toMatch(text)
  }

  /** Runs an action by its title from the command palette. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    const palette = this.page.getByRole('dialog').filter({ has: this.page.getByRole('combobox') })
    await palette.getByRole('combobox').fill(title)
    await palette.getByRole('option', { name: title }).first().click()
    await palette.waitFor({ state: 'hidden' })
  }

  table(name: string): Locator {
    return this.page.locator(`[data-table][aria-label^="Table public.${name},"]`)
  }

  column(table: string, column: string): Locator {
    return this.table(table).locator(`[data-row][aria-label^="${column},"]`)
  }

  /** Opens the line for a new column at the end of a table. */
  async addColumns(table: string, ...definitions: readonly string[]): Promise<void> {
    await this.table(table).locator('header').click()
    await this.table(table).press('Enter')
    for (const definition of definitions) {
      const line = this.page.getByRole('combobox', { name: 'New column: name and type' })
      await line.fill(definition)
      await line.press('Escape')
      await line.press('Enter')
    }
    await this.page.keyboard.press('Escape')
  }

  async select(table: string, column?: string): Promise<void> {
    if (column === undefined) await this.table(table).locator('header').click()
    else await this.column(table, column).click()
  }

  drawerTab(name: 'Problems' | 'SQL' | 'Migrations' | 'Query'): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  async openDrawer(name: 'Problems' | 'SQL' | 'Migrations' | 'Query'): Promise<Locator> {
    const tab = this.drawerTab(name)
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
    return this.region('drawer')
  }

  /** Waits until every edit is stored in the browser. */
  async waitUntilSaved(): Promise<void> {
    await expect
      .poll(() => this.page.locator('[data-saving]').getAttribute('data-saving'), { timeout: 10_000 })
      .toBe('saved')
  }

  /** What a click makes the browser download, as text. */
  async downloadFrom(click: () => Promise<void>): Promise<{ readonly name: string; readonly text: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), click()])
    return { name: download.suggestedFilename(), text: await textOf(download) }
  }
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
