import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { zip } from '../src/platform/zip.ts'
import { BrowserFolder, withoutFolderPicker } from './fixtures/browser-folder.ts'
import { settled } from './fixtures/settled.ts'
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
  await new EditorPage(page).waitForStatus(/2 tables · 1 warning/)
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
  await dialog.getByText('Environment and time').click()
  const environment = dialog.getByRole('textbox', { name: 'Environment, a line each' })
  await environment.fill('NODE_ENV')
  await dialog.getByText('Not NAME=value: NODE_ENV').waitFor()
  await expect.poll(() => run.isDisabled()).toBe(true)
  await environment.fill('NODE_ENV=test')
  await expect.poll(() => run.isDisabled()).toBe(false)
})

test('a folder in which nothing is found asks where its parts are', async ({ page }) => {
  const { dialog, folder } = await emptied(page)
  await dialog.getByText('No migrations were found: say where they are').waitFor()
  const run = dialog.getByRole('button', { name: /^Run \d+ migrations?$/ })
  expect(await run.isDisabled()).toBe(true)
  const place = async (part: string, path: string) => {
    const field = dialog.getByRole('combobox', { name: `${part} of garden` })
    await field.fill(path)
    await field.press('Enter')
  }
  await place('Migrations', 'sql/history')
  await dialog.getByText('1 migration in sql/history').waitFor()
  await place('Models', 'tables')
  await place('Seeders', 'plants')
  await dialog.getByText('Models in tables, seeders in plants, no config').waitFor()
  await run.click()
  await dialog.getByText('1 model read: 1 difference from the schema').waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/1 table /)
  // The places are kept with the folder.
  await editor.waitUntilSaved()
  await page.reload()
  await editor.addColumns('beds', 'note text')
  await folder.write('sql/history/2-size.js', `exports.up = (q) => q.addColumn('beds', 'size', 'text')`)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await page
    .getByRole('region', { name: 'Folder on disk' })
    .getByRole('button', { name: 'Take them in' })
    .click()
  await editor.column('beds', 'size').waitFor()
  await editor.openDrawer('Migrations')
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  await page.getByRole('menuitem', { name: /^Write into garden\/sql\/history/ }).waitFor()
})

/** Opens a folder whose parts lie where nobody looks for them. */
async function emptied(page: Page) {
  const folder = new BrowserFolder(page, 'garden')
  await folder.write('package.json', '{ "name": "garden" }')
  await folder.write(
    'sql/history/1-beds.js',
    `exports.up = (q, S) => q.createTable('beds', { id: { type: S.INTEGER, primaryKey: true } })
exports.down = (q) => q.dropTable('beds')
`,
  )
  await folder.write(
    'tables/bed.js',
    `module.exports = (sequelize, DataTypes) => sequelize.define('Bed', {
  id: { type: DataTypes.INTEGER, primaryKey: true }, name: DataTypes.TEXT,
}, { tableName: 'beds', timestamps: false })
`,
  )
  await folder.write('plants/1-rose.js', `exports.up = (q) => q.bulkInsert('beds', [{ id: 1 }])`)
  await folder.offer()
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a Sequelize project' })
  await dialog.getByRole('button', { name: 'Choose a folder' }).click()
  return { dialog, folder }
}

test('a folder of no code says so', async ({ page }) => {
  const dialog = await choose(page, 'bakery/config')
  await dialog.getByText('config has no migrations, nor other files of JavaScript or TypeScript.').waitFor()
})

test('a base from a file runs before the first migration', async ({ page }) => {
  const dialog = await choose(page, 'legacy-missing')
  await dialog.getByText('What must be there before the first migration').click()
  const from = async (name: string, buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'From a file' }).click()
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer })
  }
  const base = dialog.getByRole('textbox', { name: 'SQL that runs first' })
  await from('old.dump', Buffer.from('PGDMP\u0001\u000e'))
  await dialog.getByText(/pg_restore --schema-only --file=schema\.sql 'old\.dump'/).waitFor()
  expect(await base.inputValue()).toBe('')
  const sql = readFileSync(join(folders, 'legacy-missing', 'base.sql'))
  await from('base.sql', sql)
  await expect.poll(() => base.inputValue()).toBe(sql.toString())
  await dialog.getByRole('button', { name: /^Run \d+ migrations?/ }).click()
  await dialog.getByText(/^\d+ migrations? ran\.|^All/).waitFor()
  expect(await dialog.getByText(/failed/).count()).toBe(0)
})

