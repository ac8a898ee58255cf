import { expect, test } from 'vitest'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { blankDocument } from '../model/document.ts'
import { danglingObjects } from '../model/integrity.ts'
import { applyPatch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { copyObjects, duplicateObjects, pasteClip, readClip } from './clip.ts'
import { countedIds, Drawing } from './sample-document.test-kit.ts'

function drawn() {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  const contacts = drawing.table('contacts', 'email text unique', 'account_id uuid references accounts')
  return { drawing, accounts, contacts }
}

test('a duplicated table has its own parts under names that follow it', () => {
  const { drawing, accounts, contacts } = drawn()
  const { patch, ids } = duplicateObjects(drawing.document, [contacts], countedIds('copy'))
  const document = applyPatch(drawing.document, patch)
  const [copy = ''] = ids
  expect(document.objects.get(copy)).toMatchObject({ name: 'contacts_copy' })
  const parts = schemaOf(document).children(copy)
  expect(parts.map((part) => part.name)).toEqual([
    'contacts_copy_pkey',
    'contacts_copy_email_key',
    'contacts_account_id_fkey',
    'id',
    'email',
    'account_id',
  ])
  const key = parts.find(isForeignKey)
  expect(key?.referencedTable).toBe(accounts)
  expect(key?.columns[0]).toBe(parts[5]?.id)
  expect(document.diagram.get(copy)).toMatchObject({ x: 32, y: 32 })
})

test('a clip travels as text into another document; what it cannot refer to there is left out', () => {
  const { drawing, contacts } = drawn()
  const clip = readClip(JSON.stringify(copyObjects(drawing.document, [contacts])))
  expect(clip).not.toBeNull()
  if (!clip) return
  const { patch, ids } = pasteClip(blankDocument, clip, { newId: countedIds('p'), offset: { x: 0, y: 0 } })
  const document = applyPatch(blankDocument, patch)
  expect(danglingObjects(document.objects).size).toBe(0)
  expect(schemaOf(document).all(isForeignKey)).toEqual([])
  expect(ids.map((id) => document.objects.get(id)?.name)).toEqual(['contacts'])
})

test('a copied schema joins the one of its name', () => {
  const { drawing } = drawn()
  const whole = copyObjects(drawing.document, [drawing.named('public').id])
  const { patch } = pasteClip(drawing.document, whole, { newId: countedIds('p'), offset: { x: 0, y: 0 } })
  const document = applyPatch(drawing.document, patch)
  expect([...document.objects.values()].filter((object) => object.kind === 'schema')).toHaveLength(1)
  expect([...document.objects.values()].filter((object) => object.kind === 'table')).toHaveLength(4)
})

test('other texts and damaged clips are no clip', () => {
  expect(readClip('CREATE TABLE t ()')).toBeNull()
  expect(readClip('{"relata":"clip"}')).toBeNull()
  expect(readClip('{"relata":"clip","objects":[{"id":"x","kind":"table"}],"diagram":[]}')?.objects).toEqual(
    [],
  )
})
