import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { settled } from '../fixtures/settled.ts'
import { test } from '../fixtures/test.ts'
import type { EditorPage } from '../pages/editor-page.ts'
import { StartPage } from '../pages/start-page.ts'

/** Pictures to look at; only the first is kept in the repository, for README. */
const folder = join('test-results', 'screenshots')
const readmePicture = join('docs', 'relata.png')

async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  // Tooltips and the focus ring of the last click are not part of the state.
  await page.mouse.move(0, 0)
  await settled(page)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** The seed's first migration, drawn but not exported. */
async function drawCustomFields(editor: EditorPage): Promise<void> {
  await editor.addColumns(
    'contacts',
    "custom_fields jsonb not null default '{}'",
    "full_name varchar(255) generated always as (first_name || ' ' || last_name) stored",
  )
  await editor.choose('Add index', 'contacts', 'custom_fields')
  await editor.fill('Name', 'idx_contacts_custom_fields_gin')
  await editor.pick('Method', 'gin')
  await editor.waitForStatus(/valid/)
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test(`start (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.getByRole('button', { name: 'Forge CRM' }).waitFor()
    await shoot(page, `start-${colorScheme}`)
  })

  test(`empty (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const editor = await new StartPage(page).newSchema()
    await editor.waitForStatus(/valid/)
    await shoot(page, `empty-${colorScheme}`)
  })

  test(`editor and migration (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const editor = await new StartPage(page).openTemplate('Forge CRM')
    await editor.waitForStatus(/valid/)
    await shoot(page, `forge-${colorScheme}`)
    await drawCustomFields(editor)
    await editor.select('opportunities', 'account_id')
    await shoot(page, `editor-${colorScheme}`)
    if (colorScheme === 'light') await page.screenshot({ path: readmePicture })
    await editor.prove()
    await shoot(page, `migration-${colorScheme}`)
  })

  test(`problem (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const editor = await new StartPage(page).openTemplate('Forge CRM')
    await editor.addColumns('leads', 'account_ref integer references accounts (id)')
    await editor.waitForStatus(/1 error/)
    await editor.select('leads', 'account_ref')
    await editor.openDrawer('Problems')
    await shoot(page, `problem-${colorScheme}`)
  })
})
