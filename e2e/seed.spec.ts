import { expect } from 'vitest'
import { forgeQueries } from '../src/features/query/sample-queries.ts'
import { fixture, forge } from './fixtures/sql.ts'
import { test } from './fixtures/test.ts'
import { StartPage } from './pages/start-page.ts'

/** The seed's recursive query asks for a manager that its tables do not have. */
const manager = 'ALTER TABLE contacts ADD COLUMN manager_id uuid REFERENCES contacts (id);\n'

const removeKey = {
  name: 'Remove a JSONB key',
  sql: "UPDATE contacts SET custom_fields = custom_fields - 'temp_field' WHERE custom_fields ? 'temp_field';",
}

test('every statement of the seed imports with nothing lost, and its queries run on sample rows', async ({
  page,
}) => {
  const start = new StartPage(page)
  await start.readSql(`${forge}\n${fixture('forge-custom-fields')}\n${manager}`)
  const report = page.getByRole('dialog', { name: 'Import SQL' })
  const text = await report.textContent()
  expect(text).not.toMatch(/[1-9]\d* (refused|carried verbatim)/i)
  const editor = await start.openImported()
  await editor.waitForStatus(/5 tables · valid/)

  const drawer = await editor.openDrawer('Query')
  await drawer.getByRole('button', { name: 'Insert sample rows' }).click()
  await page.getByText(/\d+ sample rows in 5 tables/).waitFor()
  for (const { name, sql } of [...forgeQueries, removeKey]) {
    await drawer.locator('textarea').first().focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(sql)
    await page.keyboard.press('ControlOrMeta+Enter')
    const status = drawer.getByRole('status').filter({ hasText: / in [\d.]+ ms/ })
    await expect.poll(() => status.textContent(), { message: name }).toMatch(/^(\d+ rows?|UPDATE \d+) in /)
    expect(await drawer.getByText(/Stopped after/).count(), name).toBe(0)
  }
})

test('a pg_dump file imports with its commands and data named in the report', async ({ page }) => {
  const dump = `--
-- PostgreSQL database dump
--
\\restrict abc
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.people (id integer NOT NULL, name text);
ALTER TABLE public.people OWNER TO somebody;
COPY public.people (id, name) FROM stdin;
1\tAda
2\tGrace
\\.
ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
\\unrestrict abc
`
  const start = new StartPage(page)
  await start.readSql(dump)
  await page
    .getByText(/2 rows/)
    .first()
    .waitFor()
  const editor = await start.openImported()
  await editor.waitForStatus(/1 table · valid/)
  expect(await editor.column('people', 'id').getAttribute('aria-label')).toContain('primary key')
})
