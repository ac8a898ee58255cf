import fc from 'fast-check'
import type { Check } from '../core/kinds/check/check.kind.ts'
import { blankColumn, type Column, isColumn } from '../core/kinds/column/column.kind.ts'
import type { Enum } from '../core/kinds/enum/enum.kind.ts'
import type { ForeignKey } from '../core/kinds/foreign-key/foreign-key.kind.ts'
import type { Index } from '../core/kinds/index/index.kind.ts'
import { isPrimaryKey, type PrimaryKey } from '../core/kinds/primary-key/primary-key.kind.ts'
import type { SchemaObject } from '../core/kinds/schema/schema.kind.ts'
import type { Sequence } from '../core/kinds/sequence/sequence.kind.ts'
import { blankTable } from '../core/kinds/table/blank-table.ts'
import type { Table } from '../core/kinds/table/table.kind.ts'
import type { Trigger } from '../core/kinds/trigger/trigger.kind.ts'
import type { Unique } from '../core/kinds/unique/unique.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase } from '../core/model/object.ts'
import type { PgType } from '../core/model/pg-type.ts'
import { quoteName } from '../core/sql/quote.ts'
import { buildFunctions } from './arbitrary-functions.test-kit.ts'
import { buildInheritance } from './arbitrary-inheritance.test-kit.ts'
import { ownTypeObjects } from './arbitrary-own-types.test-kit.ts'
import { buildPartitioned } from './arbitrary-partitions.test-kit.ts'
import { programObjects } from './arbitrary-programs.test-kit.ts'
import { relationObjects } from './arbitrary-relations.test-kit.ts'
import { buildGrant, buildOwner, buildPolicy, buildRole } from './arbitrary-rights.test-kit.ts'
import {
  type ColumnSpec,
  mix,
  type SchemaSpec,
  schemaSpec,
  type TableSpec,
} from './arbitrary-spec.test-kit.ts'
import { choices, type TypeChoice } from './arbitrary-types.test-kit.ts'

/** Two documents with a shared history: most of the second is the first, renamed, retyped, moved or gone. */
export const schemaPair: fc.Arbitrary<{ readonly a: SchemaDocument; readonly b: SchemaDocument }> = fc
  .tuple(schemaSpec, schemaSpec, fc.infiniteStream(fc.integer({ min: 0, max: 99 })))
  .map(([first, second, dice]) => ({ a: build(first), b: build(mix(first, second, dice)) }))

function build(spec: SchemaSpec): SchemaDocument {
  return new Builder(spec).document()
}

/** Turns a spec into a document PostgreSQL should accept: what does not fit is left out, names are made unique. */
class Builder {
  readonly #spec: SchemaSpec
  readonly #objects = new Map<string, ObjectBase>()
  readonly #names = new Map<string, Set<string>>()

  constructor(spec: SchemaSpec) {
    this.#spec = spec
  }

