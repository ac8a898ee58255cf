import type { Locator, Page } from 'playwright-core'
import { BrowserFolder } from '../fixtures/browser-folder.ts'
import { EditorPage } from './editor-page.ts'

export const folderDialog = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Open a Sequelize project' })

/** Fills a folder of that name from a fixture and has the page look at it. */
export async function chooseFolder(page: Page, name: string, fixture = name): Promise<BrowserFolder> {
  const folder = new BrowserFolder(page, name)
  await folder.choose(fixture)
  await lookInto(page)
  return folder
}

/** Has the page look at the folder that the browser offers. */
export async function lookInto(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  await folderDialog(page).getByRole('button', { name: 'Choose a folder' }).click()
}

/** Runs the migrations that were found and opens what they built. */
export async function openFound(page: Page, migrations: number, tables: number): Promise<EditorPage> {
  const dialog = folderDialog(page)
  await dialog.getByRole('button', { name: `Run ${migrations} migrations`, exact: true }).click()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(new RegExp(`${tables} tables`))
  return editor
}
