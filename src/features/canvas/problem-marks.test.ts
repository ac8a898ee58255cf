import { expect, test } from 'vitest'
import { addCheck } from '../../core/commands/add-parts.ts'
import { Drawing } from '../../core/commands/sample-document.test-kit.ts'
import type { Problem } from '../../core/model/problem.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { problemMarks } from './problem-marks.ts'

const drawing = new Drawing()
const accounts = drawing.table('accounts')
const contacts = drawing.table('contacts', 'account_id integer references accounts')
drawing.do((document) => addCheck(document, { id: 'check', table: contacts }))
const schema = schemaOf(drawing.document)
const column = drawing.named('account_id').id
const key = drawing.named('contacts_account_id_fkey').id

const problem = (object: string, severity: Problem['severity'], message: string): Problem => ({
  code: '42804',
  severity,
  source: 'PostgreSQL',
  object,
  message,
})

test('a foreign key marks its columns, a check only the table; nothing else is marked', () => {
  const marks = problemMarks(
    [problem(key, 'error', 'types differ'), problem('check', 'error', 'no such column')],
    schema,
    new Map(),
  )
  expect(marks.get(contacts)).toEqual({
    errors: 2,
    warnings: 0,
    blocked: false,
    rows: { [column]: { severity: 'error', message: 'types differ' } },
  })
  expect(marks.has(accounts)).toBe(false)
})

test('the worst problem of a row is shown', () => {
  const marks = problemMarks([problem(column, 'warning', 'w'), problem(key, 'error', 'e')], schema, new Map())
  expect(marks.get(contacts)?.rows[column]).toEqual({ severity: 'error', message: 'e' })
})

test('marks that did not change keep their identity', () => {
  const first = problemMarks([problem(key, 'error', 'e')], schema, new Map())
  const second = problemMarks([problem(key, 'error', 'e')], schema, first)
  expect(second.get(contacts)).toBe(first.get(contacts))
})
