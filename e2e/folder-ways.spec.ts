import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { zip } from '../src/platform/zip.ts'
import { BrowserFolder } from './fixtures/browser-folder.ts'
import { test } from './fixtures/test.ts'
import { EditorPage } from './pages/editor-page.ts'
import { chooseFolder, folderDialog, lookInto, openFound } from './pages/open-folder.ts'

/** Drops a folder of this machine onto the page, as a person does. */
async function drop(page: Page, folder: string): Promise<void> {
  await page.getByText('Drop a schema, folder or project here').waitFor()
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data })
  }
}

for (const gives of ['a handle', 'entries alone'] as const) {
  test(`a folder that is dropped opens, where the browser gives ${gives}`, async ({ page }) => {
    const place = mkdtempSync(join(tmpdir(), 'relata-drop-'))
    const shop = join(place, 'shop')
    cpSync(join(import.meta.dirname, 'fixtures/folders/shop'), shop, { recursive: true })
    if (gives === 'entries alone') {
      await page.evaluate(() => Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle'))
    }
    await drop(page, shop)
    const dialog = folderDialog(page)
    await dialog.getByText('3 migrations in src/db/changes').waitFor()
    await dialog.getByText(/files of shop\. Its migrations run/).waitFor()
    await dialog.getByText('Models in src/models, seeders in src/db/seeds, config src/db/config.js').waitFor()
    await dialog.getByRole('button', { name: 'Run 3 migrations' }).click()
    await dialog.getByRole('button', { name: 'Open as new project' }).click()
    const editor = new EditorPage(page)
    await editor.waitForStatus(/2 tables/)
    await editor.addColumns('customers', 'phone text')
    await editor.openDrawer('Migrations')
    await page.getByRole('button', { name: /^Export \d+ file/ }).click()
    const into = page.getByRole('menuitem', { name: /^Write into shop\/src\/db\/changes/ })
    await page.getByRole('menuitem', { name: 'Download without a passed proof' }).waitFor()
    expect(await into.count()).toBe(gives === 'a handle' ? 1 : 0)
    rmSync(place, { recursive: true })
  })
}

test('services run in the order that a person chooses, and the next migration goes into the chosen one', async ({
  page,
}) => {
  const folder = await chooseFolder(page, 'platform', 'services')
  const dialog = folderDialog(page)
  await dialog.getByRole('button', { name: 'Run orders earlier' }).click()
  await dialog.getByRole('button', { name: 'Run 3 migrations' }).click()
  await dialog.getByText('relation "users" does not exist').waitFor()
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.getByRole('button', { name: 'Run accounts earlier' }).click()
  await dialog.getByRole('button', { name: 'Run 3 migrations' }).click()
  await dialog.getByText(/^3 migrations ran\./).waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/2 tables/)
  await editor.addColumns('users', 'phone text')
  await editor.openDrawer('Migrations')
  const exporting = page.getByRole('button', { name: /^Export \d+ file/ })
  await exporting.click()
  await page.getByRole('menuitem', { name: /^Write into platform\/apps\/orders\/migrations/ }).waitFor()
  await page.getByRole('menuitem', { name: 'Make it a migration of accounts' }).click()
  await editor.prove()
  await exporting.click()
  const into = 'apps/accounts/database/migrations'
  await page.getByRole('menuitem', { name: `Write into platform/${into}`, exact: true }).click()
  await page
    .getByText(/the migrations of accounts run before those of orders/)
    .first()
    .waitFor()
  const written = await folder.files(into)
  expect(Object.keys(written).sort()).toEqual(['0001_init.js', '0002_add_phone_to_users.js'])
})

