import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { EditorPage } from './pages/editor-page.ts'

test('a schema is drawn, linked and proved without a pointer', async ({ page }) => {
  const editor = new EditorPage(page)
  await page.getByRole('button', { name: 'New schema' }).waitFor()
  await page.keyboard.press('Alt+n')
  await editor.waitForStatus(/0 tables · valid/)

  await drawTable(editor, 'authors', ['name text not null'])
  await drawTable(editor, 'books', ['title text not null', 'author_id uuid'])
  await editor.waitForStatus(/2 tables · valid/)

  await editor.column('books', 'author_id').focus()
  await page.keyboard.press('f')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => editor.column('books', 'author_id').getAttribute('aria-label'))
    .toContain('foreign key')
  await editor.waitForStatus(/2 tables · valid/)

  await page.keyboard.press('ControlOrMeta+3')
  await page.getByRole('button', { name: 'Prove', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('equal to the diagram').waitFor()
})

test('a template is opened, changed, proved and exported without a pointer', async ({ page }) => {
  const editor = new EditorPage(page)
  await page.getByRole('button', { name: 'Forge CRM' }).waitFor()
  await walkTo(page, /^Forge CRM/)
  await page.keyboard.press('Enter')
  await editor.waitForStatus(/5 tables · valid/)

  await walkTo(page, /^Table public\.accounts/)
  await page.keyboard.press('c')
  const line = page.getByRole('combobox', { name: 'New column: name and type' })
  await line.waitFor()
  await page.keyboard.type('employees integer')
  await page.keyboard.press('Enter')
  await expect.poll(() => line.inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await editor.column('accounts', 'employees').waitFor()

  await page.keyboard.press('ControlOrMeta+3')
  await walkTo(page, /^Prove$/)
  await page.keyboard.press('Enter')
  await page.getByText('equal to the baseline').waitFor()
  await walkTo(page, /^Export 1 file/)
  await page.keyboard.press('Enter')
  const download = page.getByRole('menuitem', { name: 'Download', exact: true })
  await download.waitFor()
  const file = await editor.downloadFrom(async () => {
    await expect.poll(() => download.evaluate((item) => item === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
  })
  expect(file.name).toMatch(/-add-employees-to-accounts\.js$/)
})

/** Presses Tab until the focus is on what has this name. */
async function walkTo(page: Page, name: RegExp): Promise<void> {
  await page
    .getByRole('button', { name })
    .and(page.locator(':enabled'))
    .or(page.getByLabel(name))
    .first()
    .waitFor()
  const passed: string[] = []
  for (let step = 0; step < 80; step += 1) {
    const at = await page.evaluate(() => {
      const focused = document.activeElement
      return focused === document.body
        ? ''
        : (focused?.getAttribute('aria-label') ?? focused?.textContent ?? '')
    })
    if (name.test(at)) return
    passed.push(at)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab goes over ${passed.join(' | ')}`)
}

/** T, the name, then columns, each ended by Enter, as a person types them. */
async function drawTable(editor: EditorPage, name: string, columns: readonly string[]): Promise<void> {
  const { page } = editor
  await page.keyboard.press('t')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  const line = page.getByRole('combobox', { name: 'New column: name and type' })
  await line.waitFor()
  for (const column of columns) {
    await page.keyboard.type(column)
    await page.keyboard.press('Enter')
    await expect.poll(() => line.inputValue()).toBe('')
  }
  await page.keyboard.press('Escape')
  await editor.table(name).waitFor()
}
