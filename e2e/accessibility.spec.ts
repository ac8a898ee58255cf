import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { settled } from './fixtures/settled.ts'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** What axe calls serious or critical, one line each. */
async function seriousProblems(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`),
    )
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test(`axe finds nothing serious on the start page (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.getByRole('button', { name: 'Forge CRM' }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
  })

  test(`axe finds nothing serious in the editor (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const editor = await new StartPage(page).openTemplate('Forge CRM')
    await editor.addColumns('leads', 'account_ref integer references accounts (id)')
    await editor.waitForStatus(/1 error/)
    await editor.select('leads', 'account_ref')
    for (const tab of ['Problems', 'SQL', 'Query', 'Migrations'] as const) {
      await editor.openDrawer(tab)
      await settled(page)
      expect(await seriousProblems(page), tab).toEqual([])
    }
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('Search objects or run an action').waitFor()
    expect(await seriousProblems(page), 'palette').toEqual([])
  })
})
