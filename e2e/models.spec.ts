import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { chooseFolder, openFound } from './pages/open-folder.ts'

/** Opens a folder with models in a browser that lets the page write into it. */
async function open(page: Page) {
  const folder = await chooseFolder(page, 'bakery')
  return { folder, editor: await openFound(page, 2, 2) }
}

/** As a person who comes back from another window. */
const focus = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus')))

test('where models differ is said after a reload too, and anew when their files change', async ({ page }) => {
  const { folder, editor } = await open(page)
  const drawer = await editor.openDrawer('Problems')
  const problems = drawer.getByRole('listbox', { name: 'Problems' })
  const phone = problems.getByText('Customer.phone needs a column phone, which customers lacks.')
  await phone.waitFor()
  await editor.waitUntilSaved()
  await page.reload()
  await editor.openDrawer('Problems')
  await phone.waitFor()
  const { 'customer.js': source = '' } = await folder.files('models')
  await folder.write(
    'models/customer.js',
    source.replace('phone: DataTypes.STRING(30),', 'mobile: DataTypes.TEXT,'),
  )
  await focus(page)
  await problems.getByText('Customer.mobile needs a column mobile, which customers lacks.').waitFor()
  expect(await phone.count()).toBe(0)
  await editor.addColumns('customers', 'mobile text')
  await problems.getByText(/^Customer\.mobile needs/).waitFor({ state: 'detached' })
})

test('models are written along with the migration, a person’s own only where that was accepted', async ({
  page,
}) => {
  const { folder, editor } = await open(page)
  await editor.addColumns('customers', 'nick_name varchar(40)')
  await editor.run('New table')
  await page.keyboard.press('Escape')
  // As the folder's tables have it.
  await editor.column('new_table', 'updated_at').waitFor()
  await editor.prove()
  const exporting = page.getByRole('button', { name: /^Export \d+ file/ })
  await exporting.click()
  await page.getByRole('menuitem', { name: 'With the models' }).click()
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Write into bakery/migrations…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write into bakery' })
  const files = dialog.getByRole('list', { name: 'Model files' })
  await files.getByText('models/customer.js').click()
  await dialog.getByText(/1 difference would be left/).waitFor()
  await dialog.getByRole('checkbox', { name: 'Write models/customer.js' }).click()
  await dialog.getByText('Loaded by Sequelize, they say what the schema will be.').waitFor()
  await dialog.getByRole('button', { name: /^Write the migration and 2 model files/ }).click()
  await page.getByText(/^No changes since/).waitFor()
  const models = await folder.files('models')
  expect(models['customer.js']).toContain('nickName: DataTypes.STRING(40),')
  expect(Object.keys(models)).toHaveLength(4)
})
