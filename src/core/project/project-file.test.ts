import { expect, test } from 'vitest'
import type { Check } from '../kinds/check/check.kind.ts'
import type { SchemaObject } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import type { ObjectBase } from '../model/object.ts'
import { noModels } from '../sequelize/models/model-facts.ts'
import { initialSettings } from './migration-settings.ts'
import type { Project } from './project.ts'
import { writeProject } from './project-file.ts'
import { readProject } from './read-project.ts'

const publicSchema: SchemaObject = { id: 's', kind: 'schema', parent: null, name: 'public', comment: null }
const leads: Table = {
  ...blankTable,
  id: 't1',
  parent: 's',
  name: 'leads',
  comment: 'People; not yet "contacts"',
}
const accounts: Table = { ...blankTable, id: 't2', parent: 's', name: 'accounts' }
const rating: Check = {
  id: 'k',
  kind: 'check',
  parent: 't1',
  name: 'leads_rating_check',
  comment: null,
  expression: 'rating between 0 and 100',
  noInherit: false,
  local: true,
  notValid: false,
}

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }
const noPatch = { objects: noEdits, diagram: noEdits }

function projectOf(objects: readonly ObjectBase[]): Project {
  return {
    id: 'p',
    name: 'Forge CRM',
    document: {
      objects: new Map(objects.map((object) => [object.id, object])),
      diagram: new Map([
        ['t1', { id: 't1', kind: 'placement', x: 16, y: 8, colour: 'plum' }],
        ['n', { id: 'n', kind: 'note', x: 0, y: 0, width: 232, text: 'owner_id is a user' }],
      ]),
    },
    baseline: { objects: new Map([[publicSchema.id, publicSchema]]), diagram: new Map() },
    replayed: [
      { path: 'migrations/1-nothing.js', outcome: 'left-out', patch: noPatch },
      {
        path: 'migrations/2-accounts.js',
        outcome: 'failed',
        failure: 'column "x" does not exist (migrations/2-accounts.js, line 4)',
        patch: { ...noPatch, objects: { ...noPatch.objects, added: new Map([[accounts.id, accounts]]) } },
      },
    ],
    models: {
      models: [
        {
          name: 'Lead',
          place: { path: 'models/lead.js', line: 4 },
          table: { schema: null, name: 'leads' },
          comment: null,
          underscored: true,
          attributes: [
            {
              name: 'accountId',
              column: 'account_id',
              isFilled: false,
              isImplied: true,
              counts: false,
              comment: 'Whose',
              validate: { isIn: [['a', 'b']] },
            },
          ],
          links: [
            {
              attribute: 'accountId',
              column: 'account_id',
              target: { schema: null, name: 'accounts' },
              key: 'id',
              association: 'Lead.belongsTo(Account)',
              onDelete: 'cascade',
              onUpdate: null,
            },
          ],
          indexNames: [null, 'by_account'],
          scratch: 'm0',
          statements: ['CREATE TABLE "relata_models"."m0" (account_id integer)'],
        },
      ],
      problems: [
        {
          problem: { code: 'model-failed', severity: 'warning', source: 'Models', message: 'No such file' },
          place: { path: 'models/b.js', line: 1 },
        },
      ],
    },
    history: [
      {
        title: 'init',
        files: [
          { fileName: '20260115120000-init.js', source: 'module.exports = {}\n' },
          { fileName: '20260115120001-init-contract.js', folder: 'contract', source: '' },
        ],
        service: 'src/migrations',
        shipped: true,
        made: {
          patch: {
            objects: {
              added: new Map([[accounts.id, accounts]]),
              changed: new Map([[leads.id, { from: { ...leads, comment: null }, to: leads }]]),
              removed: new Map([[rating.id, rating]]),
            },
            diagram: { added: new Map(), changed: new Map(), removed: new Map() },
          },
          settings: { ...initialSettings, left: new Set(['t1']) },
        },
        exportedAt: '2026-01-15T12:00:00Z',
        proven: true,
        locks: {
          rows: { leads: 3000 },
          up: [
            {
              sql: 'ALTER TABLE leads ADD COLUMN a integer',
              step: 0,
              transaction: 0,
              milliseconds: 1.5,
              locks: [{ relation: 'leads', mode: 'ACCESS EXCLUSIVE', existed: true }],
              rewritten: [],
              scanned: [],
              indexesBuilt: [],
              needsSuperuser: null,
              measured: true,
            },
          ],
          down: [],
        },
      },
    ],
    migration: {
      mode: 'zero-downtime',
      target: 14,
      format: 'typescript',
      simple: new Set(['t2']),
      backfills: new Map([['t1', "lower(name) || '-'"]]),
      title: 'Rename leads',
      left: new Set(['k']),
    },
    reopened: [
      {
        title: 'more',
        files: [{ fileName: '20260116120000-more.js', source: '' }],
        exportedAt: '2026-01-16T12:00:00Z',
        proven: false,
        shipped: false,
      },
    ],
    queries: [{ name: 'Query 1', sql: 'select 1' }],
  }
}

const project = projectOf([publicSchema, leads, accounts, rating])

test('what is written is read back', () => {
  const { value, problems } = readProject(writeProject(project))
  expect(problems).toEqual([])
  expect(value).toEqual(project)
})

