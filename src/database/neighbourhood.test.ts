import { expect, test } from 'vitest'
import { check, document, foreignKey, keyedTable, table } from './drawn.test-kit.ts'
import { Neighbourhood, partOf } from './neighbourhood.ts'

const drawn = document(
  keyedTable('accounts', 'name'),
  keyedTable('leads', 'account'),
  foreignKey('leads', 'account', 'accounts'),
  keyedTable('far', 'leads_ish'),
  check('far', 'far_check', 'leads_ish > 0'),
  keyedTable('farther', 'far'),
  foreignKey('farther', 'far', 'far'),
)

const around = (...changed: string[]) => {
  const neighbourhood = new Neighbourhood()
  for (const object of drawn.objects.values()) neighbourhood.note(object)
  return neighbourhood.around(changed, drawn.objects, drawn.objects)
}

test('a column concerns its table, and what the table refers to', () => {
  const part = around('leads.account')
  expect(part).toContain('leads pk')
  expect(part).toContain('leads_account_fkey')
  expect(part).toContain('accounts pk')
  expect(part).toContain('public')
  expect(part).not.toContain('far')
})

test('a table concerns those that refer to it, but not theirs', () => {
  const part = around('accounts.name')
  expect(part).toContain('leads_account_fkey')
  expect(part).toContain('leads.account')
  expect(part).not.toContain('farther')
})

test('a name inside another name is no mention', () => {
  expect(around('leads')).not.toContain('far_check')
  expect(around('far')).toContain('farther_far_fkey')
})

test('nothing in a part refers out of it', () => {
  const part = partOf(drawn.objects, around('accounts.name'))
  for (const object of part.objects.values()) {
    if (object.parent !== null) expect(part.objects.has(object.parent)).toBe(true)
  }
  expect(partOf(drawn.objects, new Set(['nothing'])).objects.size).toBe(0)
  expect(table('x').parent).toBe('public')
})
