import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { bigDump } from './fixtures/big-dump.ts'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** Drops a file on the import dialog, as from a folder of the desktop. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], file))
      return transfer
    },
    [name, text] as const,
  )
  await page.getByRole('dialog').getByRole('textbox').dispatchEvent('drop', { dataTransfer: data })
}

/** The longest time in milliseconds between two frames of the page, from this call to the next of what it gives. */
function watchFrames(page: Page): Promise<{ longest(): Promise<number> }> {
  const begun = page.evaluate(() => {
    let last = performance.now()
    const frame = () => {
      const now = performance.now()
      const known = Number(document.documentElement.dataset.longestGap ?? 0)
      document.documentElement.dataset.longestGap = String(Math.max(known, now - last))
      last = now
      requestAnimationFrame(frame)
    }
    document.documentElement.dataset.longestGap = '0'
    requestAnimationFrame(frame)
  })
  const longest = () => page.evaluate(() => Number(document.documentElement.dataset.longestGap))
  return begun.then(() => ({ longest }))
}

test('a large dump with rows is read beside an open project, cancelled at once, and opened without a pause', async ({
  page,
}) => {
  const tables = 160
  const dump = bigDump(tables, 4, 3)
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.waitForStatus(/5 tables · valid/)
  await editor.run('Import SQL')
  const dialog = page.getByRole('dialog', { name: 'Import SQL' })
  await drop(page, 'shop.sql', dump)
  await dialog.getByText(/shop\.sql, 0\.\d MB/).waitFor()
  const frames = await watchFrames(page)

  await dialog.getByRole('button', { name: 'Read SQL' }).click()
  await dialog.getByText('Running statements').waitFor()
  const before = Date.now()
  await dialog.getByRole('button', { name: 'Cancel import' }).click()
  await dialog.getByRole('button', { name: 'Read SQL' }).waitFor()
  expect(Date.now() - before).toBeLessThan(5000)
  await editor.waitForStatus(/5 tables · valid/)

  await dialog.getByRole('button', { name: 'Read SQL' }).click()
  await dialog.getByRole('progressbar').waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).waitFor()
  const sentence = await dialog.getByRole('status').first().textContent()
  expect(sentence).toMatch(/kept, \d+ skipped\. [\d,]+ statements/)
  await dialog.getByText('3 rows are not kept: a project holds a schema without its rows').first().waitFor()
  await dialog.getByRole('button', { name: 'Open as new project' }).click()
  await editor.waitForStatus(new RegExp(`${tables} tables · valid`))
  // Machines that run several browsers at once stop a page for a while too.
  expect(await frames.longest()).toBeLessThan(2000)
})

test('an archive of pg_dump is refused with the command that makes SQL of it, and the project stays', async ({
  page,
}) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.waitForStatus(/5 tables · valid/)
  await editor.run('Import SQL')
  const dialog = page.getByRole('dialog', { name: 'Import SQL' })
  await drop(page, 'my shop.dump', 'PGDMP\u0001\u000f\u0000\u0004\u0008')
  await dialog.getByRole('button', { name: 'Read archive' }).click()
  await dialog.getByText("pg_restore --schema-only --file=schema.sql 'my shop.dump'").first().waitFor()
  expect(await dialog.getByRole('button', { name: 'Open as new project' }).isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await editor.waitForStatus(/5 tables · valid/)
})
