import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

test('a table moves to a new schema, is valid there, and comes back by undo', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.select('leads')
  await editor.pick('Schema', 'New schema')
  await editor.fill('Name', 'sales')
  await page.locator('[data-table][aria-label^="Table sales.leads,"]').waitFor()
  await editor.waitForStatus(/5 tables · valid/)

  await editor.region('canvas').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await editor.table('leads').waitFor()
  await editor.waitForStatus(/5 tables · valid/)
})

test('a foreign key is made by choosing the table and the columns', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  const inspector = editor.region('inspector')
  await editor.select('audit_logs')
  await inspector.getByRole('button', { name: 'Add foreign key' }).click()
  await editor.pick('Referenced table', 'contacts')
  await editor.pick('Column for id', 'changed_by uuid')
  await inspector.getByRole('group', { name: 'New foreign key' }).getByText('Add foreign key').click()
  await inspector.getByText('Foreign key of public.audit_logs').waitFor()
  await editor.waitForStatus(/valid/)
  await expect
    .poll(() => editor.column('audit_logs', 'changed_by').getAttribute('aria-label'))
    .toContain('foreign key')

  await editor.select('opportunities', 'owner_id')
  await editor.pick('References', 'accounts.id uuid')
  await inspector.getByText('through owner_id').waitFor()
  await editor.waitForStatus(/valid/)
})

test('a table is given to a new role by keyboard, is valid there, and comes back by undo', async ({
  page,
}) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  const owner = editor.region('inspector').getByLabel('Owner', { exact: true })
  await editor.select('leads')
  await editor.run('Change owner')
  await expect.poll(() => owner.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'New role' }).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await editor.fill('Name', 'clerk')
  await editor.waitForStatus(/valid/)
  await editor.select('leads')
  await expect.poll(() => owner.textContent()).toBe('clerk')
  await editor.pick('Owner', 'Who runs the migration')
  await editor.waitForStatus(/valid/)
  await editor.region('canvas').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('ControlOrMeta+z')
  await editor.select('leads')
  await expect.poll(() => owner.textContent()).toBe('clerk')
})
