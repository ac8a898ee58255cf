import { expect, test } from 'vitest'
import type { Plan, Step } from '../migration/plan.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { proposeTitle } from './migration-title.ts'

const object = (id: string, kind: string, parent: string | null, name = id): ObjectBase => ({
  id,
  kind,
  parent,
  name,
  comment: null,
})

const documentOf = (...objects: readonly ObjectBase[]): SchemaDocument => ({
  objects: new Map(objects.map((item) => [item.id, item])),
  diagram: new Map(),
})

const step = (action: Step['action'], id: string, group: string): Step => ({
  action,
  object: id,
  kind: '',
  group,
  title: '',
  statements: [],
  calls: null,
  transactional: true,
  hazards: [],
  fields: [],
  puts: [],
  removes: [],
})

const planOf = (...up: readonly Step[]): Plan => ({ up, down: [], refusals: [] })

const old = documentOf(
  object('public', 'schema', null),
  object('contacts', 'table', 'public'),
  object('title', 'column', 'contacts'),
)
const drawn = documentOf(
  ...old.objects.values(),
  object('custom_fields', 'column', 'contacts'),
  object('full_name', 'column', 'contacts'),
  object('by_name', 'index', 'contacts'),
  ...['accounts', 'leads', 'deals', 'notes'].map((name) => object(name, 'table', 'public')),
  object('audit', 'function', 'public'),
)

test('names the columns that are added, not the indexes that come with them', () => {
  const plan = planOf(
    step('create', 'custom_fields', 'contacts'),
    step('create', 'full_name', 'contacts'),
    step('create', 'by_name', 'contacts'),
  )
  expect(proposeTitle(plan, old, drawn)).toBe('add custom_fields and full_name to contacts')
  expect(proposeTitle(planOf(step('create', 'by_name', 'contacts')), old, drawn)).toBe(
    'add by_name to contacts',
  )
})

test('names tables, or how many there are', () => {
  const created = ['accounts', 'leads', 'deals', 'notes'].map((id) => step('create', id, id))
  expect(proposeTitle(planOf(...created.slice(0, 2)), old, drawn)).toBe('create accounts and leads')
  expect(proposeTitle(planOf(...created), old, drawn)).toBe('create 4 tables')
  expect(proposeTitle(planOf(...created, step('create', 'audit', 'audit')), old, drawn)).toBe(
    'create 4 tables and more',
  )
})

test('names what is removed, renamed, changed or replaced', () => {
  const renamed = documentOf(...old.objects.values(), object('title', 'column', 'contacts', 'job'))
  expect(proposeTitle(planOf(step('drop', 'title', 'contacts')), old, documentOf())).toBe(
    'remove title from contacts',
  )
  expect(proposeTitle(planOf(step('rename', 'title', 'contacts')), old, renamed)).toBe(
    'rename title to job in contacts',
  )
  const replaced = planOf(step('drop', 'title', 'contacts'), step('create', 'title', 'contacts'))
  expect(proposeTitle(replaced, old, old)).toBe('change title of contacts')
  expect(proposeTitle(planOf(), old, old)).toBe('schema change')
})
