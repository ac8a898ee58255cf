import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import type { EditorPage } from './pages/editor-page.ts'
import { StartPage } from './pages/start-page.ts'

/** Lines of the problem list that are errors of PostgreSQL. */
async function problems(editor: EditorPage): Promise<readonly string[]> {
  const drawer = await editor.openDrawer('Problems')
  const list = drawer.getByRole('listbox', { name: 'Problems' })
  await list.waitFor()
  return list.getByRole('option').allTextContents()
}

/** The tables whose frames say that something is wrong in them. */
async function markedTables(editor: EditorPage): Promise<readonly string[]> {
  const marked: Locator = editor.page.locator('[data-table][aria-label*=" error"]')
  return marked.evaluateAll((tables) => tables.map((table) => table.getAttribute('aria-label') ?? ''))
}

test('a foreign key between types that do not fit is marked until it is mended', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('leads', 'account_ref integer references accounts (id)')
  await editor.waitForStatus(/1 error/)

  expect(await markedTables(editor)).toEqual([expect.stringMatching(/^Table public\.leads,.*1 error/)])
  const list = await problems(editor)
  expect(list).toHaveLength(1)
  expect(list[0]).toContain('leads_account_ref_fkey')
  const drawer = editor.region('drawer')
  await drawer
    .getByText(/foreign key constraint "leads_account_ref_fkey" cannot be implemented/)
    .first()
    .waitFor()
  await drawer
    .getByText(/incompatible types: integer and uuid/)
    .first()
    .waitFor()

  await editor.select('leads', 'account_ref')
  await editor.fill('Type', 'uuid')
  await editor.waitForStatus(/valid/)
  expect(await markedTables(editor)).toEqual([])
  await drawer.getByText(/No problems\. Checked by PostgreSQL 18/).waitFor()
})

test('a check on a missing column is marked with the message and hint of PostgreSQL', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.choose('Add check', 'opportunities', 'amount')
  await editor.region('inspector').getByLabel('Condition').first().focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('amuont > 0')
  await editor.region('canvas').click({ position: { x: 5, y: 5 } })
  await editor.waitForStatus(/1 error/)

  expect(await markedTables(editor)).toEqual([
    expect.stringMatching(/^Table public\.opportunities,.*1 error/),
  ])
  const list = await problems(editor)
  expect(list).toHaveLength(1)
  expect(list[0]).toContain('column "amuont" does not exist')

  await page.keyboard.press('ControlOrMeta+z')
  await editor.waitForStatus(/valid/)
  expect(await markedTables(editor)).toEqual([])
})
