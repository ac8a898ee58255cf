import { expect, it } from 'vitest'
import { blankColumn, type Column } from '../kinds/column/column.kind.ts'
import { publicSchema } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import { type View, viewKind } from '../kinds/view/view.kind.ts'
import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { planMigration, type SettledSchema } from './plan-migration.ts'

const table: Table = { ...blankTable, id: 't', parent: 'public', name: 't' }
const column = (name: string, ordinal: number): Column => ({
  ...blankColumn,
  id: name,
  parent: 't',
  name,
  ordinal,
  type: pgType('integer'),
})
const viewOf = (query: string, columns: readonly string[]): View => ({
  ...viewKind.sample,
  parent: 'public',
  name: 'v',
  query,
  columns,
})

/** A table with these columns and a view that is written `written` and means all of them. */
function schemaWith(written: string, columns: readonly string[]): SettledSchema {
  const documentWith = (query: string, known: readonly string[]) => {
    const objects: readonly ObjectBase[] = [
      publicSchema('public'),
      table,
      ...columns.map((name, index) => column(name, index + 1)),
      viewOf(query, known),
    ]
    return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
  }
  const printed = `SELECT ${columns.join(', ')}\n   FROM t`
  return {
    written: documentWith(written, []),
    canonical: documentWith(
      printed,
      columns.map((name) => `${name} integer`),
    ),
  }
}

const sqlOf = (from: SettledSchema, to: SettledSchema) =>
  planMigration(from, to).up.flatMap(({ statements }) => statements.map(({ sql }) => sql))

it('names the columns that * means where the table had others before', () => {
  expect(
    sqlOf(schemaWith('SELECT t.* FROM t', ['a', 'b', 'c']), schemaWith('SELECT t.* FROM t', ['a', 'c'])),
  ).toEqual(['DROP VIEW v', 'CREATE VIEW v AS\nSELECT a, c\n   FROM t', 'ALTER TABLE t DROP COLUMN b'])
  const between = sqlOf(
    schemaWith('SELECT * FROM t', ['a', 'c']),
    schemaWith('SELECT * FROM t', ['a', 'b', 'c']),
  )
  expect(between).toContain('CREATE VIEW v AS\nSELECT a, b, c\n   FROM t')
})

it('leaves a query as it was written where its table is new, and where * is something else', () => {
  const query = 'SELECT * FROM t'
  const fresh: SettledSchema = {
    written: { objects: new Map([['public', publicSchema('public')]]), diagram: new Map() },
    canonical: { objects: new Map([['public', publicSchema('public')]]), diagram: new Map() },
  }
  expect(sqlOf(fresh, schemaWith(query, ['a', 'b']))).toContain(`CREATE VIEW v AS\n${query}`)
  const counted = 'SELECT a, count( *), a * 2 FROM t'
  expect(sqlOf(schemaWith(query, ['a', 'b']), schemaWith(counted, ['a']))).toContain(
    `CREATE VIEW v AS\n${counted}`,
  )
})
