import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** Folders of the browser's own file system stand in for those that a person would choose: their handles are the same. */
async function chooseFolders(page: Page, name: string): Promise<void> {
  await page.evaluate(async (folder) => {
    const root = await navigator.storage.getDirectory()
    const handle = await root.getDirectoryHandle(folder, { create: true })
    Object.assign(window, { showDirectoryPicker: async () => handle })
  }, name)
}

function filesIn(
  page: Page,
  name: string,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  return page.evaluate(async (folder) => {
    const root = await navigator.storage.getDirectory()
    const handle = await root.getDirectoryHandle(folder)
    const files: { name: string; text: string }[] = []
    for await (const entry of handle.values()) {
      if (entry.kind === 'file') files.push({ name: entry.name, text: await (await entry.getFile()).text() })
    }
    return files
  }, name)
}

test('an export is written into a folder, and closing the dialog exports nothing', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.addColumns('accounts', 'employees integer')
  await editor.prove()
  const drawer = editor.region('drawer')
  const save = async () => {
    await page.getByRole('button', { name: /^Export \d+ file/ }).click()
    await page.getByRole('menuitem', { name: 'Save into a folder', exact: true }).click()
  }
  await page.evaluate(() => {
    const refuse = async () => {
      throw new DOMException('The user aborted a request.', 'AbortError')
    }
    Object.assign(window, { showDirectoryPicker: refuse })
  })
  await save()
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' })
  expect(await drawer.getByText(/^No changes since/).count()).toBe(0)

  await chooseFolders(page, 'migrations')
  await save()
  await drawer.getByText(/^No changes since \d{14}-add-employees-to-accounts\.js/).waitFor()
  const files = await filesIn(page, 'migrations')
  expect(files.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^\d{14}-add-employees-to-accounts\.js$/),
  ])
  expect(files[0]?.text).toMatch(/^\/\/ Proved by Relata[\s\S]*addColumn[\s\S]*removeColumn/m)
})

test('when the browser has no room, this is said, and nothing drawn is lost', async ({ page, context }) => {
  // Before the first write: for half a minute after it the browser counts on the room that it found then.
  const session = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  const saving = page.locator('[data-saving]')
  await expect.poll(() => saving.getAttribute('data-saving')).toBe('failed')
  await saving.hover()
  await page.getByText('This browser has no room left. Save the project as a file.').waitFor()
  await editor.addColumns('accounts', 'employees integer')

  await page.reload()
  await editor.column('accounts', 'employees').waitFor()
  await expect.poll(() => saving.getAttribute('data-saving')).toBe('failed')
  const file = await editor.downloadFrom(() => editor.run('Close project'))
  expect(file.name).toBe('forge-crm.relata.json')
  expect(file.text).toContain('"employees"')
})