test('services with databases of their own become projects of their own, and lead to each other', async ({
  page,
}) => {
  const folder = new BrowserFolder(page, 'fleet')
  const made = (table: string, more = '') =>
    `exports.up = (q, S) => q.createTable('${table}', { id: { type: S.INTEGER, primaryKey: true }${more} })
exports.down = (q) => q.dropTable('${table}')`
  const toUsers = ", user_id: { type: S.INTEGER, references: { model: 'users', key: 'id' } }"
  const files: Readonly<Record<string, string>> = {
    'services/mail/migrations/1-letters.js': made('letters'),
    'services/orders/migrations/1-orders.js': made('orders', toUsers),
    'services/orders/migrations/2-lines.js': made('lines'),
    'services/users/migrations/1-users.js': made('users'),
  }
  for (const [path, text] of Object.entries(files)) await folder.write(path, text)
  for (const name of ['mail', 'orders', 'users'])
    await folder.write(
      `services/${name}/config/config.json`,
      JSON.stringify({ development: { database: name } }),
    )
  await folder.offer()
  await lookInto(page)
  const dialog = folderDialog(page)
  const each = dialog.getByRole('button', { name: 'A database and a project each' })
  await expect.poll(() => each.getAttribute('aria-pressed')).toBe('true')
  await dialog.getByRole('button', { name: 'Run 4 migrations' }).click()

  const services = dialog.getByRole('list', { name: 'Services' }).getByRole('button')
  await expect.poll(() => services.allInnerTexts()).toHaveLength(3)
  expect((await services.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
    'mail 1 migration ran',
    'orders 0 migrations ran, 1 failed, 1 not reached',
    'users 1 migration ran',
  ])
  await services.filter({ hasText: 'orders' }).click()
  await dialog.getByText('relation "users" does not exist').waitFor()
  await dialog.getByText(/^users makes a table users: /).waitFor()
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.getByText('No models, no seeders, config services/orders/config/config.json').click()
  await dialog
    .getByRole('textbox', { name: 'SQL that runs before orders' })
    .fill('CREATE TABLE users (id integer PRIMARY KEY)')
  await dialog.getByRole('button', { name: 'Run 4 migrations' }).click()
  await dialog.getByRole('button', { name: 'Open as 3 new projects' }).click()

  const editor = new EditorPage(page)
  await editor.waitForStatus(/1 table ·/)
  await page.getByRole('button', { name: 'Project fleet/mail' }).click()
  await page.getByRole('menuitem', { name: 'Services of the folder' }).click()
  await page.getByRole('menuitem', { name: 'orders' }).click()
  await editor.waitForStatus(/3 tables/)
  await editor.addColumns('lines', 'price numeric')
  await editor.openDrawer('Migrations')
  await editor.prove()
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  await page
    .getByRole('menuitem', { name: 'Write into fleet/services/orders/migrations', exact: true })
    .click()
  await expect
    .poll(async () => Object.keys(await folder.files('services/orders/migrations')))
    .toContain('3-add-price-to-lines.js')
})

test('parts of a service can lie elsewhere, and a table that only a model makes comes first', async ({
  page,
}) => {
  const files = {
    'db/migrations/0-old.js': `exports.up = async () => { throw new Error('Old') }`,
    'db/changes/1-notes.js': `exports.up = (q, S) => q.addColumn('users', 'note', { type: S.TEXT })`,
    'db/changes/2-more.js': `exports.up = (q, S) => q.createTable('more', { id: { type: S.INTEGER, primaryKey: true } })`,
    'entities/user.js': `module.exports = (sequelize, DataTypes) =>
      sequelize.define('User', { login: { type: DataTypes.STRING(40), allowNull: false } }, { tableName: 'users', timestamps: false })`,
    'tables/account.js': `throw new Error('Not these')`,
  }
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  const dialog = folderDialog(page)
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a zip' }).click()
  const entries = Object.entries(files).map(([path, text]) => ({ path: `crm/${path}`, text }))
  const buffer = Buffer.from(zip(entries, new Date()))
  await (await chooser).setFiles({ name: 'crm.zip', mimeType: 'application/zip', buffer })
  await dialog.getByText('Models in entities, no seeders, no config').click()
  const place = dialog.getByRole('combobox', { name: /^Migrations of / })
  await place.fill('db/nowhere')
  await dialog.getByText('Not in the folder').waitFor()
  await place.fill('db/changes')
  await place.press('Enter')
  await dialog.getByText('2 migrations in db/changes').waitFor()
  await dialog.getByRole('button', { name: 'Run 2 migrations' }).click()
  await dialog.getByText('relation "public.users" does not exist').waitFor()
  await dialog.getByRole('button', { name: 'Make the table of User first' }).click()
  await dialog.getByText(/^2 migrations ran\./).waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/2 tables/)
  await editor.column('users', 'login').waitFor()
  await editor.column('users', 'note').waitFor()
})

