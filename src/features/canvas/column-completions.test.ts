import { expect, test } from 'vitest'
import { addEnum } from '../../core/commands/add-objects.ts'
import { Drawing } from '../../core/commands/sample-document.test-kit.ts'
import { completionsAt, insertCompletion } from './column-completions.ts'

const drawing = new Drawing()
drawing.table('accounts')
drawing.do((document) => addEnum(document, { id: 'e', newId: drawing.newId, name: 'stage' }))
const offered = (text: string) =>
  completionsAt(text, text.length, drawing.document).map((completion) => completion.insert)

test('types after the name, own types first', () => {
  expect(offered('email')).toEqual([])
  expect(offered('email ')[0]).toBe('stage')
  expect(offered('email va')[0]).toBe('varchar(255)')
  expect(offered('email int')[0]).toBe('integer')
})

test('clauses after the type, by their beginning only', () => {
  expect(offered('email text n')).toEqual(['not null'])
  expect(offered('email text not null')).toEqual([])
  expect(offered('email varchar(5) u')).toEqual(['unique'])
})

test('tables after REFERENCES', () => {
  expect(offered('account_id uuid references a')).toEqual(['accounts'])
})

test('the word under the caret is replaced', () => {
  const [first] = completionsAt('email va not null', 8, drawing.document)
  expect(first && insertCompletion('email va not null', first)).toEqual({
    text: 'email varchar(255) not null',
    caret: 18,
  })
})