test('models that say something else than the schema are problems, with a fix on either side', async ({
  page,
}) => {
  const dialog = await choose(page, 'bakery')
  await dialog.getByRole('button', { name: 'Run 2 migrations' }).click()
  await dialog.getByText('2 models read: 8 differences from the schema').waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/2 tables/)
  const drawer = await editor.openDrawer('Problems')
  const problems = drawer.getByRole('listbox', { name: 'Problems' })
  await problems.getByText(/^Order\.belongsTo\(Customer\) has no foreign key/).click()
  const detail = drawer.getByRole('complementary', { name: 'Problem' })
  await detail.getByText('Defined in models/order.js, line 11.').waitFor()
  await detail.getByText('constraints: false,').waitFor()
  await detail.getByRole('button', { name: 'Apply fix' }).click()
  await problems.getByText(/^Order\.belongsTo\(Customer\) has no foreign key/).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '1 change', exact: true }).waitFor()
  await problems.getByText(/^Customer\.phone needs a column/).waitFor()
  await page.keyboard.press('ControlOrMeta+z')
  await problems.getByText(/^Order\.belongsTo\(Customer\) has no foreign key/).waitFor()
})

test('a zip of a folder opens as the folder, and its history is looked back through', async ({ page }) => {
  const shop = join(folders, 'shop')
  const entries = readdirSync(shop, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: `shop-main${path.slice(shop.length)}`, text: readFileSync(path, 'utf8') }))
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a Sequelize project' })
  const zips = async (name: string, buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Choose a zip' }).click()
    await (await chooser).setFiles({ name, mimeType: 'application/zip', buffer })
  }
  await zips('half.zip', Buffer.from('PK'))
  await dialog.getByText(/^half\.zip cannot be read\. The list of files at its end is missing/).waitFor()
  await zips('shop.zip', Buffer.from(zip(entries, new Date())))
  await dialog.getByText('3 migrations in src/db/changes').waitFor()
  await dialog.getByRole('button', { name: 'Run 3 migrations' }).click()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/2 tables · 1 warning/)

  await editor.run('Look back through the migrations')
  const banner = page.getByRole('region', { name: 'Past schema' })
  const list = page.getByRole('list', { name: 'Migrations of the folder' })
  await banner.getByText('3 of 3, read only').waitFor()
  await expect.poll(() => list.getByRole('button').count()).toBe(3)
  // Nothing can be drawn into the past.
  await page.keyboard.press('t')
  await page.getByText('The past cannot be edited.').waitFor()
  // The panels show the same past as the canvas.
  const explorer = page.getByRole('complementary', { name: 'Explorer' })
  await explorer.getByText(/^As after .*, read only$/).waitFor()
  const orders = () => explorer.getByRole('treeitem', { name: /^orders/ }).count()
  expect(await orders()).toBeGreaterThan(0)
  await explorer.getByRole('treeitem', { name: /^customers/ }).click()
  await page.keyboard.press('ControlOrMeta+Alt+b')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('heading', { name: 'customers', exact: true }).waitFor()
  expect(await inspector.getByRole('textbox', { name: 'Name', exact: true }).isDisabled()).toBe(true)
  const columns = inspector.getByRole('region', { name: 'Columns' })
  await columns.getByText('email', { exact: true }).waitFor()
  expect(await columns.locator('input, [aria-pressed]').count()).toBe(0)
  expect(await inspector.getByRole('button', { name: /^(Add|Remove|Delete) / }).count()).toBe(0)
  const before = banner.getByRole('button', { name: 'Migration before' })
  await before.click()
  await before.click()
  await banner.getByText('1 of 3').waitFor()
  await expect.poll(orders).toBe(0)
  await inspector.getByRole('heading', { name: 'customers', exact: true }).waitFor()
  await page.keyboard.press(']')
  await banner.getByText('2 of 3').waitFor()
  await page.reload()
  await editor.waitForStatus(/2 tables · 1 warning/)
  await page.getByRole('button', { name: '0 changes' }).click()
  await page.getByRole('button', { name: 'History' }).click()
  await list.getByRole('button').last().click()
  await banner.getByText('1 of 3').waitFor()
  await page
    .getByRole('region', { name: /^Changes of / })
    .getByText('Added')
    .first()
    .waitFor()
  await expect.poll(() => page.locator('[data-table][aria-label$="added"]').count()).toBeGreaterThan(0)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  }
  await list.getByRole('button').last().focus()
  await page.keyboard.press('End')
  await banner.getByText('3 of 3').waitFor()
  await expect.poll(() => list.getByRole('button').first().getAttribute('aria-current')).toBe('step')
  await page.keyboard.press('Escape')
  await banner.waitFor({ state: 'detached' })
  await editor.waitForStatus(/2 tables · 1 warning/)
  expect(await page.getByRole('button', { name: 'Undo' }).first().getAttribute('aria-disabled')).toBe('true')
})
