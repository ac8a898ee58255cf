import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { withoutFolderPicker } from './fixtures/browser-folder.ts'
import { test } from './fixtures/test.ts'
import { EditorPage } from './pages/editor-page.ts'

const folders = join(import.meta.dirname, 'fixtures', 'folders')

/** Chooses a folder in the dialog that opens it. */
async function choose(page: Page, folder: string): Promise<Locator> {
  await withoutFolderPicker(page)
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a Sequelize project' })
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a folder' }).click()
  await (await chooser).setFiles(join(folders, folder))
  return dialog
}

test('a folder of migrations runs from nothing and opens as a project', async ({ page }) => {
  const dialog = await choose(page, 'shop')
  await dialog.getByText('3 migrations in src/db/changes').waitFor()
  await dialog.getByRole('button', { name: 'Run 3 migrations' }).click()
  await dialog.getByText(/^3 migrations ran\./).waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  await new EditorPage(page).waitForStatus(/2 tables · valid/)
  await page.getByRole('button', { name: '0 changes' }).waitFor()
})

test('a migration that fails says where and why; the others go on after it, or without it', async ({
  page,
}) => {
  const dialog = await choose(page, 'billing-broken')
  await dialog.getByRole('button', { name: /^Run \d+ migrations/ }).click()
  await dialog.getByText(/^1 migration ran, 1 failed, \d+ not reached\./).waitFor()
  await dialog.getByText('migrations/2-again.js, line 5').waitFor()
  await dialog.getByText('column "price" does not exist').waitFor()
  await dialog.getByRole('button', { name: 'Leave it out' }).click()
  await dialog.getByText(/1 left out/).waitFor()
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.getByText('Left out: migrations/2-again.js').waitFor()
  await dialog.getByRole('button', { name: 'Run as the others' }).click()
  await dialog.getByText('Left out: migrations/2-again.js').waitFor({ state: 'detached' })
  const run = dialog.getByRole('button', { name: /^Run \d+ migrations/ })
  await dialog.getByText('Environment', { exact: true }).click()
  const environment = dialog.getByRole('textbox', { name: 'Environment, a line each' })
  await environment.fill('NODE_ENV')
  await dialog.getByText('Not NAME=value: NODE_ENV').waitFor()
  await expect.poll(() => run.isDisabled()).toBe(true)
  await environment.fill('NODE_ENV=test')
  await expect.poll(() => run.isDisabled()).toBe(false)
})

test('a folder without migrations says so', async ({ page }) => {
  const dialog = await choose(page, 'shop/src/models')
  await dialog.getByText(/has no folder of migrations/).waitFor()
})
