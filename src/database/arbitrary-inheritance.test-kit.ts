import fc from 'fast-check'
import { type Check, checkKind } from '../core/kinds/check/check.kind.ts'
import { blankColumn, type Column } from '../core/kinds/column/column.kind.ts'
import { type Index, indexKind } from '../core/kinds/index/index.kind.ts'
import { blankTable } from '../core/kinds/table/blank-table.ts'
import type { Table } from '../core/kinds/table/table.kind.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { pgType } from '../core/model/pg-type.ts'
import { quoteName } from '../core/sql/quote.ts'

/** Two tables, one that inherits from some of them, and one below that. */
export interface InheritanceSpec {
  readonly parents: readonly ParentSpec[]
  readonly child: ChildSpec | null
  readonly below: ChildSpec | null
}

interface ParentSpec {
  readonly name: string
  readonly columns: readonly (ColumnSpec | null)[]
  /** A column that both have. */
  readonly shared: boolean
  readonly check: number | null
}

interface ColumnSpec {
  readonly name: string
  readonly type: 'integer' | 'bigint' | 'text'
  readonly notNull: boolean
  readonly default: boolean
}

interface ChildSpec {
  readonly name: string
  /** 0: none, 1: the first, 2: both, 3: the second. */
  readonly from: number
  /** By column that it inherits: whether it says it too, and what it says otherwise. */
  readonly said: readonly {
    readonly local: boolean
    readonly notNull: boolean
    readonly default: boolean
    readonly comment: boolean
  }[]
  readonly extra: ColumnSpec | null
  readonly index: boolean
  readonly checked: boolean
}

const rarely = fc.nat(3).map((roll) => roll === 0)

export const inheritanceSpec = (name: fc.Arbitrary<string>): fc.Arbitrary<InheritanceSpec> => {
  const column: fc.Arbitrary<ColumnSpec> = fc.record({
    name,
    type: fc.constantFrom<ColumnSpec['type'][]>('integer', 'integer', 'bigint', 'text'),
    notNull: fc.boolean(),
    default: fc.boolean(),
  })
  const parent: fc.Arbitrary<ParentSpec> = fc.record({
    name,
    columns: fc.array(fc.option(column, { freq: 4 }), { minLength: 3, maxLength: 3 }),
    shared: fc.boolean(),
    check: fc.option(fc.nat(3), { freq: 1 }),
  })
  const child: fc.Arbitrary<ChildSpec> = fc.record({
    name,
    from: fc.constantFrom(0, 1, 1, 2, 3),
    said: fc.array(fc.record({ local: rarely, notNull: rarely, default: rarely, comment: rarely }), {
      minLength: 4,
      maxLength: 4,
    }),
    extra: fc.option(column),
    index: fc.boolean(),
    checked: rarely,
  })
  return fc.record({
    parents: fc.array(parent, { minLength: 2, maxLength: 2 }),
    child: fc.option(child, { freq: 5 }),
    below: fc.option(child, { freq: 2 }),
  })
}

interface Built {
  readonly table: Table
  readonly columns: readonly Column[]
  readonly check: Check | null
}

/** `free` makes names of tables and indexes unique. */
export function buildInheritance(
  spec: InheritanceSpec,
  free: (name: string) => string,
): readonly ObjectBase[] {
  const parents = spec.parents.map((parent, place) => buildParent(parent, place, free))
  const objects: ObjectBase[] = parents.flatMap(partsOf)
  const [first, second] = parents
  if (!spec.child || !first || !second) return objects
  const chosen = [[], [first], [first, second], [second]][spec.child.from] ?? []
  const child = buildChild('inherits child', spec.child, chosen, free)
  objects.push(...partsOf(child), ...indexOf(child, spec.child, free))
  if (!spec.below) return objects
  const below = buildChild('inherits below', spec.below, spec.below.from % 2 === 0 ? [] : [child], free)
  return [...objects, ...partsOf(below), ...indexOf(below, spec.below, free)]
}

