import { expect, it } from 'vitest'
import type { Check } from '../kinds/check/check.kind.ts'
import { sampleDocument } from '../kinds/sample.ts'
import type { View } from '../kinds/view/view.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { diffDocuments } from './diff-documents.ts'

const sample = sampleDocument()
const table = [...sample.objects.values()].find(({ kind }) => kind === 'table')
const columns = [...sample.objects.values()].filter(
  ({ kind, parent }) => kind === 'column' && parent === table?.id,
)
const [column] = columns
const func = [...sample.objects.values()].find(({ kind }) => kind === 'function')

/** The sample with a function named like a column, and the objects given. */
function document(
  names: { readonly column: string; readonly func: string },
  ...more: ObjectBase[]
): SchemaDocument {
  if (!column || !func) throw new Error('The sample lacks a column or a function')
  const objects = [{ ...column, name: names.column }, { ...func, name: names.func }, ...more]
  return {
    ...sample,
    objects: new Map([...sample.objects, ...objects.map((object) => [object.id, object] as const)]),
  }
}

const changedIds = (from: SchemaDocument, to: SchemaDocument) => diffDocuments(from, to).map(({ id }) => id)

const view = (query: string): View => ({
  id: 'the view',
  kind: 'view',
  parent: table?.parent ?? null,
  name: 'the_view',
  comment: null,
  query,
  columns: [],
  checkOption: null,
  securityInvoker: false,
  securityBarrier: false,
})
const check = (expression: string): Check => ({
  id: 'the check',
  kind: 'check',
  parent: table?.id ?? null,
  name: 'the_check',
  comment: null,
  expression,
  noInherit: false,
  local: true,
  notValid: false,
})

it('sees a view change with its column even where a function is renamed alike', () => {
  const from = document({ column: 'alpha', func: 'alpha' }, view('SELECT alpha FROM t'))
  const to = document({ column: 'beta', func: 'beta' }, view('SELECT beta FROM t'))
  expect(changedIds(from, to)).toContain('the view')
})

it('sees a check turn to another column that has the new name of a function', () => {
  const from = document({ column: 'alpha', func: 'alpha' }, check('alpha > 0'))
  const to = document({ column: 'alpha', func: 'beta' }, check('beta > 0'))
  expect(changedIds(from, to)).toContain('the check')
})

it('follows a renamed column in a check, and a renamed function where it is called', () => {
  const from = document({ column: 'alpha', func: 'alpha' }, check('alpha > alpha(1)'))
  const to = document({ column: 'gamma', func: 'beta' }, check('gamma > beta(1)'))
  expect(changedIds(from, to)).not.toContain('the check')
})

it('sees a view turn to another table that has the old name of its own by now', () => {
  if (!table) throw new Error('The sample lacks a table')
  const other = { ...table, id: 'other', name: 'other' }
  const from = document(
    { column: 'alpha', func: 'f' },
    { ...table, name: 't' },
    other,
    view('SELECT alpha FROM t'),
  )
  const to = document(
    { column: 'alpha', func: 'f' },
    { ...table, name: 'moved' },
    { ...other, name: 't' },
    view('SELECT alpha FROM t'),
  )
  expect(changedIds(from, to)).toContain('the view')
})

it('sees a view turn to another column that has the old name of its own by now, and only then', () => {
  const second = columns[1]
  if (!table || !second) throw new Error('The sample lacks a table of two columns')
  const views = [
    view(`SELECT alpha FROM ${table.name}`),
    { ...view('SELECT alpha FROM far'), id: 'far view' },
  ]
  const from = document({ column: 'alpha', func: 'f' }, { ...second, name: 'beta' }, ...views)
  const to = document({ column: 'gamma', func: 'f' }, { ...second, name: 'alpha' }, ...views)
  expect(changedIds(from, to)).toContain('the view')
  expect(changedIds(from, to)).not.toContain('far view')
})

it('sees that a check, the very same object, is about another column after two exchanged their names', () => {
  const second = columns[1]
  if (!second) throw new Error('The sample lacks a second column')
  const same = check('alpha > 0')
  const from = document({ column: 'alpha', func: 'f' }, { ...second, name: 'beta' }, same)
  const to = document({ column: 'beta', func: 'f' }, { ...second, name: 'alpha' }, same)
  expect(changedIds(from, to)).toContain('the check')
})

it('follows a renamed table whose schema has the same name', () => {
  const schema = table && sample.objects.get(table.parent ?? '')
  if (!table || !schema) throw new Error('The sample lacks a table or its schema')
  const namesakes = { ...schema, name: 'posts' }
  const names = { column: 'posts', func: 'f' }
  const from = document(names, namesakes, { ...table, name: 'posts' }, view('SELECT posts FROM posts.posts'))
  const to = (query: string) => document(names, namesakes, { ...table, name: 'articles' }, view(query))
  expect(changedIds(from, to('SELECT posts FROM posts.articles'))).toEqual([table.id])
  expect(changedIds(from, to('SELECT posts FROM articles.articles'))).toContain('the view')
})

it('follows a renamed schema whose table has the same name', () => {
  const schema = table && sample.objects.get(table.parent ?? '')
  if (!table || !schema) throw new Error('The sample lacks a table or its schema')
  const names = { column: 'posts', func: 'f' }
  const within = (namespace: string) =>
    document(
      names,
      { ...schema, name: namespace },
      { ...table, name: 'posts' },
      view(`SELECT posts FROM ${namespace}.posts`),
    )
  expect(changedIds(within('posts'), within('blog'))).toEqual([schema.id])
})
