import { expect } from 'vitest'
import { test } from './fixtures/test.ts'

test('opens on the start page with a choice', async ({ page }) => {
  await page.getByRole('heading', { name: /^Templates/ }).waitFor()
  for (const name of ['New schema', 'Import SQL', 'Open project file', 'Forge CRM']) {
    expect(await page.getByRole('button', { name }).isVisible(), name).toBe(true)
  }
})