function partsOf({ table, columns, check }: Built): readonly ObjectBase[] {
  return [table, ...columns, ...(check ? [check] : [])]
}

function buildParent(spec: ParentSpec, place: number, free: (name: string) => string): Built {
  const id = `inherits ${place}`
  const table: Table = { ...blankTable, id, parent: 'public', name: free(spec.name) }
  const names = new Set<string>()
  const columns = spec.columns.flatMap((column, slot) => {
    const name = `${place === 0 ? 'a' : 'b'} ${column?.name ?? ''}`.slice(0, 40)
    if (!column || names.has(name)) return []
    names.add(name)
    return [buildColumn(column, name, id, slot)]
  })
  const shared: Column = {
    ...blankColumn,
    id: `${id} shared`,
    parent: id,
    name: 'shared',
    ordinal: 9,
    type: pgType('integer'),
  }
  const [first] = columns
  const check: Check | null =
    first && spec.check !== null
      ? {
          ...checkKind.sample,
          id: `${id} check`,
          parent: id,
          name: `checked ${place}`,
          expression: `${quoteName(first.name)} IS NOT NULL OR ${spec.check} > 0`,
        }
      : null
  return { table, columns: [...columns, ...(spec.shared ? [shared] : [])], check }
}

function buildColumn(spec: ColumnSpec, name: string, table: string, slot: number): Column {
  return {
    ...blankColumn,
    id: `${table} column${slot}`,
    parent: table,
    name,
    ordinal: slot + 1,
    type: pgType(slot === 0 ? 'integer' : spec.type),
    notNull: spec.notNull,
    default: spec.default ? (slot !== 0 && spec.type === 'text' ? "'a'::text" : '1') : null,
    using: 'NULL',
  }
}

function buildChild(
  id: string,
  spec: ChildSpec,
  above: readonly Built[],
  free: (name: string) => string,
): Built {
  const table: Table = {
    ...blankTable,
    id,
    parent: 'public',
    name: free(spec.name),
    inherits: above.map((parent) => parent.table.id),
  }
  const inherited = new Map<string, Column>()
  for (const column of above.flatMap(({ columns }) => columns)) {
    const known = inherited.get(column.name)
    inherited.set(column.name, known ? { ...known, notNull: known.notNull || column.notNull } : column)
  }
  const columns = [...inherited.values()].map((column, place): Column => {
    const said = spec.said[place % spec.said.length]
    const isText = column.type.base === 'text'
    return {
      ...column,
      id: `${id} ${column.name === 'shared' ? 'shared' : column.id}`,
      parent: id,
      ordinal: place + 1,
      // PostgreSQL 18 changes no type where a table below says NOT NULL, too: its own, of the first, stays.
      local: column.id.includes('column0') && said?.local === true,
      notNull: column.notNull || said?.notNull === true,
      default: said?.default ? (isText ? "'b'::text" : '2') : column.default,
      comment: said?.comment ? 'Said' : null,
    }
  })
  const extra = spec.extra
    ? [buildColumn(spec.extra, id === 'inherits child' ? 'extra' : 'more', id, 20)]
    : []
  const check = above.find((parent) => parent.check !== null)?.check ?? null
  return {
    table,
    columns: [...columns, ...extra],
    check: check && { ...check, id: `${id} check`, parent: id, local: spec.checked },
  }
}

function indexOf(
  { table, columns }: Built,
  spec: ChildSpec,
  free: (name: string) => string,
): readonly Index[] {
  const [first] = columns
  if (!first || !spec.index) return []
  return [
    {
      ...indexKind.sample,
      id: `${table.id} index`,
      parent: table.id,
      name: free(`${table.name.slice(0, 40)}_idx`),
      keys: indexKind.sample.keys.map((key) => ({ ...key, column: first.id })),
    },
  ]
}
