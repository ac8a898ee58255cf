import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { type Check, checkKind } from './check/check.kind.ts'
import { blankColumn, type Column } from './column/column.kind.ts'
import { blankTable } from './table/blank-table.ts'
import type { Table } from './table/table.kind.ts'

/** Tables that inherit, one of them from two that share a column. */
export function inheritanceVariants(): readonly ObjectBase[] {
  const base = table('base', [])
  const tagged = table('Tagged "ones" 🐘', [])
  const derived = table('derived', [base.id, tagged.id])
  const third = table('third', [derived.id])
  const below = [derived, third]
  const own = [column(base, 'id', 'bigint'), column(tagged, 'id', 'bigint'), column(tagged, 'tag', 'text')]
  return [
    // Without a column, so that any table can inherit from them.
    { ...table('trait', []), id: 'trait table' },
    { ...table('other trait', []), id: 'other trait table' },
    base,
    tagged,
    derived,
    third,
    ...own,
    column(derived, 'extra', 'integer'),
    ...below.map((one) => ({ ...column(one, 'id', 'bigint'), local: false })),
    {
      ...column(derived, 'tag', 'text'),
      local: false,
      default: "'none'::text",
      notNull: true,
      comment: 'Own',
    },
    { ...column(third, 'tag', 'text'), local: false, notNull: true },
    { ...column(third, 'extra', 'integer'), local: false },
    check(base, true),
    ...below.map((one) => check(one, false)),
  ]
}

function table(name: string, inherits: readonly string[]): Table {
  return { ...blankTable, id: `${name} variant table`, parent: 'schema', name, inherits }
}

function column(of: Table, name: string, type: string): Column {
  return {
    ...blankColumn,
    id: `${of.name} ${name} column`,
    parent: of.id,
    name,
    ordinal: 1,
    type: pgType(type),
    notNull: false,
  }
}

function check(of: Table, local: boolean): Check {
  return {
    ...checkKind.sample,
    id: `${of.name} check`,
    parent: of.id,
    name: 'numbered',
    expression: '(id > 0)',
    local,
  }
}
