import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { settled } from './fixtures/settled.ts'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** What axe calls serious or critical on the page as it stands, one line each. */
async function expectNothingSerious(page: Page, screen: string): Promise<void> {
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`),
    )
  expect(serious, screen).toEqual([])
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test(`axe finds nothing serious before a project is open (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const start = new StartPage(page)
    await page.getByRole('button', { name: 'Forge CRM' }).waitFor()
    await expectNothingSerious(page, 'start')
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await page.getByRole('dialog').waitFor()
    await expectNothingSerious(page, 'keyboard shortcuts')
    await page.keyboard.press('Escape')
    await start.readSql('CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id nonsense);')
    await expectNothingSerious(page, 'import report')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Database in use' }).click()
    await expectNothingSerious(page, 'import from a database')
    await page.keyboard.press('Escape')
    const editor = await start.newSchema()
    await editor.waitForStatus(/0 tables · valid/)
    await expectNothingSerious(page, 'empty')
    await editor.run('Close project')
    await page.getByRole('button', { name: 'Untitled' }).waitFor()
    await expectNothingSerious(page, 'start with a recent project')
  })

  test(`axe finds nothing serious in the editor (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const editor = await new StartPage(page).openTemplate('Forge CRM')
    await editor.addColumns('leads', 'account_ref integer references accounts (id)')
    await editor.waitForStatus(/1 error/)
    await editor.select('leads', 'account_ref')
    await expectNothingSerious(page, 'column with an error')
    await editor.select('leads')
    await expectNothingSerious(page, 'table')
    await editor.table('accounts').locator('header').click({ button: 'right' })
    await expectNothingSerious(page, 'context menu')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('Search objects or run an action').waitFor()
    await expectNothingSerious(page, 'palette')
    await page.keyboard.press('Escape')
    await editor.run('Export as DBML')
    await page.getByText('DBML has no triggers').first().waitFor()
    await expectNothingSerious(page, 'export')
    await page.keyboard.press('Escape')
    for (const tab of ['Problems', 'SQL', 'Migrations', 'Query'] as const) {
      await editor.openDrawer(tab)
      await expectNothingSerious(page, tab)
    }
  })

  test(`axe finds nothing serious in a proof and in rows (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const editor = await new StartPage(page).openTemplate('Forge CRM')
    await editor.addColumns('accounts', 'employees integer')
    await editor.waitForStatus(/valid/)
    await editor.prove()
    await page.getByText('equal to the diagram').waitFor()
    await expectNothingSerious(page, 'proof')
    await page.getByRole('button', { name: 'Schema before and after' }).click()
    await page.locator('.line-insert').first().waitFor()
    await expectNothingSerious(page, 'schema before and after')
    await page.getByRole('button', { name: 'Compare two points' }).click()
    await page.getByText('Its export leaves baseline and history as they are.').waitFor()
    await expectNothingSerious(page, 'comparison')
    await page.getByRole('button', { name: 'Close comparison' }).click()
    await page.getByRole('checkbox', { name: /^Added employees:/ }).waitFor()
    await editor.addColumns('accounts', 'founded date')
    await page.getByRole('checkbox', { name: /^Added founded:/ }).click()
    await page.getByText('Stays pending', { exact: true }).waitFor()
    await expectNothingSerious(page, 'a change left pending')
    await editor.exportMigration('Download without a passed proof')
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('checkbox', { name: 'Shipped' }).click()
    await expectNothingSerious(page, 'history')
    await page.getByRole('button', { name: 'History' }).click()
    const drawer = await editor.openDrawer('Query')
    await drawer.getByRole('button', { name: 'Insert sample rows' }).click()
    await page.getByText(/\d+ sample rows in 5 tables/).waitFor()
    await drawer.getByRole('button', { name: /^Run/ }).click()
    await drawer.getByRole('grid').waitFor()
    await expectNothingSerious(page, 'rows')
  })
})
