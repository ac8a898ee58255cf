import fc from 'fast-check'
import type { ForeignKey } from '../core/kinds/foreign-key/foreign-key.kind.ts'
import type { FunctionObject } from '../core/kinds/function/function.kind.ts'
import { type InheritanceSpec, inheritanceSpec } from './arbitrary-inheritance.test-kit.ts'
import {
  type ColumnOptions,
  columnOptions,
  type GrantSpec,
  grantSpec,
  type PolicySpec,
  policySpec,
  type TableOptions,
  tableOptions,
  tablespace,
} from './arbitrary-options.test-kit.ts'
import { type OwnType, type OwnTypesSpec, ownTypes, ownTypesSpec } from './arbitrary-own-types.test-kit.ts'
import { type PartitionedSpec, partitionedSpec } from './arbitrary-partitions.test-kit.ts'
import { type ProgramsSpec, programsSpec } from './arbitrary-programs.test-kit.ts'
import { type RelationsSpec, relationsSpec } from './arbitrary-relations.test-kit.ts'

/** One state of everything that a random pair may hold; absent parts are null. References are slot numbers. */
export interface ColumnSpec {
  readonly name: string
  readonly type: number
  /** Instead of `type`, where there is such a type. */
  readonly own: OwnType | null
  /** Of the schema's own collation, where there is one and the type takes it. */
  readonly collated: boolean
  readonly array: boolean
  readonly notNull: boolean
  readonly value: 'plain' | 'default' | 'identity' | 'generated'
  readonly always: boolean
  readonly comment: string | null
  readonly options: ColumnOptions
}
export interface TableSpec {
  readonly name: string
  readonly schema: number
  readonly comment: string | null
  readonly options: TableOptions
  /** The primary key is also the replica identity. */
  readonly replicaKey: boolean
  readonly columns: readonly (ColumnSpec | null)[]
  readonly key: number | null
  readonly unique: {
    readonly name: string
    readonly column: number
    readonly nullsNotDistinct: boolean
  } | null
  readonly check: { readonly name: string; readonly column: number; readonly limit: number } | null
  readonly foreignKey: {
    readonly name: string
    readonly table: number
    readonly column: number
    readonly onDelete: ForeignKey['onDelete']
    readonly deferral: ForeignKey['deferral']
  } | null
  readonly index: {
    readonly name: string
    readonly columns: readonly number[]
    readonly unique: boolean
    readonly desc: boolean
    readonly expression: boolean
    readonly partial: boolean
    readonly tablespace: string | null
  } | null
  readonly policy: PolicySpec | null
  readonly grant: GrantSpec | null
  /** It belongs to a role, another than the one that has rights on it. */
  readonly owned: boolean
  readonly trigger: {
    readonly name: string
    readonly timing: 'before' | 'after'
    readonly column: number | null
  } | null
}
export interface SchemaSpec {
  readonly schemas: readonly (string | null)[]
  /** Whether each role of `roleNames` exists, and may log in. */
  readonly roles: readonly ({ readonly login: boolean } | null)[]
  readonly enums: readonly ({
    readonly name: string
    readonly schema: number
    readonly labels: readonly string[]
  } | null)[]
  readonly ownTypes: OwnTypesSpec
  readonly sequence: { readonly name: string; readonly increment: number } | null
  readonly func: {
    readonly name: string
    readonly volatility: FunctionObject['volatility']
    readonly extra: boolean
  } | null
  readonly relations: RelationsSpec
  readonly programs: ProgramsSpec
  readonly tables: readonly (TableSpec | null)[]
  readonly partitioned: PartitionedSpec | null
  readonly inheritance: InheritanceSpec | null
}

const tableSlots = 3
const columnSlots = 4

const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'user', 'order', 'a', 'b', 'status'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'Two Words',
      'quo"ted',
      'naïve_🐘',
      "it's",
      'semi;colon',
      '$dollar',
      'a.b',
      '`tick`',
      '$'.concat('{x}'),
      'back\\slash',
    ),
  },
  { weight: 1, arbitrary: fc.constant('n23456789_123456789_123456789_123456789_123456789_123456789_12') },
)
const comment = fc.option(
  fc.constantFrom('plain', "it's; a -- comment", 'two\nlines', '`$'.concat('{tick}`'), '\\'),
  {
    freq: 4,
  },
)
const slot = fc.nat(columnSlots - 1)

const column: fc.Arbitrary<ColumnSpec> = fc.record({
  name,
  type: fc.nat(17),
  own: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...ownTypes) },
  ),
  collated: fc.nat(3).map((roll) => roll === 0),
  array: fc.boolean().map((yes) => yes),
  notNull: fc.boolean(),
  value: fc.constantFrom('plain', 'plain', 'default', 'identity', 'generated'),
  always: fc.boolean(),
  comment,
  options: columnOptions,
})

