import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { EditorPage } from './pages/editor-page.ts'
import { StartPage } from './pages/start-page.ts'

const endless = 'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i FROM n) SELECT count(*) FROM n'

/** A schema of about so many characters. */
function largeSource(size: number): string {
  const table = (n: number) =>
    `CREATE TABLE public.t${n} (id integer PRIMARY KEY, ${Array.from(
      { length: 12 },
      (_, column) => `column_${column} character varying(${column + 20}) DEFAULT 'value ${column}' NOT NULL`,
    ).join(', ')});\n`
  const text = table(0)
  return Array.from({ length: Math.ceil(size / text.length) }, (_, n) => table(n)).join('')
}

test('a query that never ends is cancelled, and the next one finds the schema', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.waitForStatus(/5 tables · valid/)
  const drawer = await editor.openDrawer('Query')
  await editor.runQuery(endless)
  const cancel = drawer.getByRole('button', { name: 'Cancel' })
  await cancel.waitFor()
  await cancel.click()
  await drawer
    .getByText(/^Cancelled/)
    .first()
    .waitFor()
  await editor.waitForStatus(/5 tables · valid/)
  await editor.runQuery('SELECT count(phone) FROM contacts')
  await drawer.getByText(/^1 row in /).waitFor()
})

test('a proof is cancelled and then run to its end', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer')
  const drawer = await editor.openDrawer('Migrations')
  await drawer.getByRole('button', { name: 'Prove', exact: true }).click()
  await drawer.getByRole('progressbar').waitFor()
  await drawer.getByRole('button', { name: 'Cancel proof' }).click()
  await drawer.getByText(/^Not proved yet/).waitFor()
  await expect.poll(() => page.locator('iframe').count()).toBe(0)
  await editor.prove()
  await drawer.getByText('equal to the diagram').waitFor()
  await editor.waitForStatus(/5 tables · valid/)
})

test('an import of 5 MB shows its progress, is cancelled, and the next one works', async ({ page }) => {
  await page.getByRole('button', { name: 'Import SQL' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import SQL' })
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a file' }).click()
  const buffer = Buffer.from(largeSource(5 * 1024 * 1024))
  await (await chooser).setFiles({ name: 'large.sql', mimeType: 'application/sql', buffer })
  await dialog.getByText('large.sql, 5.0 MB').waitFor()
  await dialog.getByRole('button', { name: 'Read SQL' }).click()
  const bar = dialog.getByRole('progressbar')
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000 })
    .toBeGreaterThan(0)
  await dialog.getByRole('button', { name: 'Cancel import' }).click()
  await dialog.getByText('large.sql, 5.0 MB').waitFor()
  await dialog.getByRole('button', { name: 'Clear' }).click()
  await dialog.getByRole('textbox').fill('CREATE TABLE small (id integer PRIMARY KEY);')
  await dialog.getByRole('button', { name: 'Read SQL' }).click()
  await page.getByRole('button', { name: 'Open as new project' }).click()
  await new EditorPage(page).waitForStatus(/1 table · valid/)
})

test('a migration that rows stop is proved on empty tables, and panel, menu and file say so', async ({
  page,
}) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer not null')
  await editor.waitForStatus(/5 tables · valid/)
  await editor.prove()
  const drawer = editor.region('drawer')
  await drawer.getByText('On empty tables only: with sample rows up stopped.').waitFor()
  await drawer.getByText('not proved with rows', { exact: true }).waitFor()
  const words = 'column "employees" of relation "accounts" contains null values'
  await drawer.getByText(words, { exact: true }).waitFor()
  const file = await editor.exportMigration('Download, proved on empty tables only')
  const header = file.text.replaceAll('\n// ', ' ')
  expect(header).toMatch(/Proved by Relata .*, on empty tables only:/)
  expect(header).toContain(`NOT PROVED WITH ROWS. With sample rows up stopped: ${words}`)
})
