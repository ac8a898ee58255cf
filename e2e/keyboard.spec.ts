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
