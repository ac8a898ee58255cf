import { describe, expect, it } from 'vitest'
import { documentSql } from '../ddl/ddl-of-document.ts'
import type { Check } from '../kinds/check/check.kind.ts'
import { blankColumn, type Column } from '../kinds/column/column.kind.ts'
import type { Enum } from '../kinds/enum/enum.kind.ts'
import type { ForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import type { FunctionObject } from '../kinds/function/function.kind.ts'
import type { Index } from '../kinds/index/index.kind.ts'
import type { PrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import type { SchemaObject } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import type { View } from '../kinds/view/view.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { planChanges } from './plan-changes.ts'
import { planMigration } from './plan-migration.ts'

const own: SchemaObject = { id: 'public', kind: 'schema', parent: null, name: 'public', comment: null }
const table = (id: string, name = id): Table => ({ ...blankTable, id, parent: 'public', name })
const column = (parent: string, name: string, over: Partial<Column> = {}): Column => ({
  ...blankColumn,
  id: `${parent}.${name}`,
  parent,
  name,
  ordinal: 1,
  type: pgType('integer'),
  ...over,
})
const key = (parent: string, ...columns: string[]): PrimaryKey => ({
  id: `${parent} key`,
  kind: 'primary key',
  parent,
  name: `${parent}_pkey`,
  comment: null,
  columns: columns.map((name) => `${parent}.${name}`),
  include: [],
  deferral: 'not deferrable',
})
const foreignKey = (from: string, to: string): ForeignKey => ({
  id: `${from} to ${to}`,
  kind: 'foreign key',
  parent: from,
  name: `${from}_${to}_fkey`,
  comment: null,
  columns: [`${from}.${to}_id`],
  referencedTable: to,
  referencedColumns: [`${to}.id`],
  onUpdate: 'no action',
  onDelete: 'cascade',
  onDeleteColumns: [],
  match: 'simple',
  deferral: 'not deferrable',
  notValid: false,
})
const mood = (labels: readonly string[]): Enum => ({
  id: 'mood',
  kind: 'enum',
  parent: 'public',
  name: 'mood',
  comment: null,
  labels,
})
const app: SchemaObject = { ...own, id: 'app', name: 'app' }
const functionOf = (name: string): FunctionObject => ({
  id: `function ${name}`,
  kind: 'function',
  parent: 'public',
  name,
  comment: null,
  procedure: false,
  arguments: 'x integer',
  identityArguments: null,
  returns: 'integer',
  language: 'sql',
  body: 'SELECT x',
  standardBody: false,
  volatility: 'volatile',
  strict: false,
  securityDefiner: false,
  leakproof: false,
  parallel: 'unsafe',
  cost: null,
  rows: null,
  settings: [],
})
const viewOf = (query: string, columns: readonly string[] = []): View => ({
  id: 'v',
  kind: 'view',
  parent: 'public',
  name: 'v',
  comment: null,
  query,
  columns,
  checkOption: null,
  securityInvoker: false,
  securityBarrier: false,
})
const document = (...objects: ObjectBase[]): SchemaDocument => ({
  objects: new Map([own, ...objects].map((object) => [object.id, object])),
  diagram: new Map(),
})
const settled = (written: SchemaDocument) => ({ written, canonical: written })
const sqlOf = (from: SchemaDocument, to: SchemaDocument) => {
  const { steps, refusals } = planChanges(from, to)
  expect(refusals).toEqual([])
  return steps.flatMap(({ statements }) => statements.map(({ sql }) => sql))
}

describe('planChanges', () => {
  it('plans nothing between equal documents', () => {
    const one = document(table('t'), column('t', 'c', { default: '1' }))
    const two = document(table('t'), column('t', 'c', { default: '1' }))
    expect(sqlOf(one, two)).toEqual([])
  })

  it('renames, retypes and sets NOT NULL on one column in an order that works', () => {
    const before = column('t', 'c')
    const after = { ...before, name: 'd', type: pgType('bigint'), notNull: true }
    expect(sqlOf(document(table('t'), before), document(table('t'), after))).toEqual([
      'ALTER TABLE t RENAME COLUMN c TO d',
      'ALTER TABLE t ALTER COLUMN d TYPE bigint',
      'ALTER TABLE t ALTER COLUMN d SET NOT NULL',
    ])
  })

  it('exchanges two names by way of a third', () => {
    const statements = sqlOf(
      document(table('1', 'a'), table('2', 'b')),
      document(table('1', 'b'), table('2', 'a')),
    )
    expect(statements).toHaveLength(3)
    expect(statements[0]).toMatch(/^ALTER TABLE [ab] RENAME TO relata_[0-9a-f]{8}$/)
    expect(statements[2]).toMatch(/^ALTER TABLE relata_[0-9a-f]{8} RENAME TO [ab]$/)
  })

  it('gives a name to a new table only when its old holder is gone', () => {
    expect(sqlOf(document(table('old', 't')), document(table('new', 't')))).toEqual([
      'DROP TABLE t',
      'CREATE TABLE t ()',
    ])
  })

  it('drops a type after the column that lets go of it', () => {
    const typed = column('t', 'c', { type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'mood' } })
    const free = { ...typed, type: pgType('text') }
    expect(sqlOf(document(mood(['sad']), table('t'), typed), document(table('t'), free))).toEqual([
      'ALTER TABLE t ALTER COLUMN c TYPE text',
      'DROP TYPE mood',
    ])
  })

  it('says what a dropped table loses, and drops what lives in it without a word', () => {
    const { steps } = planChanges(document(table('t'), column('t', 'id'), key('t', 'id')), document())
    expect(steps.map(({ title }) => title)).toEqual(['Drop table t'])
    expect(steps[0]?.hazards).toMatchObject([{ code: 'loses-data' }])
    expect(steps[0]?.removes.toSorted()).toEqual(['t', 't key', 't.id'])
  })

  it('drops two tables that refer to each other', () => {
    const circle = [
      table('a'),
      column('a', 'id'),
      column('a', 'b_id'),
      key('a', 'id'),
      table('b'),
      column('b', 'id'),
      column('b', 'a_id'),
      key('b', 'id'),
      foreignKey('a', 'b'),
      foreignKey('b', 'a'),
    ]
    const statements = sqlOf(document(...circle), document())
    expect(statements).toHaveLength(3)
    expect(statements[0]).toMatch(/DROP CONSTRAINT/)
  })

  it('follows an expression through a rename instead of changing it', () => {
    const check = {
      id: 'check',
      kind: 'check',
      parent: 't',
      name: 't_check',
      comment: null,
      noInherit: false,
      local: true,
      notValid: false,
    } as const
    const before = document(table('t'), column('t', 'c'), { ...check, expression: 'c > 0' } as ObjectBase)
    const after = document(table('t'), { ...column('t', 'c'), name: 'd' }, {
      ...check,
      expression: 'd > 0',
    } as ObjectBase)
    expect(sqlOf(before, after)).toEqual(['ALTER TABLE t RENAME COLUMN c TO d'])
  })
})

/** Shrunk from random pairs that once failed. */
describe('planChanges, cases found at random', () => {
  it('parks a table that moves and is renamed while its name is taken on the way', () => {
    const from = document(
      app,
      table('other', 'alpha'),
      { ...table('t', 'taken'), parent: 'app' },
      table('x', 'taken'),
    )
    const to = document(app, table('other', 'alpha'), table('t', 'free'), table('x', 'taken'))
    expect(sqlOf(from, to)).toEqual([
      expect.stringMatching(/^ALTER TABLE app\.taken RENAME TO relata_/),
      expect.stringMatching(/^ALTER TABLE app\.relata_\w+ SET SCHEMA public$/),
      expect.stringMatching(/^ALTER TABLE relata_\w+ RENAME TO free$/),
    ])
  })

  it('drops an index before its table moves', () => {
    const index: Index = {
      id: 'i',
      kind: 'index',
      parent: 't',
      name: 'idx',
      comment: null,
      method: 'btree',
      unique: false,
      nullsNotDistinct: false,
      keys: [{ column: 't.c', expression: null, opclass: null, collation: null, order: 'asc', nulls: null }],
      include: [],
      where: null,
      with: [],
      tablespace: null,
    }
    const moved = { ...table('t'), parent: 'app' }
    expect(
      sqlOf(document(app, table('t'), column('t', 'c'), index), document(app, moved, column('t', 'c'))),
    ).toEqual(['DROP INDEX idx', 'ALTER TABLE t SET SCHEMA app'])
  })

  it('takes identity off in a statement of its own before the type changes', () => {
    const options = { start: '1', increment: '1', min: '1', max: '2147483647', cache: '1', cycle: false }
    const before = column('t', 'c', { notNull: true, identity: { generation: 'always', options } })
    const after = { ...before, identity: null, type: pgType('numeric') }
    expect(sqlOf(document(table('t'), before), document(table('t'), after))).toEqual([
      'ALTER TABLE t ALTER COLUMN c DROP IDENTITY',
      'ALTER TABLE t ALTER COLUMN c TYPE numeric',
    ])
  })

  it('lets go of an expression before its column is dropped, whatever else changes on the table', () => {
    const generated = column('t', 'g', { ordinal: 2, generated: { expression: 'c + 1', storage: 'stored' } })
    const from = document(table('t'), column('t', 'c'), generated)
    const plain: Column = { ...generated, generated: null }
    const to = document({ ...table('t'), comment: 'new' }, plain)
    const statements = sqlOf(from, to)
    expect(statements.indexOf('ALTER TABLE t ALTER COLUMN g DROP EXPRESSION')).toBeLessThan(
      statements.indexOf('ALTER TABLE t DROP COLUMN c'),
    )
    expect(statements).toHaveLength(3)
  })

  it('rebuilds a view around a change of the enum that its columns have', () => {
    const typed = column('t', 'c', { type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'mood' } })
    const view = viewOf('SELECT c FROM t')
    const statements = sqlOf(
      document(mood(['sad', 'ok', 'happy']), table('t'), typed, view),
      document(mood(['sad', 'happy']), table('t'), typed, view),
    )
    const changed = statements.findIndex((sql) => sql.startsWith('ALTER TYPE mood RENAME TO'))
    expect(statements.indexOf('DROP VIEW v')).toBeLessThan(changed)
    expect(statements.findIndex((sql) => sql.startsWith('CREATE VIEW v'))).toBeGreaterThan(changed)
  })
})

