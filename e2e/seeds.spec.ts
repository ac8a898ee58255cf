import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { BrowserFolder } from './fixtures/browser-folder.ts'
import { test } from './fixtures/test.ts'
import { folderDialog, lookInto, openFound } from './pages/open-folder.ts'

const people = `'use strict'

module.exports = {
  up: (queryInterface) =>
    queryInterface.bulkInsert('customers', [
      { email: 'ada@example.com', name: 'Ada', created_at: new Date(), updated_at: new Date() },
    ]),
  down: (queryInterface) => queryInterface.bulkDelete('customers', { name: 'Ada' }),
}
`

async function open(page: Page) {
  const folder = new BrowserFolder(page, 'bakery')
  await folder.choose('bakery')
  await folder.write('seeders/20240401080000-people.js', people)
  await lookInto(page)
  await folderDialog(page)
    .getByText('Models in models, seeders in seeders, config config/config.json')
    .waitFor()
  return { folder, editor: await openFound(page, 2, 2) }
}

test('seeds are written along with the migration behind which they ran, a person’s own where that was accepted', async ({
  page,
}) => {
  const { folder, editor } = await open(page)
  await editor.select('customers', 'name')
  await editor.fill('Name', 'full_name')
  await editor.column('customers', 'full_name').waitFor()
  await editor.run('New table')
  await page.keyboard.press('Escape')
  await editor.column('new_table', 'updated_at').waitFor()
  await editor.prove()
  const exporting = page.getByRole('button', { name: /^Export \d+ file/ })
  await exporting.click()
  await page.getByRole('menuitem', { name: 'With seeds' }).click()
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Write into bakery/migrations…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write into bakery' })
  const files = dialog.getByRole('list', { name: 'Seed files' })
  await files.getByText('Yours', { exact: true }).waitFor()
  await files.getByText('New', { exact: true }).waitFor()
  // As it is, the person's own file does not run behind the migration.
  await dialog
    .getByText(
      'seeders/20240401080000-people.js, line 5: column "name" of relation "customers" does not exist',
    )
    .first()
    .waitFor()
  const write = dialog.getByRole('button', { name: /^Write the migration and/ })
  await dialog.getByRole('checkbox', { name: 'Write seeders/20240401080000-people.js' }).click()
  await dialog.getByText('The seeds ran up, down and up again, 4 rows.').waitFor()
  await expect.poll(() => write.textContent()).toBe('Write the migration and 2 seed files')
  await write.click()
  await page.getByText(/^No changes since/).waitFor()
  const seeds = await folder.files('seeders')
  expect(seeds['20240401080000-people.js']).toBe(
    people
      .replace("name: 'Ada', created", "full_name: 'Ada', created")
      .replace("{ name: 'Ada' }", "{ full_name: 'Ada' }"),
  )
  const [name = ''] = Object.keys(seeds).filter((one) => one.endsWith('-demo-new-table.js'))
  expect(seeds[name]).toContain("await queryInterface.bulkInsert('new_table', [")

  // What Relata wrote follows its table by itself.
  await editor.addColumns('new_table', 'price integer not null')
  await editor.prove()
  await exporting.click()
  await page.getByRole('menuitem', { name: 'Write into bakery/migrations…' }).click()
  await files.getByText('Written by Relata').waitFor()
  await dialog.getByText('The seeds ran up, down and up again, 3 rows.').waitFor()
  await dialog.getByRole('button', { name: 'Write the migration and 1 seed file' }).click()
  await page.getByText(/^No changes since/).waitFor()
  expect((await folder.files('seeders'))[name]).toMatch(/price: 1,/)

  // With nothing to migrate, tables that no seed fills get some.
  await page.getByRole('button', { name: 'Write seeds…' }).click()
  await files.getByText('New', { exact: true }).waitFor()
  await dialog.getByText('The seeds ran up, down and up again, 3 rows.').waitFor()
  await dialog.getByRole('button', { name: 'Write 1 seed file' }).click()
  await page.getByText('Wrote 1 seed file').waitFor()
  expect(Object.keys(await folder.files('seeders'))).toContainEqual(
    expect.stringMatching(/-demo-orders\.js$/),
  )
})
