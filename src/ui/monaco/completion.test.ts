import { expect, test } from 'vitest'
import { type Completion, completionsAt } from './completion.ts'

const list: readonly Completion[] = [
  { label: 'contacts', kind: 'relation' },
  { label: 'email', kind: 'field', owner: 'contacts' },
  { label: 'industry', kind: 'field', owner: 'accounts' },
]

const labels = (text: string, before = text) => completionsAt(list, text, before).map((item) => item.label)

test('everything is offered where no name precedes', () => {
  expect(labels('select ')).toEqual(['contacts', 'email', 'industry'])
})

test('after a table and a dot, its columns', () => {
  expect(labels('select contacts.')).toEqual(['email'])
  expect(labels('select contacts.em')).toEqual(['email'])
})

test('an alias stands for its table, with or without AS', () => {
  expect(labels('select a. from accounts a', 'select a.')).toEqual(['industry'])
  expect(labels('select c. from contacts AS c', 'select c.')).toEqual(['email'])
})
