import type { Page } from 'playwright-core'
import { EditorPage } from './editor-page.ts'

/** What is there while no project is open. */
export class StartPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async openTemplate(name: string): Promise<EditorPage> {
    await this.page.getByRole('button', { name }).click()
    return this.#editor()
  }

  async newSchema(): Promise<EditorPage> {
    await this.page.getByRole('button', { name: 'New schema' }).click()
    return this.#editor()
  }

  /** Reads SQL in the import dialog and waits for its report. */
  async readSql(sql: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Import SQL' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Import SQL' })
    await dialog.getByRole('textbox').fill(sql)
    await dialog.getByRole('button', { name: 'Read SQL' }).click()
    await dialog.getByRole('button', { name: 'Open as new project' }).waitFor()
  }

  /** Makes a project of what was read. */
  async openImported(): Promise<EditorPage> {
    await this.page.getByRole('button', { name: 'Open as new project' }).click()
    return this.#editor()
  }

  async #editor(): Promise<EditorPage> {
    const editor = new EditorPage(this.page)
    await this.page.locator('[data-engine="ready"]').waitFor()
    return editor
  }
}
