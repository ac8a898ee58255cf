import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { EditorPage } from './pages/editor-page.ts'
import { StartPage } from './pages/start-page.ts'

test('a reload loses nothing', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer not null')
  await editor.waitUntilSaved()
  const place = await editor.table('leads').boundingBox()

  await page.reload()
  await editor.waitForStatus(/5 tables · valid/)
  expect(await editor.column('accounts', 'employees').getAttribute('aria-label')).toContain('not null')
  expect(await editor.table('leads').boundingBox()).toEqual(place)
  await page.getByRole('button', { name: '1 change' }).waitFor()
})

test('a second tab is told, cannot overwrite, and can take over', async ({ page, context }) => {
  const first = await new StartPage(page).openTemplate('Forge CRM')
  await first.waitUntilSaved()
  const tab = await context.newPage()
  await tab.goto(page.url())
  await tab.getByText('This project is open in another tab. It can be read here.').waitFor()

  await first.addColumns('accounts', 'employees integer')
  await first.waitUntilSaved()
  await tab.getByRole('button', { name: 'Edit here' }).click()
  const second = new EditorPage(tab)
  await second.column('accounts', 'employees').waitFor()
  await page.getByText('This project is open in another tab. It can be read here.').waitFor()
})

test('a project file opens as it was saved, and saves the same again', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer')
  const saved = await editor.downloadFrom(() => editor.run('Save project as file'))
  expect(saved.name).toBe('forge-crm.relata.json')

  await editor.run('Close project')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open project file' }).click()
  const file = { name: saved.name, mimeType: 'application/json', buffer: Buffer.from(saved.text) }
  await (await chooser).setFiles(file)
  await editor.waitForStatus(/5 tables · valid/)
  await editor.column('accounts', 'employees').waitFor()
  const again = await editor.downloadFrom(() => editor.run('Save project as file'))
  const withoutId = (text: string): string => text.replace(/"id": "[^"]*",\n {2}"name"/, '"name"')
  expect(withoutId(again.text)).toBe(withoutId(saved.text))
})

test('undo and redo go through every edit and back', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer', 'revenue numeric(14,2)')
  await editor.choose('Delete', 'audit_logs')
  await editor.waitForStatus(/4 tables/)
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ControlOrMeta+z')
  await editor.waitForStatus(/5 tables · valid/)
  await expect.poll(() => editor.column('accounts', 'employees').count()).toBe(0)
  await page.getByRole('button', { name: 'Nothing to undo' }).waitFor()
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ControlOrMeta+Shift+z')
  await editor.waitForStatus(/4 tables/)
  await editor.column('accounts', 'revenue').waitFor()
  await page.getByRole('button', { name: 'Nothing to redo' }).waitFor()
})