test('the same project gives the same text, whatever the order of its objects and keys', () => {
  const { comment, ...rest } = leads
  const shuffled = projectOf([rating, accounts, { comment, ...rest }, publicSchema])
  expect(writeProject(shuffled)).toBe(writeProject(project))
})

test('an edit changes one line', () => {
  const renamed = projectOf([publicSchema, leads, { ...accounts, comment: 'Companies' }, rating])
  const before = writeProject(project).split('\n')
  const after = writeProject(renamed).split('\n')
  expect(after.filter((line) => !before.includes(line))).toHaveLength(1)
  expect(after).toHaveLength(before.length)
})

test('objects stand in the order of their names', () => {
  const text = writeProject(project)
  expect(text.indexOf('"accounts"')).toBeLessThan(text.indexOf('"leads"'))
})

test.each([
  ['no JSON', () => '{', 'not-json'],
  ['another JSON', () => '{"name":"relata"}', 'no-project'],
  ['a newer format', (text: string) => text.replace('"version": 5', '"version": 9'), 'newer-version'],
  [
    'an unknown kind',
    (text: string) => text.replace('"kind":"check"', '"kind":"subscription"'),
    'unknown-kind',
  ],
  ['a wrong field', (text: string) => text.replace('"noInherit":false', '"noInherit":"no"'), 'invalid-field'],
  [
    'a missing field',
    (text: string) => text.replace('"notValid":false', '"notvalid":false'),
    'invalid-field',
  ],
  [
    'a missing parent',
    (text: string) => text.replace('"id":"t1","kind":"table"', '"id":"t9","kind":"table"'),
    'dangling',
  ],
  [
    'a spoilt trace of locks',
    (text: string) => text.replace('"mode":"ACCESS EXCLUSIVE"', '"mode":"ALL"'),
    'invalid-history',
  ],
  [
    'an unknown target version',
    (text: string) => text.replace('"target":14', '"target":9'),
    'invalid-settings',
  ],
  ['an unknown part', (text: string) => text.replace('"queries"', '"secrets"'), 'unknown-content'],
])('%s is refused with a reason', (_, spoil, code) => {
  const { value, problems } = readProject(spoil(writeProject(project)))
  expect(value).toBeNull()
  expect(problems.map((problem) => problem.code)).toContain(code)
})

test('an unknown field is kept and named', () => {
  const text = writeProject(project).replace('"noInherit":false', '"enforced":true,"noInherit":false')
  const { value, problems } = readProject(text)
  expect(problems).toMatchObject([{ code: 'unknown-field', severity: 'warning' }])
  expect(value && writeProject(value)).toContain('"enforced":true')
})

test('a file from before a field existed reads as if it said what that means', () => {
  const old = writeProject(project).replaceAll(/"(rowSecurity|unlogged|replicaIndex)":[^,}]*,/g, '')
  const { value, problems } = readProject(old)
  expect(problems).toEqual([])
  expect(value).toEqual(project)
})

const nothing = { replayed: [], models: noModels, history: [], reopened: [] }

test('a file of the fourth version keeps no models', () => {
  const old = writeProject({ ...project, models: noModels })
    .replace('"version": 5', '"version": 4')
    .replace(/^ {2}"(models|modelProblems)": .*\n/gm, '')
  expect(readProject(old)).toEqual({ value: { ...project, models: noModels }, problems: [] })
})

test('a file of the first version plans as it did then', () => {
  const old = writeProject({ ...project, ...nothing })
    .replace('"version": 5', '"version": 1')
    .replace(/^ {2}"(migration|reopened|replayed|models|modelProblems)": .*\n/gm, '')
  const { value, problems } = readProject(old)
  expect(problems).toEqual([])
  expect(value).toEqual({ ...project, ...nothing, migration: initialSettings })
})

test('files of the second version that were exported together are one migration', () => {
  const { locks } = project.history[0] ?? {}
  const [at, later] = ['2026-01-15T12:00:00Z', '2026-01-16T12:00:00Z']
  const files = [
    { fileName: '20260115120000-add-title-expand.js', exportedAt: at, proven: true, source: 'a' },
    {
      fileName: '20260115120001-add-title-contract.js',
      folder: 'contract',
      exportedAt: at,
      proven: true,
      source: 'b',
      locks,
    },
    { fileName: 'up.sql', folder: '20260116120000-drop-x', exportedAt: later, proven: false, source: 'c' },
  ]
  const old = writeProject({ ...project, ...nothing })
    .replace('"version": 5', '"version": 2')
    .replace('"history": []', `"history": ${JSON.stringify(files)}`)
    .replace(/^ {2}"(reopened|replayed|models|modelProblems)": .*\n/gm, '')
    .replace(/,"title":"Rename leads","left":\["k"\]/, '')
  const { value, problems } = readProject(old)
  expect(problems).toEqual([])
  expect(value?.history).toEqual([
    {
      title: 'add title',
      exportedAt: at,
      proven: true,
      shipped: false,
      locks,
      files: [
        { fileName: '20260115120000-add-title-expand.js', source: 'a' },
        { fileName: '20260115120001-add-title-contract.js', folder: 'contract', source: 'b' },
      ],
    },
    {
      title: 'drop x',
      exportedAt: later,
      proven: false,
      shipped: false,
      files: [{ fileName: 'up.sql', folder: '20260116120000-drop-x', source: 'c' }],
    },
  ])
  expect(value?.migration).toEqual({ ...project.migration, title: null, left: new Set() })
})