describe('planMigration, cases found at random', () => {
  it('lets conditions follow a rename between the parts of a plan', () => {
    const check = (expression: string): Check => ({
      id: 'check',
      kind: 'check',
      parent: 't',
      name: 't_check',
      comment: null,
      expression,
      noInherit: false,
      local: true,
      notValid: false,
    })
    const renamed: Column = { ...column('t', 'c'), name: 'user' }
    const before = document(mood(['sad']), table('t'), column('t', 'c'), check('c > 0'))
    const after = document(mood(['ok', 'sad']), table('t'), renamed, check('"user" > 0'))
    const { parts, down } = planMigration(settled(before), settled(after))
    expect(parts).toHaveLength(2)
    expect(down.map(({ title }) => title).filter((title) => title.includes('check'))).toEqual([])
  })

  it('adds labels, which commits, before it renames or rebuilds anything', () => {
    const before = document(mood(['sad']), table('t'), column('t', 'c'), viewOf('SELECT c FROM t'))
    const renamed: Column = { ...column('t', 'c'), name: 'd', type: pgType('bigint') }
    const after = document(mood(['ok', 'sad']), table('t'), renamed, viewOf('SELECT d FROM t'))
    const { up, parts } = planMigration(settled(before), settled(after))
    expect(up[0]?.statements[0]?.sql).toBe("ALTER TYPE mood ADD VALUE 'ok' BEFORE 'sad'")
    expect(parts?.map((part) => part.up[0]?.transactional)).toEqual([false, true])
  })

  it('renames a type out of the way that is dropped only after its name was taken', () => {
    const typed = column('t', 'c', { type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'mood' } })
    const from = document(mood(['sad']), table('t'), typed)
    const to = document(table('t', 'mood'), column('t', 'c', { type: pgType('text') }))
    expect(sqlOf(from, to)).toEqual([
      expect.stringMatching(/^ALTER TYPE mood RENAME TO relata_/),
      'ALTER TABLE t RENAME TO mood',
      'ALTER TABLE mood ALTER COLUMN c TYPE text',
      expect.stringMatching(/^DROP TYPE relata_/),
    ])
  })

  it('takes the type of a column for no column of that name', () => {
    const typed = column('t', 'c', { type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'mood' } })
    const generated = column('t', 'mood', { generated: { expression: 'c IS NULL', storage: 'stored' } })
    const statements = sqlOf(
      document(mood(['sad']), table('t')),
      document(mood(['sad']), table('t'), typed, generated),
    )
    expect(statements.map((sql) => sql.split(' ').slice(0, 6).join(' '))).toEqual([
      'ALTER TABLE t ADD COLUMN c',
      'ALTER TABLE t ADD COLUMN mood',
    ])
  })

  it('moves a table to where a function with its name is dropped, and takes neither for the other', () => {
    const inApp = { ...table('t'), parent: 'app' }
    const common = [app, column('t', 'c')]
    const before = document(...common, inApp, functionOf('t'), viewOf('SELECT c FROM app.t'))
    const after = document(...common, table('t'), viewOf('SELECT c FROM t'))
    const statements = sqlOf(before, after)
    expect(statements).toContain('DROP FUNCTION t(integer)')
    expect(statements.indexOf('ALTER TABLE app.t SET SCHEMA public')).toBeLessThan(
      statements.findIndex((sql) => sql.includes('VIEW v AS')),
    )
  })

  it('knows the output of a view between the parts of a plan', () => {
    const one = [table('t'), column('t', 'c'), column('t', 'd')]
    const before = { written: document(mood(['sad']), ...one, viewOf('SELECT c FROM t')) }
    const after = { written: document(mood(['ok', 'sad']), ...one, viewOf('SELECT c, d FROM t')) }
    const { down } = planMigration(
      { ...before, canonical: document(mood(['sad']), ...one, viewOf('SELECT c FROM t', ['c'])) },
      {
        ...after,
        canonical: document(mood(['ok', 'sad']), ...one, viewOf('SELECT c, d FROM t', ['c', 'd'])),
      },
    )
    expect(down.flatMap(({ statements }) => statements.map(({ sql }) => sql))).toContain('DROP VIEW v')
  })
})

describe('documentSql', () => {
  it('writes keys inside the table, and breaks a circle of foreign keys by one ALTER TABLE', () => {
    const sql = documentSql(
      document(
        table('a'),
        column('a', 'id', { notNull: true }),
        column('a', 'b_id', { ordinal: 2 }),
        key('a', 'id'),
        table('b'),
        column('b', 'id', { notNull: true }),
        column('b', 'a_id', { ordinal: 2 }),
        key('b', 'id'),
        foreignKey('a', 'b'),
        foreignKey('b', 'a'),
      ),
    )
    expect(sql).toMatchInlineSnapshot(`
      "CREATE TABLE b (
        id integer NOT NULL,
        a_id integer,
        CONSTRAINT b_pkey PRIMARY KEY (id)
      );

      CREATE TABLE a (
        id integer NOT NULL,
        b_id integer,
        CONSTRAINT a_pkey PRIMARY KEY (id),
        CONSTRAINT a_b_fkey FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE
      );

      ALTER TABLE b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE;
      "
    `)
  })
})
