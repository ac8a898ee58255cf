import { expect, test } from 'vitest'
import { isColumn } from '../kinds/column/column.kind.ts'
import { applyPatch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { applySql, topsOf } from './apply-sql.ts'
import { removeObjects } from './remove-objects.ts'
import { Drawing } from './sample-document.test-kit.ts'
import { setField } from './set-field.ts'

/** The same tables, under other ids, as an import gives them. */
function read(prefix: string): Drawing {
  const drawing = new Drawing(prefix)
  drawing.table('accounts', 'name text', 'code text')
  return drawing
}

test('what SQL adds and changes is done to the document, and nothing else', () => {
  const drawn = read('a')
  drawn.do((document) =>
    setField(document, { object: drawn.named('code').id, field: 'comment', value: 'as written' }),
  )
  const after = read('c')
  after.do((document) =>
    setField(document, { object: after.named('code').id, field: 'notNull', value: true }),
  )
  after.column(after.named('accounts', 'table').id, 'extra uuid')
  after.table('teams', 'account_id uuid references accounts')
  after.do((document) => removeObjects(document, [after.named('name', 'column').id]))

  const { patch, added, changed, kept } = applySql(drawn.document, {
    before: read('b').document,
    after: after.document,
  })
  const result = applyPatch(drawn.document, patch)
  const schema = schemaOf(result)
  const accounts = drawn.named('accounts', 'table').id
  expect(schema.childrenOf(accounts, isColumn).map(({ name }) => name)).toEqual([
    'id',
    'name',
    'code',
    'extra',
  ])
  expect(schema.find(drawn.named('code').id, isColumn)).toMatchObject({
    notNull: true,
    comment: 'as written',
  })
  expect(changed.map(({ name }) => name)).toEqual(['code'])
  expect(kept.map(({ name }) => name)).toEqual(['name'])
  expect(topsOf(added).map((id) => result.objects.get(id)?.name)).toEqual(['extra', 'teams'])
  const key = [...result.objects.values()].find(({ kind }) => kind === 'foreign key')
  expect(key).toMatchObject({ referencedTable: accounts })
})
