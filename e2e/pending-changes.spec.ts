import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import type { EditorPage } from './pages/editor-page.ts'
import { StartPage } from './pages/start-page.ts'

const posts = 'CREATE TABLE posts (id integer PRIMARY KEY, title text NOT NULL);'

async function openPosts(start: StartPage): Promise<EditorPage> {
  await start.readSql(posts)
  return start.openImported()
}

test('some changes are migrated now, what they need comes along, the rest is the next migration', async ({
  page,
}) => {
  const editor = await openPosts(new StartPage(page))
  await editor.addColumns('posts', 'slug text', 'views integer')
  await editor.choose('Add index', 'posts', 'views')
  await editor.waitForStatus(/1 table · valid/)

  const drawer = await editor.openDrawer('Migrations')
  const tick = (name: string) => drawer.getByRole('checkbox', { name: new RegExp(`^Added ${name}:`) })
  await tick('posts_views_idx').waitFor()
  expect(await editor.region('inspector').count()).toBe(0)

  await tick('views').click()
  await drawer.getByText('1 of 3 changes, the rest stays pending').waitFor()
  expect(await tick('posts_views_idx').isChecked()).toBe(false)
  await tick('posts_views_idx').click()
  await drawer.getByText('index posts_views_idx needs it').waitFor()
  expect(await tick('views').isChecked()).toBe(true)
  await tick('slug').click()
  await drawer.getByText('Stays pending', { exact: true }).waitFor()

  await drawer.getByRole('button', { name: 'Schema before and after' }).click()
  const diff = drawer.getByRole('region', { name: 'Schema before and after' })
  await diff.locator('.line-insert').first().waitFor()
  await expect.poll(() => diff.textContent()).toContain('views')
  await expect.poll(() => diff.textContent()).not.toContain('slug')

  await editor.prove()
  const file = await editor.exportMigration('Download')
  expect(file.name).toMatch(/-add-views-to-posts\.js$/)
  expect(file.text).not.toContain('slug')
  await expect
    .poll(() => drawer.getByRole('textbox', { name: 'What the migration does' }).inputValue())
    .toBe('add slug to posts')

  await page.getByRole('button', { name: 'Undo export migration' }).click()
  await drawer.getByText('index posts_views_idx needs it').waitFor()
  expect(await tick('slug').isChecked()).toBe(false)
  await page.getByRole('button', { name: 'Undo leave change pending' }).click()
  await expect.poll(() => tick('slug').isChecked()).toBe(true)
})

test('ticks and lines are reached by keyboard, and decisions are saved', async ({ page }) => {
  const editor = await openPosts(new StartPage(page))
  await editor.addColumns('posts', 'slug text', 'views integer')
  const drawer = await editor.openDrawer('Migrations')
  const tick = (name: string) => drawer.getByRole('checkbox', { name: new RegExp(`^Added ${name}:`) })
  await tick('slug').focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => tick('views').evaluate((node) => node === document.activeElement)).toBe(true)
  await page.keyboard.press('Space')
  await expect.poll(() => tick('views').isChecked()).toBe(false)
  await drawer.getByRole('textbox', { name: 'What the migration does' }).fill('Slugs first')
  await page.keyboard.press('Enter')
  await editor.waitUntilSaved()
  await page.reload()
  await editor.openDrawer('Migrations')
  await drawer.getByText('1 of 2 changes, the rest stays pending').waitFor()
  await expect
    .poll(() => drawer.getByRole('textbox', { name: 'What the migration does' }).inputValue())
    .toBe('Slugs first')
  await drawer.getByRole('checkbox', { name: 'Make all changes with this migration' }).click()
  await drawer.getByText('All 2 changes').waitFor()
})

test('a later change is folded into an export that has not shipped; two points are compared', async ({
  page,
}) => {
  const editor = await openPosts(new StartPage(page))
  await editor.addColumns('posts', 'slug text')
  await editor.prove()
  const first = await editor.exportMigration('Download')
  const drawer = editor.region('drawer')
  await drawer.getByText(`No changes since ${first.name}.`).waitFor()
  await editor.closeDrawer()
  await editor.addColumns('posts', 'views integer')
  await editor.openDrawer('Migrations')

  await drawer.getByRole('button', { name: 'History' }).click()
  const exported = drawer.getByRole('list', { name: 'Exported migrations' })
  await exported.getByRole('checkbox', { name: 'Shipped' }).click()
  await exported.getByText('It has shipped: its files have run where nobody takes them back.').waitFor()
  expect(await exported.getByRole('button', { name: 'Re-open add slug to posts' }).isDisabled()).toBe(true)
  await exported.getByRole('checkbox', { name: 'Shipped' }).click()
  await exported.getByRole('button', { name: 'Re-open add slug to posts' }).click()
  await drawer.getByText(`the next export replaces ${first.name}`).waitFor()
  await drawer.getByText('All 2 changes').waitFor()

  // The folder dialog is the browser's own: here it answers with a folder of the page's private file system.
  await page.evaluate(async (name) => {
    const folder = await navigator.storage.getDirectory()
    await folder.getFileHandle(name, { create: true })
    Object.defineProperty(window, 'showDirectoryPicker', { value: () => folder })
  }, first.name)
  await drawer.getByRole('textbox', { name: 'What the migration does' }).fill('Slugs and views')
  await page.keyboard.press('Enter')
  await editor.prove()
  await page.getByRole('button', { name: /^Export \d+ file/ }).click()
  await page.getByRole('menuitem', { name: 'Save into a folder' }).click()
  const renamed = `${first.name.slice(0, 14)}-slugs-and-views.js`
  await drawer.getByText(`No changes since ${renamed}.`).waitFor()
  const written = await page.evaluate(async () => {
    const names: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
    return names
  })
  expect(written).toEqual([renamed])

  await drawer.getByRole('button', { name: 'Compare two points' }).click()
  await drawer.getByRole('button', { name: 'Exchange the two' }).click()
  await drawer.getByText('posts').first().waitFor()
  await expect
    .poll(() => drawer.getByRole('textbox', { name: 'What the migration does' }).inputValue())
    .toMatch(/^remove (slug and views|views and slug) from posts$/)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    (async () => {
      await drawer.getByLabel('Migrate to').click()
      await page.getByRole('option', { name: 'A project or SQL file…' }).click()
    })(),
  ])
  const text = `${posts} ALTER TABLE posts ADD slug text; ALTER TABLE posts ADD views integer; CREATE TABLE tags (id integer);`
  await chooser.setFiles({ name: 'blog.sql', mimeType: 'application/sql', buffer: Buffer.from(text) })
  await expect
    .poll(() => drawer.getByRole('textbox', { name: 'What the migration does' }).inputValue())
    .toBe('create tags')
  await editor.prove()
  await drawer.getByText('equal to the end').waitFor()
  const compared = await editor.exportMigration('Download')
  expect(compared.name).toMatch(/-create-tags\.js$/)
  await drawer.getByRole('button', { name: 'Close comparison' }).click()
  await drawer.getByText(`No changes since ${renamed}.`).waitFor()
})