  document(): SchemaDocument {
    const own: SchemaObject = { id: 'public', kind: 'schema', parent: null, name: 'public', comment: null }
    this.#put(own)
    this.#spec.schemas.forEach((schema, index) => {
      if (schema !== null)
        this.#put<SchemaObject>({ ...own, id: `schema${index}`, name: this.#free('', schema) })
    })
    this.#spec.enums.forEach((spec, index) => {
      if (spec) {
        const parent = this.#namespace(spec.schema)
        const made: Enum = {
          id: `enum${index}`,
          kind: 'enum',
          parent,
          comment: null,
          name: this.#free(parent, spec.name),
          labels: spec.labels,
        }
        this.#put(made)
      }
    })
    for (const [index, role] of this.#spec.roles.entries()) if (role) this.#put(buildRole(index, role))
    const free = (place: string, wanted: string) => this.#free(place, wanted)
    const namespace = (index: number) => this.#namespace(index)
    for (const object of ownTypeObjects(this.#spec.ownTypes, free, namespace)) this.#put(object)
    const place = (index: number) => ({ id: namespace(index), prefix: this.#prefix(namespace(index)) })
    for (const object of programObjects(this.#spec.programs, free, place)) this.#put(object)
    const { sequence, func } = this.#spec
    if (sequence) this.#sequence(sequence)
    if (func) this.#function(func)
    for (const [index, table] of this.#spec.tables.entries()) if (table) this.#table(table, index)
    for (const [index, table] of this.#spec.tables.entries()) {
      if (table?.foreignKey) this.#foreignKey(table.foreignKey, index)
    }
    const ground = {
      objects: this.#objects,
      column: (table: string, place: number) => this.#columnAt(table, place),
      isOrdered: (column: Column) => this.#isOrdered(column),
      free,
    }
    for (const object of relationObjects(this.#spec.relations, ground)) this.#put(object)
    const { partitioned } = this.#spec
    if (partitioned) {
      for (const made of buildPartitioned(partitioned, (name) => this.#free('public', name))) this.#put(made)
    }
    const { inheritance } = this.#spec
    if (inheritance) {
      for (const made of buildInheritance(inheritance, (name) => this.#free('public', name))) this.#put(made)
    }
    return { objects: this.#objects, diagram: new Map() }
  }

  #put<T extends ObjectBase>(object: T): void {
    this.#objects.set(object.id, object)
  }

  #namespace(index: number): string {
    return index === 1 && this.#objects.has('schema0') ? 'schema0' : 'public'
  }

  #prefix(namespace: string): string {
    return namespace === 'public' ? '' : `${quoteName(this.#objects.get(namespace)?.name ?? '')}.`
  }

  #collation(): string | null {
    const collation = this.#objects.get('collation')
    return collation ? `${this.#prefix(collation.parent ?? '')}${quoteName(collation.name)}` : null
  }

  #free(place: string, wanted: string): string {
    const taken = this.#names.get(place) ?? new Set()
    this.#names.set(place, taken)
    let name = wanted
    for (let round = 2; taken.has(name); round += 1) name = `${wanted.slice(0, 40)}_${round}`
    taken.add(name)
    return name
  }

  #sequence(spec: NonNullable<SchemaSpec['sequence']>): void {
    const down = spec.increment < 0
    const made: Sequence = {
      id: 'sequence',
      kind: 'sequence',
      parent: 'public',
      comment: null,
      name: this.#free('public', spec.name),
      dataType: 'bigint',
      ownedBy: null,
      options: {
        increment: `${spec.increment}`,
        cache: '1',
        cycle: false,
        min: down ? '-9223372036854775808' : '1',
        max: down ? '-1' : '9223372036854775807',
        start: down ? '-1' : '1',
      },
    }
    this.#put(made)
  }

  #function(spec: NonNullable<SchemaSpec['func']>): void {
    for (const made of buildFunctions(spec, (name) => this.#free('public', name))) this.#put(made)
  }

  #table(spec: TableSpec, index: number): void {
    const parent = this.#namespace(spec.schema)
    const id = `table${index}`
    const made: Table = {
      ...blankTable,
      ...spec.options,
      // A table with a log cannot refer to one without.
      unlogged: spec.options.unlogged && this.#spec.tables.every((other) => !other?.foreignKey),
      id,
      parent,
      comment: spec.comment,
      name: this.#free(parent, spec.name),
    }
    this.#put(made)
    for (const [place, column] of spec.columns.entries()) if (column) this.#column(column, id, place)
    const at = (place: number) => this.#columnAt(id, place)
    const key = spec.key === null ? undefined : at(spec.key)
    if (key && this.#choice(key)?.ordered && key.type.dimensions === 0 && key.generated === null) {
      const primary: PrimaryKey = {
        id: `${id} key`,
        kind: 'primary key',
        parent: id,
        comment: null,
        columns: [key.id],
        include: [],
        deferral: 'not deferrable',
        name: this.#free(parent, `${made.name.slice(0, 40)}_pkey`),
      }
      this.#put(primary)
      this.#put<Column>({ ...key, notNull: true })
      if (spec.replicaKey) this.#put<Table>({ ...made, replicaIdentity: 'default', replicaIndex: primary.id })
    }
    const single = spec.unique ? at(spec.unique.column) : undefined
    if (spec.unique && single && this.#isOrdered(single)) {
      const unique: Unique = {
        id: `${id} unique`,
        kind: 'unique',
        parent: id,
        comment: null,
        columns: [single.id],
        include: [],
        nullsNotDistinct: spec.unique.nullsNotDistinct,
        deferral: 'not deferrable',
        name: this.#free(parent, `${spec.unique.name.slice(0, 50)}_key`),
      }
      this.#put(unique)
    }
    const checked = spec.check ? at(spec.check.column) : undefined
    if (spec.check && checked) {
      const check: Check = {
        id: `${id} check`,
        kind: 'check',
        parent: id,
        comment: null,
        expression: this.#condition(checked, spec.check.limit),
        noInherit: false,
        local: true,
        notValid: false,
        name: this.#free(id, `${spec.check.name.slice(0, 50)}_check`),
      }
      this.#put(check)
    }
    if (spec.index) this.#index(spec.index, id, parent)
    const policy = spec.policy
      ? buildPolicy(id, spec.policy, this.#free(`${id} policies`, spec.policy.name), this.#objects)
      : undefined
    if (policy) this.#put(policy)
    const grant = spec.grant ? buildGrant(made, spec.grant, this.#objects) : undefined
    if (grant) this.#put(grant)
    const owner = spec.owned ? buildOwner(made, spec.grant?.role === 0 ? 1 : 0, this.#objects) : undefined
    if (owner) this.#put(owner)
    if (spec.trigger && this.#objects.has('trigger function')) this.#trigger(spec.trigger, id)
  }

  #columnAt(table: string, place: number): Column | undefined {
    const object = this.#objects.get(`${table} column${place}`)
    return object && isColumn(object) ? object : undefined
  }

  #choice(column: Column): TypeChoice | undefined {
    return choices.find(({ type }) => type.base === column.type.base)
  }

  #isOrdered(column: Column): boolean {
    return column.type.ref !== null || this.#choice(column)?.ordered === true
  }

  #column(spec: ColumnSpec, table: string, place: number): void {
    const choice = choices[spec.type]
    const own = spec.own === null ? undefined : this.#objects.get(spec.own)
    const user = own ?? (choice ? undefined : this.#objects.get('enum0'))
    const base = choice ?? choices[0]
    if (!base) return
    const array = !own && spec.array && spec.value === 'plain' && spec.type % 3 === 0
    const type: PgType = user
      ? { base: user.name, modifiers: '', dimensions: array ? 1 : 0, ref: user.id }
      : { ...base.type, dimensions: array ? 1 : 0 }
    const identity = spec.value === 'identity' && base.identity === true && !user
    const source = spec.value === 'generated' ? this.#columnAt(table, 0) : undefined
    const generated =
      source && place > 0 && !array && !user && base.type.base === 'text' && source.generated === null
    const default_ = user ? null : base.value
    const made: Column = {
      ...blankColumn,
      statistics: spec.options.statistics,
      ...(generated || array || user || !base.large
        ? {}
        : { storage: spec.options.storage, compression: spec.options.compression }),
      id: `${table} column${place}`,
      parent: table,
      comment: spec.comment,
      ordinal: place + 1,
      name: this.#free(`${table} columns`, spec.name),
      type,
      notNull: identity || (spec.notNull && !generated),
      default: spec.value === 'default' && !array ? default_ : null,
      identity: identity
        ? {
            generation: spec.always ? 'always' : 'by default',
            options: this.#identityOptions(base.type.base),
          }
        : null,
      generated: generated
        ? { expression: `(${quoteName(source.name)} IS NULL)::text`, storage: 'stored' }
        : null,
      collation: spec.collated && !user && base.family === 'text' ? this.#collation() : null,
      using: 'NULL',
    }
    this.#put(made)
  }

  #identityOptions(base: string): Sequence['options'] {
    const max = base === 'smallint' ? '32767' : base === 'integer' ? '2147483647' : '9223372036854775807'
    return { start: '1', increment: '1', min: '1', max, cache: '1', cycle: false }
  }

  #condition(column: Column, limit: number): string {
    const name = quoteName(column.name)
    const family =
      column.type.dimensions > 0 || column.type.ref !== null
        ? 'other'
        : (this.#choice(column)?.family ?? 'other')
    if (family === 'number') return `${name} > ${limit}`
    if (family === 'text') return limit > 1 ? `${name} IN ('a', 'b')` : `length(${name}) > ${limit}`
    return `${name} IS NOT NULL OR ${limit} > 0`
  }

  #index(spec: NonNullable<TableSpec['index']>, table: string, parent: string): void {
    const columns = spec.columns
      .flatMap((place) => this.#columnAt(table, place) ?? [])
      .filter((column) => this.#isOrdered(column))
    const [first] = columns
    if (!first) return
    const made: Index = {
      id: `${table} index`,
      kind: 'index',
      parent: table,
      comment: null,
      method: 'btree',
      unique: spec.unique,
      nullsNotDistinct: false,
      keys: columns.map((column, index) => ({
        column: spec.expression && index === 0 ? null : column.id,
        expression: spec.expression && index === 0 ? `(${quoteName(column.name)} IS NULL)` : null,
        opclass: null,
        collation: null,
        order: spec.desc ? 'desc' : 'asc',
        nulls: null,
      })),
      include: [],
      where: spec.partial ? `${quoteName(first.name)} IS NOT NULL` : null,
      with: [],
      tablespace: spec.tablespace,
      name: this.#free(parent, `idx_${spec.name.slice(0, 50)}`),
    }
    this.#put(made)
  }

  #trigger(spec: NonNullable<TableSpec['trigger']>, table: string): void {
    const column = spec.column === null ? undefined : this.#columnAt(table, spec.column)
    const made: Trigger = {
      id: `${table} trigger`,
      kind: 'trigger',
      parent: table,
      comment: null,
      name: this.#free(table, spec.name),
      timing: spec.timing,
      events: column ? ['update'] : ['insert', 'update'],
      updateOf: column ? [column.id] : [],
      level: 'row',
      when: null,
      function: 'trigger function',
      functionName: this.#objects.get('trigger function')?.name ?? '',
      arguments: [],
      constraint: null,
      oldTable: null,
      newTable: null,
      enabled: 'origin',
    }
    this.#put(made)
  }

  #foreignKey(spec: NonNullable<TableSpec['foreignKey']>, index: number): void {
    const table = `table${index}`
    const key = this.#objects.get(`table${spec.table} key`)
    const target = key && isPrimaryKey(key) ? this.#objects.get(key.columns[0] ?? '') : undefined
    const column = this.#columnAt(table, spec.column)
    if (
      !key?.parent ||
      !target ||
      !isColumn(target) ||
      !column ||
      column.generated ||
      column.id === target.id
    )
      return
    if (target.type.base !== column.type.base || column.type.dimensions > 0) return
    const made: ForeignKey = {
      id: `${table} foreign key`,
      kind: 'foreign key',
      parent: table,
      comment: null,
      columns: [column.id],
      referencedTable: key.parent,
      referencedColumns: [target.id],
      onUpdate: 'no action',
      onDelete: spec.onDelete,
      onDeleteColumns: [],
      match: 'simple',
      deferral: spec.deferral,
      notValid: false,
      name: this.#free(table, `${spec.name.slice(0, 50)}_fkey`),
    }
    this.#put(made)
  }
}
