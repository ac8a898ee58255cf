import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

const posts = `CREATE TABLE posts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), author_id uuid NOT NULL, body text NOT NULL,
  published boolean NOT NULL DEFAULT true, created_at timestamp
);`

test('replace a column while the system runs: backfill, phases and gates, proof, files with a folder for later', async ({
  page,
}) => {
  const start = new StartPage(page)
  await start.readSql(posts)
  const editor = await start.openImported()
  await editor.addColumns('posts', "status varchar(50) not null default 'draft'")
  await editor.choose('Add index', 'posts', 'status')
  await editor.choose('Delete', 'posts', 'published')
  await editor.waitForStatus(/1 table · valid/)

  const drawer = await editor.openDrawer('Migrations')
  await drawer.getByRole('button', { name: 'Zero downtime' }).click()
  const backfill = drawer.getByRole('textbox', { name: 'Backfill of status' })
  await backfill.fill("CASE WHEN publishd THEN 'published' ELSE 'draft' END")
  await backfill.press('Enter')
  await drawer
    .getByText(/column "publishd" does not exist/)
    .first()
    .waitFor()
  await backfill.fill("CASE WHEN published THEN 'published' ELSE 'draft' END")
  await backfill.press('Enter')

  const phases = drawer.getByRole('list', { name: 'Phases' })
  await phases.waitFor()
  await phases.getByText('Deploy code that no longer uses posts.published.').waitFor()
  await editor.prove()
  const codes = drawer.getByRole('region', { name: 'Running code' })
  await expect
    .poll(() => codes.getByRole('row').allTextContents())
    .toEqual([
      'AfterOld codeNew code',
      expect.stringMatching(/^expandworks/),
      expect.stringMatching(/^backfillworks/),
      expect.stringMatching(/^validateworks/),
      expect.stringMatching(/^contract.*works$/),
    ])

  // The folder dialog is the browser's own: here it answers with a folder of the page's private file system.
  await page.evaluate(() => {
    Object.defineProperty(window, 'showDirectoryPicker', { value: () => navigator.storage.getDirectory() })
  })
  await drawer.getByRole('button', { name: /^Export \d+ files/ }).click()
  await page.getByRole('menuitem', { name: 'Save into a folder' }).click()
  await drawer.getByText(/^No changes since contract\//).waitFor()
  const written = await page.evaluate(listFiles)
  const apart = written.filter((path) => path.startsWith('contract/'))
  expect(apart).toEqual([expect.stringMatching(/^contract\/\d{14}-.*-contract\.js$/)])
  const before = written.filter((path) => !path.includes('/'))
  expect(new Set(before.map((path) => /-(expand|backfill|validate)(-\d+)?\.js$/.exec(path)?.[1]))).toEqual(
    new Set(['expand', 'backfill', 'validate']),
  )

  await drawer.getByRole('button', { name: 'History' }).click()
  const exported = drawer.getByRole('list', { name: 'Exported migrations' })
  expect(await exported.getByRole('button', { name: /\.js$/ }).count()).toBe(written.length)
  await exported.getByText('proved', { exact: true }).waitFor()
})

async function listFiles(): Promise<readonly string[]> {
  const list = async (folder: FileSystemDirectoryHandle, path: string): Promise<readonly string[]> => {
    const found: string[] = []
    for await (const [name, handle] of folder.entries()) {
      if (handle instanceof FileSystemDirectoryHandle) found.push(...(await list(handle, `${path}${name}/`)))
      else found.push(`${path}${name}`)
    }
    return found.sort()
  }
  return list(await navigator.storage.getDirectory(), '')
}