test('a migration of an earlier service is proved when all services behind it run with it', async ({
  page,
}) => {
  await chooseFolder(page, 'platform', 'services')
  const editor = await openFound(page, 3, 2)
  const drawer = editor.region('drawer')
  const exporting = page.getByRole('button', { name: /^Export \d+ file/ })
  const exportAs = async (item: string) => {
    await exporting.click()
    await page.getByRole('menuitem', { name: item, exact: true }).click()
    await page.getByText('Exported 1 file', { exact: true }).last().waitFor()
  }
  // What is downloaded is not in the folder: the next proof runs it all the same.
  await editor.addColumns('users', 'phone text')
  await editor.openDrawer('Migrations')
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Make it a migration of accounts' }).click()
  await editor.prove()
  await exportAs('Download')
  await editor.closeDrawer()
  await editor.select('users')
  await editor.column('users', 'phone').click()
  await editor.fill('Name', 'telephone')
  await editor.openDrawer('Migrations')
  await editor.prove()
  const downloaded = 'apps/accounts/database/migrations/0002_add_phone_to_users.js'
  await drawer.getByText(`Only downloaded before, and run as if in the folder: ${downloaded}.`).waitFor()
  await exportAs('Download')
  await page.getByText(`Exported before and not in platform: ${downloaded}.`).first().waitFor()

  await editor.closeDrawer()
  await editor.select('users')
  await editor.fill('Name', 'people')
  await editor.openDrawer('Migrations')
  await editor.prove()
  // Those of orders refer to the table by its old name.
  await drawer
    .getByText(/apps\/orders\/migrations\/0001_init\.js fails: relation "users" does not exist/)
    .waitFor()
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  await page
    .getByRole('menuitem', { name: /accounts\/database\/migrations without a passed proof$/ })
    .waitFor()
  await page.getByRole('menuitem', { name: 'Make it a migration of orders' }).click()
  await page.getByRole('button', { name: 'Prove', exact: true }).click()
  await drawer.getByText('Rows kept', { exact: true }).waitFor()
  expect(await drawer.getByText('All services from nothing').count()).toBe(0)
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  await page
    .getByRole('menuitem', { name: 'Write into platform/apps/orders/migrations', exact: true })
    .waitFor()
})

test('what the style of the folder says of columns is what new tables and the next migration get', async ({
  page,
}) => {
  const folder = await chooseFolder(page, 'bakery')
  const editor = await openFound(page, 2, 2)
  await editor.addColumns('customers', 'phone text')
  await editor.openDrawer('Migrations')
  const exporting = page.getByRole('button', { name: /^Export \d+ file/ })
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Style of its files…' }).click()
  const style = page.getByRole('dialog', { name: 'Style of new files in bakery' })
  const times = style.getByRole('checkbox', { name: 'Created and updated at, in new tables' })
  const deleted = style.getByRole('checkbox', { name: 'Deleted at, in new tables' })
  // As the folder's own tables have it.
  await expect.poll(() => style.getByRole('combobox', { name: 'Columns' }).textContent()).toContain('snake')
  expect(await times.isChecked()).toBe(true)
  expect(await deleted.isChecked()).toBe(false)
  await style.getByRole('combobox', { name: 'Columns' }).click()
  await page.getByRole('option', { name: 'camel', exact: true }).click()
  await deleted.click()
  await style.getByRole('button', { name: 'Done' }).click()
  await editor.closeDrawer()
  await editor.run('New table')
  await page.keyboard.press('Escape')
  for (const column of ['createdAt', 'updatedAt', 'deletedAt'])
    await editor.column('new_table', column).waitFor()
  await editor.openDrawer('Migrations')
  await editor.prove()
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Write into bakery/migrations', exact: true }).click()
  await page.getByText(/^No changes since/).waitFor()
  const written = Object.entries(await folder.files('migrations')).find(([, text]) =>
    text.includes('new_table'),
  )
  expect(written?.[1]).toMatch(/createdAt: \{ type: Sequelize\.DATE, allowNull: false/)
  expect(written?.[1]).toMatch(/deletedAt: \{ type: Sequelize\.DATE \}|deletedAt: Sequelize\.DATE/)

  await editor.openDrawer('Migrations')
  await editor.addColumns('customers', 'mobile text')
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Style of its files…' }).click()
  await times.click()
  await deleted.click()
  await style.getByRole('button', { name: 'Done' }).click()
  await editor.closeDrawer()
  await editor.run('New table')
  await page.keyboard.press('Escape')
  await editor.table('new_table_2').waitFor()
  expect(await editor.column('new_table_2', 'createdAt').count()).toBe(0)
  expect(await editor.column('new_table_2', 'created_at').count()).toBe(0)
})
