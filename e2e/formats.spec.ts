import { expect } from 'vitest'
import { catalogFileQuery } from '../src/core/catalog/catalog-file.ts'
import { openNodeEngine } from '../src/database/migration-pair.test-kit.ts'
import { forge } from './fixtures/sql.ts'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** What a database with the template's schema answers to the query of the import dialog, as psql prints it. */
async function answerOfDatabase(): Promise<string> {
  const engine = await openNodeEngine()
  try {
    await engine.raw(forge)
    const { rows } = await engine.query(catalogFileQuery())
    return ` catalogue\n-----------\n ${rows[0]?.catalogue}\n(1 row)\n`
  } finally {
    await engine.close()
  }
}

test('what a database answers to one query opens as a project', async ({ page }) => {
  const answer = await answerOfDatabase()
  await page.getByRole('button', { name: 'Import SQL' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import SQL' })
  await dialog.getByRole('button', { name: 'Database in use' }).click()
  const paste = dialog.getByRole('textbox', { name: 'Answer of the database' })
  await paste.fill(answer.slice(0, 5000))
  await dialog.getByRole('button', { name: 'Read catalogue' }).click()
  await dialog
    .getByText(/The catalogue is not whole/)
    .first()
    .waitFor()
  expect(await dialog.getByRole('button', { name: 'Open as new project' }).isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.getByRole('button', { name: 'Database in use' }).click()
  await paste.fill(answer)
  await dialog.getByRole('button', { name: 'Read catalogue' }).click()
  const editor = await new StartPage(page).openImported()
  await editor.waitForStatus(/5 tables · valid/)
})

test('a schema goes out as DBML with its losses told, and comes in again', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.waitForStatus(/5 tables · valid/)
  await editor.run('Export as Mermaid diagram')
  const dialog = page.getByRole('dialog', { name: 'Export in another format' })
  await dialog.getByText('erDiagram').waitFor()
  await dialog.getByRole('combobox', { name: 'Format' }).click()
  await page.getByRole('option', { name: 'DBML' }).click()
  await dialog.getByText("database_type: 'PostgreSQL'").waitFor()
  await dialog.getByText('DBML has no triggers').first().waitFor()
  const file = await editor.downloadFrom(() => dialog.getByRole('button', { name: 'Download .dbml' }).click())
  expect(file.name).toBe('Forge CRM.dbml')
  const { text } = file
  expect(text).toContain('Table accounts [note:')

  await editor.run('Import SQL')
  const open = page.getByRole('dialog', { name: 'Import SQL' })
  // DBML says nothing of the extension that gives its ids.
  await open.getByRole('textbox').fill(text.replaceAll('uuid_generate_v4()', 'gen_random_uuid()'))
  await open.getByRole('button', { name: 'Read DBML' }).click()
  await open.getByText(/ kept\. /).waitFor()
})
