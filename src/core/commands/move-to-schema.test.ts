import { expect, test } from 'vitest'
import { isView } from '../kinds/view/view.kind.ts'
import { applyPatch, invertPatch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { addSchema, addSequence, addView } from './add-objects.ts'
import { moveToSchema, schemasFor } from './move-to-schema.ts'
import { Drawing } from './sample-document.test-kit.ts'

function drawn() {
  const drawing = new Drawing()
  const contacts = drawing.table('contacts', 'name text')
  const sales = drawing.newId()
  drawing.do((document) => addSchema(document, { id: sales, name: 'Sales' }))
  return { drawing, contacts, sales }
}

test('a table goes to another schema, with the sequence that it owns, and views follow', () => {
  const { drawing, contacts, sales } = drawn()
  const sequence = drawing.newId()
  drawing.do((document) => addSequence(document, { id: sequence, newId: drawing.newId, name: 'numbers' }))
  const column = drawing.column(contacts, "number bigint default nextval('numbers'::regclass)")
  drawing.put({ ...drawing.named('numbers'), ...{ ownedBy: column } })
  const view = drawing.newId()
  const query = `SELECT c.name, contacts.name FROM contacts c JOIN public.contacts ON 'contacts' <> c.name`
  drawing.do((document) => addView(document, { id: view, newId: drawing.newId, query, x: 0, y: 0 }))

  const before = drawing.document
  const patch = moveToSchema(before, { objects: [contacts], namespace: sales })
  drawing.do(() => patch)
  expect(drawing.named('contacts').parent).toBe(sales)
  expect(drawing.named('numbers').parent).toBe(sales)
  expect(drawing.named('number')).toMatchObject({ default: `nextval('"Sales".numbers'::regclass)` })
  expect(schemaOf(drawing.document).need(view, isView).query).toBe(
    `SELECT c.name, contacts.name FROM "Sales".contacts c JOIN "Sales".contacts ON 'contacts' <> c.name`,
  )
  expect(applyPatch(drawing.document, invertPatch(patch)).objects).toEqual(before.objects)

  const home = before.objects.get(contacts)?.parent ?? ''
  drawing.do((document) => moveToSchema(document, { objects: [contacts], namespace: home }))
  expect(schemaOf(drawing.document).need(view, isView).query).toContain('FROM contacts c JOIN contacts ON')
})

test('what a table owns goes where the table goes, and a column has no schema to choose', () => {
  const { drawing, contacts, sales } = drawn()
  const schema = () => schemaOf(drawing.document)
  expect(schemasFor(drawing.named('contacts'), schema()).map(({ name }) => name)).toContain('Sales')
  expect(schemasFor(drawing.named('name', 'column'), schema())).toEqual([])
  drawing.do((document) =>
    moveToSchema(document, { objects: [drawing.named('name', 'column').id], namespace: sales }),
  )
  expect(drawing.named('name', 'column').parent).toBe(contacts)
})
