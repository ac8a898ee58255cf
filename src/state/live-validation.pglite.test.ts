import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SchemaDocument } from '../core/model/document.ts'
import { patchBetween } from '../core/model/patch.ts'
import { check, column, document, keyedTable, put } from '../database/drawn.test-kit.ts'
import { openDatabase } from '../database/node-database.ts'
import { dispatch, documentStore, openDocument, undo } from './document-store.ts'
import { engineStore } from './engine-store.ts'
import { LiveValidation } from './live-validation.ts'

const database = await openDatabase()
let validation: LiveValidation

beforeEach(() => {
  openDocument(document(keyedTable('leads', 'source')))
  validation = new LiveValidation(database)
  validation.start()
})
afterEach(() => validation.stop())
afterAll(() => database.close())

const draw = (change: (document: SchemaDocument) => SchemaDocument) =>
  dispatch('Draw', (before) => patchBetween(before, change(before)))
const messages = () => engineStore.getState().problems.map(({ object, code }) => `${object} ${code}`)
const soon = (expectation: () => void) => vi.waitFor(expectation, { timeout: 30_000 })

test('PostgreSQL follows edits and undo, and says what it refuses', async () => {
  await soon(() => expect(engineStore.getState().canonical.get('leads.source')).toBeDefined())
  expect(engineStore.getState()).toMatchObject({
    status: 'ready',
    version: expect.stringMatching(/^\d+\.\d+$/),
  })
  draw((before) => put(before, check('leads', 'leads_check', 'missing > 0')))
  await soon(() => expect(messages()).toEqual(['leads_check 42703']))
  draw((before) => put(before, column('leads', 'missing', 'integer', { ordinal: 9 })))
  await soon(() => expect(messages()).toEqual([]))
  expect(engineStore.getState().canonical.get('leads_check')).toMatchObject({ expression: '(missing > 0)' })
  undo()
  await soon(() => expect(messages()).toEqual(['leads_check 42703']))
  expect(engineStore.getState().canonical.has('leads.missing')).toBe(false)
})

test('a shadow that started again is given the document', async () => {
  await soon(() => expect(engineStore.getState().status).toBe('ready'))
  engineStore.setState({ canonical: new Map() })
  validation.restarted()
  expect(engineStore.getState().status).toBe('restarting')
  await soon(() => expect(engineStore.getState().status).toBe('ready'))
})

test('a database that cannot start is said to have failed, and why', async () => {
  validation.stop()
  const silenced = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const broken = new LiveValidation({ ...database, boot: () => Promise.reject(new Error('No memory')) })
  broken.start()
  await soon(() => expect(engineStore.getState()).toMatchObject({ status: 'failed', failure: 'No memory' }))
  broken.stop()
  silenced.mockRestore()
  expect(documentStore.getState().document.objects.has('leads')).toBe(true)
})
