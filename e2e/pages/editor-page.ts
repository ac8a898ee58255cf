import type { Download, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

type Tab = 'Problems' | 'SQL' | 'Migrations' | 'Query'

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

  /** Waits until the top bar says this of the whole schema. */
  async waitForStatus(text: RegExp): Promise<void> {
    await expect.poll(() => this.status.textContent()).toMatch(text)
  }

  /** Runs an action by its title from the command palette. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    await this.page.getByPlaceholder('Search objects or run an action').fill(title)
    await this.page.getByRole('option', { name: title }).first().click()
  }

  table(name: string): Locator {
    return this.page.locator(`[data-table][aria-label^="Table "][aria-label*=".${name},"]`)
  }

  column(table: string, column: string): Locator {
    return this.table(table).locator(`[data-row][aria-label^="${column},"]`)
  }

  async select(table: string, column?: string): Promise<void> {
    if (column === undefined) await this.table(table).locator('header').click()
    else await this.column(table, column).click()
  }

  /** Types columns at the end of a table, one after the other, as `name type …`. */
  async addColumns(table: string, ...definitions: readonly string[]): Promise<void> {
    await this.select(table)
    await this.page.keyboard.press('c')
    const line = this.page.getByRole('combobox', { name: 'New column: name and type' })
    for (const definition of definitions) {
      await line.fill(definition)
      await line.press('Enter')
      await expect.poll(() => line.inputValue()).toBe('')
    }
    await line.press('Escape')
  }

  /** Chooses a line of the context menu of a column or of a table's header. */
  async choose(entry: string, table: string, column?: string): Promise<void> {
    const target = column === undefined ? this.table(table).locator('header') : this.column(table, column)
    await target.click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: new RegExp(`^${entry}`) }).click()
  }

  /** Writes into a field of the inspector by its label. */
  async fill(label: string, text: string): Promise<void> {
    const field = this.region('inspector').getByLabel(label, { exact: true })
    await field.fill(text)
    await field.press('Enter')
  }

  /** Picks an option of a choice in the inspector. */
  async pick(label: string, option: string): Promise<void> {
    await this.region('inspector').getByLabel(label, { exact: true }).click()
    await this.page.getByRole('option', { name: option, exact: true }).click()
  }

  async openDrawer(name: Tab): Promise<Locator> {
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${name}`) })
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
    return this.region('drawer')
  }

  /** Closes whatever panel the drawer shows, which gives the canvas its room back. */
  async closeDrawer(): Promise<void> {
    const close = this.page.getByRole('button', { name: 'Close drawer' })
    if (await close.isVisible()) await close.click()
  }

  /** Replaces the text of the open query and runs it. */
  async runQuery(sql: string): Promise<void> {
    await this.region('drawer').locator('textarea').first().focus()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(sql)
    await this.page.keyboard.press('ControlOrMeta+Enter')
  }

  /** Runs the migration up, down and up again; waits for the result. */
  async prove(): Promise<void> {
    await this.openDrawer('Migrations')
    await this.page.getByRole('button', { name: 'Prove', exact: true }).click()
    await this.page.getByRole('button', { name: 'Prove again' }).waitFor()
  }

  /** Downloads the migration by the given line of the export menu. */
  async exportMigration(way: string): Promise<DownloadedFile> {
    await this.page.getByRole('button', { name: /^Export \d+ file/ }).click()
    return this.downloadFrom(() => this.page.getByRole('menuitem', { name: way, exact: true }).click())
  }

  /** Waits until every edit is stored in the browser. */
  async waitUntilSaved(): Promise<void> {
    const saving = this.page.locator('[data-saving]')
    await expect.poll(() => saving.getAttribute('data-saving')).toBe('saved')
  }

  /** What a click makes the browser download. */
  async downloadFrom(click: () => Promise<void>): Promise<DownloadedFile> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), click()])
    return { name: download.suggestedFilename(), text: await textOf(download) }
  }
}

export interface DownloadedFile {
  readonly name: string
  readonly text: string
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
