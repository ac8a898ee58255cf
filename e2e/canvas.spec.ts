import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** What the browser does on Ctrl+V with this text on the clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
  }, text)
}

test('pasted SQL becomes tables beside those that it refers to, and what does not is told', async ({
  page,
}) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await paste(
    page,
    `CREATE TABLE members (id bigint PRIMARY KEY, account_id uuid REFERENCES accounts (id));
ALTER TABLE accounts ADD COLUMN extra text;
CREATE TABLE broken (id bigint REFERENCES nowhere (id));`,
  )
  await editor.table('members').waitFor({ timeout: 60_000 })
  await page.getByText('Line 3: relation "nowhere" does not exist').waitFor()
  await editor.waitForStatus(/6 tables · valid/)
  await page.keyboard.press('Shift+1')
  await expect
    .poll(() => editor.column('members', 'account_id').getAttribute('aria-label'))
    .toContain('foreign key')
  expect(await editor.column('accounts', 'extra').count()).toBe(1)

  await page.keyboard.press('ControlOrMeta+z')
  await editor.waitForStatus(/5 tables · valid/)
  expect(await editor.column('accounts', 'extra').count()).toBe(0)
})

test('a removed table stays drawn until the export, and comes back from its menu', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.select('leads')
  await page.keyboard.press('Delete')
  await editor.waitForStatus(/4 tables · valid/)
  expect(await editor.table('leads').getAttribute('aria-label')).toContain('removed')
  await editor.table('leads').locator('header').click()
  await editor.choose('Restore table leads', 'leads')
  await editor.waitForStatus(/5 tables · valid/)
  expect(await editor.table('leads').getAttribute('aria-label')).not.toContain('removed')
  expect(await page.getByRole('button', { name: /^0 changes/ }).count()).toBe(1)
})

test('a badge of a table opens its list in the inspector', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.table('opportunities').getByTitle('Checks').click()
  const checks = editor.region('inspector').getByRole('region', { name: 'Checks' })
  await checks.getByText('opportunities_amount_check').waitFor()
  expect(await checks.evaluate((section) => section.contains(document.activeElement))).toBe(true)
})

test('columns beyond the twentieth are shown and edited in place', async ({ page }) => {
  const editor = await new StartPage(page).newSchema()
  const columns = Array.from({ length: 24 }, (_, index) => `c${index} text`).join(', ')
  await paste(page, `CREATE TABLE wide (id bigint PRIMARY KEY, ${columns});`)
  await editor.table('wide').waitFor({ timeout: 60_000 })
  expect(await editor.column('wide', 'c22').count()).toBe(0)
  await editor.table('wide').getByRole('button', { name: '5 more columns' }).click()
  await editor.column('wide', 'c22').dblclick()
  const line = page.getByRole('combobox', { name: 'Column: name and type' })
  await line.fill('renamed integer')
  await line.press('Enter')
  await expect.poll(() => editor.column('wide', 'renamed').getAttribute('aria-label')).toContain('integer')

  await editor.table('wide').getByRole('button', { name: 'Fewer columns' }).click()
  expect(await editor.column('wide', 'renamed').count()).toBe(0)
})

test('tables caught by a marquee are dragged together; an area follows its corner', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  const placeOf = async (table: string) => {
    const box = await editor.table(table).boundingBox()
    return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0) }
  }
  await page.keyboard.press('ControlOrMeta+-')
  await page.mouse.move(250, 60)
  await page.mouse.down()
  await page.mouse.move(1060, 780, { steps: 5 })
  await page.mouse.up()
  await editor.region('inspector').getByRole('heading', { name: '6 selected' }).waitFor()
  const before = await placeOf('contacts')
  const header = await editor.table('accounts').locator('header').boundingBox()
  await page.mouse.move((header?.x ?? 0) + 20, (header?.y ?? 0) + 10)
  await page.mouse.down()
  await page.mouse.move((header?.x ?? 0) + 84, (header?.y ?? 0) + 74, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await placeOf('contacts')).x).toBeGreaterThan(before.x + 40)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => placeOf('contacts')).toEqual(before)

  await page.keyboard.press('a')
  await page.keyboard.type('Sales')
  await page.keyboard.press('Enter')
  const area = page.getByRole('region', { name: 'Area Sales' })
  const whole = await area.boundingBox()
  const corner = await area.locator('.react-flow__resize-control').boundingBox()
  await page.mouse.move((corner?.x ?? 0) + 7, (corner?.y ?? 0) + 7)
  await page.mouse.down()
  await page.mouse.move((corner?.x ?? 0) - 93, (corner?.y ?? 0) - 93, { steps: 5 })
  await expect.poll(async () => (await area.boundingBox())?.width).toBeLessThan((whole?.width ?? 0) - 60)
  await page.mouse.up()
  await expect.poll(async () => (await area.boundingBox())?.width).toBeLessThan((whole?.width ?? 0) - 60)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(async () => (await area.boundingBox())?.width).toBe(whole?.width)
})

test('what is in the middle of the screen stays there when the drawer opens below it', async ({ page }) => {
  const start = new StartPage(page)
  await start.readSql('CREATE TABLE posts (id integer PRIMARY KEY);')
  const editor = await start.openImported()
  const offset = async () => {
    const [table, canvas] = [
      await editor.table('posts').boundingBox(),
      await page.locator('[data-canvas]').boundingBox(),
    ]
    if (!table || !canvas) return Number.NaN
    return Math.round(table.y + table.height / 2 - canvas.y - canvas.height / 2)
  }
  const before = await offset()
  await editor.openDrawer('Migrations')
  await expect.poll(offset).toBe(before)
})

test('the header of the selected table stays in sight when the drawer opens', async ({ page }) => {
  const editor = await new StartPage(page).openTemplate('Forge CRM')
  await editor.waitForStatus(/5 tables · valid/)
  await editor.select('accounts')
  const canvas = page.locator('[data-canvas]')
  const heightOf = async () => (await canvas.boundingBox())?.height ?? Number.NaN
  const whole = await heightOf()
  await editor.openDrawer('Migrations')
  await expect.poll(heightOf).toBeLessThan(whole - 100)
  const top = async () => {
    const [table, area] = [await editor.table('accounts').boundingBox(), await canvas.boundingBox()]
    return table && area ? table.y - area.y : Number.NaN
  }
  await expect.poll(top).toBeGreaterThanOrEqual(0)
})
