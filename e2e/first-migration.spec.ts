import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { catalogLines } from './fixtures/catalog-lines.ts'
import { pgliteCatalog } from './fixtures/pglite-catalog.ts'
import { startRealPostgres, withClient } from './fixtures/real-postgres.ts'
import { sequelizeCli } from './fixtures/sequelize-cli.ts'
import { forge } from './fixtures/sql.ts'
import { test } from './fixtures/test.ts'
import type { DownloadedFile } from './pages/editor-page.ts'
import { StartPage } from './pages/start-page.ts'

/** The seed's first migration, as SQL a person would run by hand. */
const intended = `
ALTER TABLE contacts ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}';
ALTER TABLE contacts ADD COLUMN full_name varchar(255)
  GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED;
CREATE INDEX idx_contacts_custom_fields_gin ON contacts USING gin (custom_fields);
CREATE INDEX idx_contacts_full_name ON contacts (full_name);`

test('draw the first migration, see it valid and proved, export it, run it on a server', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.waitForStatus(/5 tables · valid/)

  await editor.addColumns(
    'contacts',
    "custom_fields jsonb not null default '{}'",
    "full_name varchar(255) generated always as (first_name || ' ' || last_name) stored",
  )
  await editor.choose('Add index', 'contacts', 'custom_fields')
  await editor.fill('Name', 'idx_contacts_custom_fields_gin')
  await editor.pick('Method', 'gin')
  await editor.choose('Add index', 'contacts', 'full_name')
  await editor.fill('Name', 'idx_contacts_full_name')
  await editor.waitForStatus(/5 tables · valid/)

  await editor.prove()
  const drawer = editor.region('drawer')
  await drawer.getByText('equal to the diagram').waitFor()
  await drawer.getByText('equal to the baseline').waitFor()
  expect(await drawer.getByText(/^\d+ of \d+$/).textContent()).toMatch(/^(\d+) of \1$/)

  const file = await editor.exportMigration('Download')
  expect(file.name).toMatch(/^\d{14}-add-custom-fields-and-full-name-to-contacts\.js$/)
  expect(file.text).toMatch(/^\/\/ Proved by Relata/m)
  await runOnServer(file)

  await drawer.getByText(`No changes since ${file.name}.`).waitFor()
  await page.getByRole('button', { name: 'Undo export' }).click()
  await page.getByRole('button', { name: /^Export 1 file/ }).waitFor()
})

test('an export without a proof says so in the file', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer')
  await editor.waitForStatus(/valid/)
  await editor.openDrawer('Migrations')
  const download = page.getByRole('menuitem', { name: 'Download', exact: true })
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  expect(await download.getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('Escape')
  const file = await editor.exportMigration('Download without a passed proof')
  expect(file.text).toMatch(/^\/\/ .*not (been )?proved/im)
  expect(file.text).not.toMatch(/^\/\/ Proved by/m)
})

async function runOnServer({ name, text }: DownloadedFile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'relata-download-'))
  const server = await startRealPostgres()
  try {
    writeFileSync(join(folder, name), text)
    const url = await server.createDatabase('downloaded')
    await withClient(url, (client) => client.query(forge))
    const before = await withClient(url, catalogLines)
    await sequelizeCli('db:migrate', url, folder)
    expect(await withClient(url, catalogLines)).toEqual(await pgliteCatalog(`${forge}\n${intended}`))
    await sequelizeCli('db:migrate:undo:all', url, folder)
    expect(await withClient(url, catalogLines)).toEqual(before)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
