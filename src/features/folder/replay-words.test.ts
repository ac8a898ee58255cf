import { expect, test } from 'vitest'
import { Drawing } from '../../core/commands/sample-document.test-kit.ts'
import { blankDocument } from '../../core/model/document.ts'
import { patchBetween } from '../../core/model/patch.ts'
import type { Replay, ReplayedMigration } from '../../state/folder-store.ts'
import {
  baseLosses,
  changeCount,
  leftBehind,
  missingModel,
  modelsSentence,
  replaySentence,
} from './replay-words.ts'

const nothing = patchBetween(blankDocument, blankDocument)

const migration = (outcome: ReplayedMigration['outcome']): ReplayedMigration => ({
  path: 'migrations/1.js',
  name: '1.js',
  service: 'shop',
  outcome,
  milliseconds: 1,
  statements: [],
  changes: nothing,
})

const replay = (...outcomes: readonly ReplayedMigration['outcome'][]): Replay => ({
  document: blankDocument,
  start: blankDocument,
  migrations: outcomes.map(migration),
  missingExtensions: [],
  problems: [],
  read: [],
  postgres: '18.6',
  sequelize: '6.37.8',
  milliseconds: 12_340,
})

test.each([
  [['ran'], '1 migration ran.'],
  [['ran', 'ran', 'failed', 'not-reached'], '2 migrations ran, 1 failed, 1 not reached.'],
  [['left-out', 'noted-before'], '0 migrations ran, 1 left out, 1 done before.'],
] as const)('%j is said as "%s"', (outcomes, sentence) => {
  expect(replaySentence(replay(...outcomes))).toBe(`${sentence} Sequelize 6.37.8 on PostgreSQL 18.6, 12.3 s.`)
})

test('a migration that leaves the schema as it was says so', () => {
  expect(changeCount(migration('ran'))).toBe('no changes')
})

test('what the base did not make is told, what it made is not', () => {
  const objects = [
    { kind: 'table', name: 'users', outcome: 'kept' as const },
    { kind: 'table', name: 'orders', outcome: 'refused' as const, reason: 'No such type', line: 3 },
    { kind: 'INSERT', name: 'users', outcome: 'skipped' as const, reason: 'Rows are left out' },
  ]
  const base = { objects, statements: 3, milliseconds: 1 }
  expect(baseLosses({ ...replay('ran'), base })).toEqual([
    'Before the first migration, line 3: table orders was refused. No such type',
    'Before the first migration: INSERT users was skipped. Rows are left out',
  ])
})

test('models are counted, and what they say otherwise', () => {
  const model = {
    name: 'A',
    place: null,
    table: { schema: null, name: 'a' },
    attributes: [],
    links: [],
  } as const
  const read = {
    models: [{ ...model, scratch: 'm0', statements: [], comment: null, underscored: false, indexNames: [] }],
    problems: [],
  }
  const drift = { code: 'model-without-table', severity: 'warning', model: 'A', place: null } as const
  expect(modelsSentence({ models: [], problems: [] }, [])).toBeNull()
  expect(modelsSentence(read, [])).toBe('1 model read: no difference from the schema.')
  expect(modelsSentence(read, [{ ...drift, message: 'A is gone', cure: null, text: null }])).toBe(
    '1 model read: 1 difference from the schema, listed among the problems of the project.',
  )
})

test('what a failed migration left behind is named, parts with what they belong to', () => {
  const drawing = new Drawing('left')
  drawing.table('groups', 'id integer')
  const before = drawing.document
  drawing.table('members', 'id integer', 'role text')
  expect(leftBehind({ ...migration('failed'), changes: patchBetween(before, drawing.document) })).toBe(
    'It left behind: table members.',
  )
  expect(leftBehind(migration('failed'))).toBeNull()
})

test('the model of a table that a migration asked for in vain is found by its name', () => {
  const cure = { type: 'add-table', schema: null, name: 'users', columns: [], key: [] } as const
  const drift = { code: 'model-without-table', severity: 'warning', model: 'User', place: null } as const
  const known = [{ ...drift, message: '', text: null, cure }]
  const failure = (code: string, message: string) =>
    ({ problem: { code, message, severity: 'error', source: 'PostgreSQL' }, fault: 'migration' }) as const
  expect(missingModel(failure('42P01', 'relation "users" does not exist'), known)?.model).toBe('User')
  expect(missingModel(failure('42P01', 'relation "public.users" does not exist'), known)?.model).toBe('User')
  expect(missingModel(failure('42P01', 'relation "groups" does not exist'), known)).toBeNull()
  expect(missingModel(failure('42703', 'column "users" does not exist'), known)).toBeNull()
})
