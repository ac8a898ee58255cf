import { afterAll, expect, test } from 'vitest'
import type { SchemaDocument } from '../core/model/document.ts'
import { check, column, document, foreignKey, index, keyedTable, put, without } from './drawn.test-kit.ts'
import { openDatabase } from './node-database.ts'

const database = await openDatabase()
afterAll(() => database.close())

const contacts = document(keyedTable('accounts', 'name'), keyedTable('contacts', 'status', 'account'))
const oneOf = "status in ('new', 'old')"

async function expressionOf(drawn: SchemaDocument): Promise<unknown> {
  const { canonical } = await database.canonicalize(drawn)
  return Reflect.get(canonical.objects.get('status_check') ?? {}, 'expression')
}

test('the print of an expression is the print of its print', async () => {
  const printed = await expressionOf(put(contacts, check('contacts', 'status_check', oneOf)))
  expect(printed).not.toBe(oneOf)
  expect(await expressionOf(put(contacts, check('contacts', 'status_check', String(printed))))).toBe(printed)
})

test('a document and its canonical form have the same objects in the same order', async () => {
  const drawn = put(contacts, index('contacts', 'contacts_status_index', 'status'))
  const { written, canonical } = await database.canonicalize(drawn)
  expect(written).toBe(drawn)
  expect([...canonical.objects.keys()]).toEqual([...drawn.objects.keys()])
})

test('what PostgreSQL refuses is missing from the canonical form and stops a plan', async () => {
  const wrong = put(contacts, check('contacts', 'status_check', 'nothing > 0'))
  const { canonical } = await database.canonicalize(wrong)
  expect(canonical.objects.has('status_check')).toBe(false)
  const plan = await database.plan(contacts, wrong)
  expect(plan.refusals.map(({ object }) => object)).toEqual(['status_check'])
})

test('a plan says nothing where only the wording of an expression differs', async () => {
  const drawn = put(contacts, check('contacts', 'status_check', oneOf))
  const printed = await expressionOf(drawn)
  const reworded = put(contacts, check('contacts', 'status_check', String(printed)))
  expect((await database.plan(drawn, reworded)).up).toEqual([])
  expect((await database.plan(contacts, drawn)).up).toHaveLength(1)
})

test('the shadow is what a database built from nothing is, after any edits', async () => {
  const edits = [
    put(contacts, column('contacts', 'account_id', 'uuid', { ordinal: 9 })),
    put(
      contacts,
      column('contacts', 'account_id', 'uuid', { ordinal: 9 }),
      foreignKey('contacts', 'account_id', 'accounts'),
      check('contacts', 'status_check', oneOf),
      check('contacts', 'wrong_check', 'nothing > 0'),
    ),
    without(contacts, 'contacts.account'),
  ]
  for (const edited of edits) {
    await database.validate(edited)
    expect(await database.verifyShadow(edited)).toEqual([])
  }
})

test('a long call can be cancelled', async () => {
  const controller = new AbortController()
  const cancelled = database.canonicalize(contacts, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await expect(cancelled).rejects.toThrow(/abort/i)
})
