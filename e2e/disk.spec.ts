import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { BrowserFolder } from './fixtures/browser-folder.ts'
import { test } from './fixtures/test.ts'
import { EditorPage } from './pages/editor-page.ts'

const migrations = 'src/db/changes'

/** `meanwhile`: after the migrations have run, before the project is there. */
async function openShop(page: Page, meanwhile = async (_folder: BrowserFolder) => {}) {
  const folder = new BrowserFolder(page, 'shop')
  await folder.choose('shop')
  await page.getByRole('button', { name: /^Open Sequelize project/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a Sequelize project' })
  await dialog.getByRole('button', { name: 'Choose a folder' }).click()
  await dialog.getByRole('button', { name: 'Run 3 migrations' }).click()
  const open = dialog.getByRole('button', { name: 'Open as new project' })
  await open.waitFor()
  await meanwhile(folder)
  await open.click()
  const editor = new EditorPage(page)
  await editor.waitForStatus(/2 tables · 1 warning/)
  return { folder, editor, banner: page.getByRole('region', { name: 'Folder on disk' }) }
}

/** As a person who comes back from another window. */
const focus = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus')))

const addColumn = (name: string, more = '') => `module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.query('ALTER TABLE shop.customers ADD ${name} text${more}');
  },
  async down(queryInterface) {
    await queryInterface.removeColumn({ schema: 'shop', tableName: 'customers' }, '${name}');
  },
};
`

test('the next migration is written into the folder that the project came from, and runs there', async ({
  page,
}) => {
  const { folder, editor, banner } = await openShop(page)
  await editor.addColumns('customers', 'phone text')
  await editor.prove()
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  await page.getByRole('menuitem', { name: `Write into shop/${migrations}`, exact: true }).click()
  await editor
    .region('drawer')
    .getByText(/^No changes since \d{14}-add-phone-to-customers\.js/)
    .waitFor()
  const names = Object.keys(await folder.files(migrations))
  expect(names.filter((name) => name.includes('phone'))).toHaveLength(1)
  await focus(page)
  expect(await banner.count()).toBe(0)

  await folder.write(`${migrations}/30000101000000-nickname.js`, addColumn('nickname'))
  await focus(page)
  await banner.getByText(/1 new \(30000101000000-nickname\.js\)/).waitFor()
  await banner.getByRole('button', { name: 'Take them in' }).click()
  await editor.column('customers', 'nickname').waitFor()
  await editor.column('customers', 'phone').waitFor()
  await page.getByRole('button', { name: '0 changes' }).waitFor()
})

test('what changed on disk is taken in under what is drawn, also after a reload, and undone', async ({
  page,
}) => {
  const { folder, editor, banner } = await openShop(page)
  await editor.addColumns('customers', 'phone text', 'nickname text')
  await folder.write(`${migrations}/30000101000000-nickname.js`, addColumn('nickname'))
  await editor.waitUntilSaved()
  await page.reload()
  await banner.getByText(/1 new/).waitFor()
  await page.getByRole('button', { name: '2 changes' }).waitFor()
  await banner.getByRole('button', { name: 'Take them in' }).click()
  await page.getByRole('button', { name: '1 change', exact: true }).waitFor()
  await editor.column('customers', 'phone').waitFor()
  await editor.run('Undo')
  await page.getByRole('button', { name: '2 changes' }).waitFor()
  await focus(page)
  await banner.getByText(/1 new/).waitFor()
})

test('a file that the migrations require is watched as they are', async ({ page }) => {
  const { folder, editor, banner } = await openShop(page)
  await folder.write('src/models/order.js', 'module.exports = () => undefined')
  await folder.write(
    'src/db/columns.js',
    `exports.timestamps = (Sequelize) => ({ made_on: { type: Sequelize.DATEONLY } })`,
  )
  await focus(page)
  await banner.getByText(/: 1 changed \(columns\.js\)/).waitFor()
  await banner.getByRole('button', { name: 'Take them in' }).click()
  await editor.column('customers', 'made_on').waitFor()
  await editor.column('orders', 'made_on').waitFor()
  await focus(page)
  await banner.waitFor({ state: 'detached' })
})

test('without the permission nothing is written or read, and it is said', async ({ page }) => {
  const { folder, editor, banner } = await openShop(page)
  await editor.addColumns('customers', 'phone text')
  await editor.prove()
  const answer = (mode: string, said: string) =>
    page.evaluate(
      ([asked, state]) => {
        const known = { read: 'granted', readwrite: 'granted', [asked]: state }
        const ask = async ({ mode }: { readonly mode: 'read' | 'readwrite' }) => known[mode]
        Object.assign(FileSystemHandle.prototype, {
          queryPermission: async (wish: { readonly mode: 'read' | 'readwrite' }) =>
            (await ask(wish)) === 'denied' ? 'prompt' : 'granted',
          requestPermission: ask,
        })
      },
      [mode, said] as const,
    )
  const write = async () => {
    await page.getByRole('button', { name: /^Export \d+ file/ }).click()
    await page.getByRole('menuitem', { name: `Write into shop/${migrations}`, exact: true }).click()
  }
  const before = Object.keys(await folder.files(migrations))
  await answer('readwrite', 'denied')
  await write()
  await page.getByText('The browser may not write into shop.').waitFor()
  expect(Object.keys(await folder.files(migrations))).toEqual(before)
  await page.getByRole('button', { name: '1 change', exact: true }).waitFor()

  await answer('read', 'denied')
  await focus(page)
  await banner.getByRole('button', { name: 'Look for changes' }).click()
  await banner.getByText('This schema came from the folder shop.').waitFor()
  await answer('read', 'granted')
  await banner.getByRole('button', { name: 'Look for changes' }).click()
  await banner.waitFor({ state: 'detached' })
  await write()
  await page.getByRole('button', { name: '0 changes' }).waitFor()
  expect(Object.keys(await folder.files(migrations))).toHaveLength(before.length + 1)
})

test('a conflict is chosen by keyboard', async ({ page }) => {
  const { folder, editor, banner } = await openShop(page)
  await editor.addColumns('customers', 'phone text')
  await folder.write(`${migrations}/30000101000000-phone.js`, addColumn('phone', ' NOT NULL'))
  await focus(page)
  await banner.getByRole('button', { name: 'Take them in' }).click()
  const dialog = page.getByRole('dialog', { name: 'Changes in shop' })
  const theirs = dialog
    .getByRole('group', { name: /^Which shop\.customers\.phone/ })
    .getByRole('button', { name: 'Theirs' })
  await theirs.waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect.poll(() => theirs.getAttribute('aria-pressed')).toBe('true')
  await dialog.getByRole('button', { name: 'Take in' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '0 changes' }).waitFor()
  await editor.run('Undo')
  await page.getByRole('button', { name: '1 change', exact: true }).waitFor()
})

test('a file that came while the others ran is noticed; one that fails leaves the drawing as it was', async ({
  page,
}) => {
  const { editor, banner } = await openShop(page, (folder) =>
    folder.write(`${migrations}/30000101000000-email.js`, addColumn('email')),
  )
  await editor.addColumns('customers', 'phone text')
  await banner.getByRole('button', { name: 'Take them in' }).click()
  await banner.getByText(/30000101000000-email\.js fails: .*already exists/).waitFor()
  await banner.getByRole('button', { name: 'Go on after it' }).click()
  await banner.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '1 change', exact: true }).waitFor()
})

test('what was exported elsewhere stays drawn when changed files are taken in', async ({ page }) => {
  const { folder, editor, banner } = await openShop(page)
  await editor.addColumns('customers', 'phone text')
  await editor.prove()
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download', exact: true }).click()
  await download
  await page.getByRole('button', { name: '0 changes' }).waitFor()
  await folder.write(`${migrations}/30000101000000-nickname.js`, addColumn('nickname'))
  await focus(page)
  await banner.getByRole('button', { name: 'Take them in' }).click()
  await editor.column('customers', 'nickname').waitFor()
  await page.getByText(/drawn and pending again, without their proofs: /).waitFor()
  await page.getByRole('button', { name: '1 change', exact: true }).waitFor()
  await editor.column('customers', 'phone').waitFor()
})
