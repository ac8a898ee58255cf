import { expect, test } from 'vitest'
import { addCheck } from '../commands/add-parts.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { renameObject } from '../commands/rename.ts'
import { Drawing } from '../commands/sample-document.test-kit.ts'
import { setFields } from '../commands/set-field.ts'
import type { SchemaDocument } from '../model/document.ts'
import { schemaOf } from '../model/schema.ts'
import { withIds } from './align-documents.ts'
import { rebase, rebased } from './rebase.ts'
import { alignReplayed } from './rebase-ids.ts'

/** A baseline of one table, and a drawing that continues it with ids of its own. */
function contacts() {
  const base = new Drawing('a')
  const table = base.table('contacts', 'email text', 'phone text')
  base.do((document) => addCheck(document, { id: 'check', table, expression: "phone <> ''" }))
  const continued = (prefix: string) => {
    const drawing = new Drawing(prefix)
    drawing.document = base.document
    return drawing
  }
  const [email, phone] = [base.named('email').id, base.named('phone').id]
  return { base: base.document, table, email, phone, mine: continued('m'), theirs: continued('t') }
}

const columnsOf = (document: SchemaDocument, table: string) =>
  schemaOf(document)
    .children(table)
    .filter(({ kind }) => kind === 'column')
    .map(({ name }) => name)

test('columns added on both sides are both there, the drawn one last', () => {
  const { base, table, mine, theirs } = contacts()
  mine.column(table, 'drawn text')
  theirs.column(table, 'come text')
  const result = rebase({ base, mine: mine.document, theirs: theirs.document })
  expect(result.conflicts).toEqual([])
  expect(columnsOf(rebased(result).document, table).slice(-2)).toEqual(['come', 'drawn'])
})

test('different fields of one object are merged without a question', () => {
  const { base, email, mine, theirs } = contacts()
  mine.do((document) => setFields(document, { object: email, values: { comment: 'Where to write' } }))
  theirs.do((document) => setFields(document, { object: email, values: { notNull: true } }))
  const result = rebase({ base, mine: mine.document, theirs: theirs.document })
  expect(result.conflicts).toEqual([])
  expect(rebased(result).document.objects.get(email)).toMatchObject({
    comment: 'Where to write',
    notNull: true,
  })
})

test('the same field changed in two ways is asked for, and what was chosen is taken', () => {
  const { base, email, mine, theirs } = contacts()
  mine.do((document) => setFields(document, { object: email, values: { comment: 'mine' } }))
  theirs.do((document) =>
    setFields(document, { object: email, values: { comment: 'theirs', notNull: true } }),
  )
  const result = rebase({ base, mine: mine.document, theirs: theirs.document })
  expect(result.conflicts).toEqual([{ id: email, type: 'both changed', fields: ['comment'], with: [email] }])
  const choose = (side: 'mine' | 'theirs') =>
    rebased(result, new Map([[email, side]])).document.objects.get(email)
  expect(choose('mine')).toMatchObject({ comment: 'mine', notNull: true })
  expect(choose('theirs')).toMatchObject({ comment: 'theirs', notNull: true })
})

test('the same change on both sides is no change any more', () => {
  const { base, email, mine, theirs } = contacts()
  for (const side of [mine, theirs])
    side.do((document) => setFields(document, { object: email, values: { notNull: true } }))
  const result = rebase({ base, mine: mine.document, theirs: theirs.document })
  expect(result.conflicts).toEqual([])
  expect(new Map(rebased(result).document.objects)).toEqual(new Map(theirs.document.objects))
})

test('a table that was dropped under a drawn column is asked for, whole', () => {
  const { base, table, mine, theirs } = contacts()
  const drawn = mine.column(table, 'drawn text')
  theirs.do((document) => removeObjects(document, [table]))
  const result = rebase({ base, mine: mine.document, theirs: theirs.document })
  expect(result.conflicts).toMatchObject([{ id: table, type: 'they removed' }])
  expect(columnsOf(rebased(result).document, table)).toContain('drawn')
  const dropped = rebased(result, new Map([[table, 'theirs']])).document
  expect([dropped.objects.has(table), dropped.objects.has(drawn)]).toEqual([false, false])
})

test('a drawn removal of what was changed meanwhile is asked for', () => {
  const { base, table, email, mine, theirs } = contacts()
  mine.do((document) => removeObjects(document, [table]))
  theirs.do((document) => setFields(document, { object: email, values: { notNull: true } }))
  const result = rebase({ base, mine: mine.document, theirs: theirs.document })
  expect(result.conflicts).toMatchObject([{ id: table, type: 'I removed' }])
  expect(rebased(result).document.objects.has(table)).toBe(false)
  const back = rebased(result, new Map([[table, 'theirs']])).document
  expect(back.objects.get(email)).toMatchObject({ notNull: true })
})

test('an expression of one side follows the rename of the other', () => {
  const { base, table, phone, mine, theirs } = contacts()
  mine.do((document) => addCheck(document, { id: 'drawn', table, expression: 'length(phone) > 5' }))
  theirs.do((document) => renameObject(document, { object: phone, name: 'telephone' }))
  const { document } = rebased(rebase({ base, mine: mine.document, theirs: theirs.document }))
  expect(document.objects.get('drawn')).toMatchObject({ expression: 'length(telephone) > 5' })
  expect(document.objects.get('check')).toMatchObject({ expression: "telephone <> ''" })
})

test('what was replayed gets the ids of the baseline, through a rename, and then of the drawing', () => {
  const { base, table, phone, mine, theirs } = contacts()
  const drawn = mine.column(table, 'drawn text')
  theirs.do((document) => renameObject(document, { object: phone, name: 'telephone' }))
  theirs.column(table, 'drawn text')
  const fresh = (document: SchemaDocument) =>
    withIds(document, new Map([...theirs.document.objects.keys()].map((id) => [id, `replayed ${id}`])))
  const aligned = alignReplayed(
    { document: fresh(theirs.document), known: fresh(base) },
    { base, mine: mine.document },
  )
  expect(aligned.objects.get(phone)).toMatchObject({ name: 'telephone' })
  expect(aligned.objects.get(drawn)).toMatchObject({ name: 'drawn' })
  expect(new Set(aligned.objects.keys())).toEqual(new Set(mine.document.objects.keys()))
})