const table: fc.Arbitrary<TableSpec> = fc.record({
  name,
  schema: fc.nat(1),
  comment,
  options: tableOptions,
  replicaKey: fc.nat(5).map((roll) => roll === 0),
  columns: fc.array(fc.option(column, { freq: 4 }), { minLength: columnSlots, maxLength: columnSlots }),
  key: fc.option(slot, { freq: 4 }),
  unique: fc.option(fc.record({ name, column: slot, nullsNotDistinct: fc.boolean() }), { freq: 1 }),
  check: fc.option(fc.record({ name, column: slot, limit: fc.nat(3) }), { freq: 1 }),
  foreignKey: fc.option(
    fc.record({
      name,
      table: fc.nat(tableSlots - 1),
      column: slot,
      onDelete: fc.constantFrom<ForeignKey['onDelete'][]>(
        'no action',
        'restrict',
        'cascade',
        'set null',
        'set default',
      ),
      deferral: fc.constantFrom<ForeignKey['deferral'][]>(
        'not deferrable',
        'deferrable',
        'initially deferred',
      ),
    }),
    { freq: 3 },
  ),
  index: fc.option(
    fc.record({
      name,
      columns: fc.uniqueArray(slot, { minLength: 1, maxLength: 2 }),
      unique: fc.boolean(),
      desc: fc.boolean(),
      expression: fc.boolean(),
      partial: fc.boolean(),
      tablespace,
    }),
    { freq: 2 },
  ),
  policy: fc.option(policySpec(name), { freq: 2 }),
  grant: fc.option(grantSpec, { freq: 2 }),
  owned: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
  trigger: fc.option(
    fc.record({
      name,
      timing: fc.constantFrom<('before' | 'after')[]>('before', 'after'),
      column: fc.option(slot),
    }),
    { freq: 1 },
  ),
})

export const schemaSpec: fc.Arbitrary<SchemaSpec> = fc.record({
  schemas: fc.array(fc.option(name, { freq: 2 }), { minLength: 1, maxLength: 1 }),
  roles: fc.array(fc.option(fc.record({ login: fc.boolean() }), { freq: 3 }), { minLength: 2, maxLength: 2 }),
  enums: fc.array(
    fc.option(
      fc.record({
        name,
        schema: fc.nat(1),
        labels: fc.uniqueArray(fc.constantFrom('new', 'open', 'won', "it's", 'Ünï', 'x y'), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { freq: 3 },
    ),
    { minLength: 1, maxLength: 1 },
  ),
  ownTypes: ownTypesSpec(name, comment),
  sequence: fc.option(fc.record({ name, increment: fc.constantFrom(1, 2, -1) }), { freq: 1 }),
  func: fc.option(
    fc.record({
      name,
      volatility: fc.constantFrom<FunctionObject['volatility'][]>('volatile', 'stable', 'immutable'),
      extra: fc.boolean(),
    }),
    { freq: 2 },
  ),
  relations: relationsSpec(name, comment, tableSlots, slot),
  programs: programsSpec(name, comment),
  partitioned: fc.option(partitionedSpec(name), { freq: 1 }),
  // Tables that inherit, in one pair of five.
  inheritance: fc.nat(4).chain((roll) => (roll === 0 ? inheritanceSpec(name) : fc.constant(null))),
  tables: fc.array(fc.option(table, { freq: 5 }), { minLength: tableSlots, maxLength: tableSlots }),
})

/** `second` only where the dice say so: a pair of unrelated schemas would hardly ever change an object in place. */
export function mix<T>(first: T, second: T, dice: Iterator<number>): T {
  if (first === null || second === null || typeof first !== 'object' || typeof second !== 'object') {
    const roll = dice.next()
    return !roll.done && roll.value < 20 ? second : first
  }
  if (Array.isArray(first) && Array.isArray(second)) {
    const parts: unknown[] = first.map((part: unknown, index) =>
      index < second.length ? mix<unknown>(part, second[index], dice) : part,
    )
    // The parts come from two values of type T, position by position.
    return (
      typeof first[0] === 'string' || typeof first[0] === 'number' ? pick(first, second, dice) : parts
    ) as T
  }
  const others = new Map<string, unknown>(Object.entries(second))
  const entries = Object.entries(first).map(([key, value]): [string, unknown] => [
    key,
    mix<unknown>(value, others.get(key), dice),
  ])
  // Every property is taken from one of two values of type T.
  return Object.fromEntries(entries) as T
}

function pick<T>(first: T, second: T, dice: Iterator<number>): T {
  const roll = dice.next()
  return !roll.done && roll.value < 25 ? second : first
}
