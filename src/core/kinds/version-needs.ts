import type { TargetVersion } from '../migration/target-version.ts'
import type { ObjectBase } from '../model/object.ts'
import { identifiersIn } from '../sql/identifiers.ts'
import type { Column } from './column/column.kind.ts'
import { expressionsOf } from './field-access.ts'
import type { Partitioning } from './partitioning.ts'
import { usualMultirangeName } from './range-type/range-type.ddl.ts'
import { type KindName, kindOf, type ObjectOf } from './registry.ts'
import type { Rights } from './rights.ts'
import { accessMethodChangesSince, type Stored } from './storage.ts'

/** Something that older servers do not have. */
export interface VersionNeed {
  /** The first version that has it. */
  readonly since: TargetVersion
  /** "virtual generated columns" */
  readonly what: string
  readonly field?: string
}

type Needs<T> = (object: T) => VersionNeed | null | false

const maintain: Needs<Rights> = ({ privileges, revoked }) =>
  [...privileges, ...revoked].includes('MAINTAIN') && {
    since: 17,
    what: 'the right MAINTAIN',
    field: 'privileges',
  }

/** Partitions had to name it, each its own. */
const methodOfPartitions: Needs<Partitioning & Stored> = ({ partitionBy, accessMethod }) =>
  partitionBy !== null &&
  accessMethod !== null && {
    since: 17,
    what: 'access methods of partitioned tables',
    field: 'accessMethod',
  }

/** What an object uses that PostgreSQL 13 does not have (release notes, appendix E). */
const needs: { readonly [K in KindName]?: readonly Needs<ObjectOf<K>>[] } = {
  column: [
    ({ generated }) =>
      generated?.storage === 'virtual' && {
        since: 18,
        what: 'virtual generated columns',
        field: 'generated',
      },
    ({ compression }) =>
      compression !== null && { since: 14, what: 'compression of a column', field: 'compression' },
    ({ type }) =>
      type.base === 'numeric' &&
      isOddScale(type.modifiers) && {
        since: 15,
        what: 'scales below zero or beyond the precision',
        field: 'type',
      },
    ({ type }) => type.base.endsWith('multirange') && { since: 14, what: 'multirange types', field: 'type' },
  ],
  table: [methodOfPartitions],
  partition: [methodOfPartitions],
  unique: [
    ({ nullsNotDistinct }) =>
      nullsNotDistinct && { since: 15, what: 'NULLS NOT DISTINCT', field: 'nullsNotDistinct' },
  ],
  index: [
    ({ nullsNotDistinct }) =>
      nullsNotDistinct && { since: 15, what: 'NULLS NOT DISTINCT', field: 'nullsNotDistinct' },
    ({ method, include }) =>
      method === 'spgist' &&
      include.length > 0 && { since: 14, what: 'INCLUDE of an SP-GiST index', field: 'include' },
    ({ keys }) =>
      keys.some(({ opclass }) => /_(minmax_multi|bloom)_ops\b/.test(opclass ?? '')) && {
        since: 14,
        what: 'operator classes minmax_multi and bloom',
        field: 'keys',
      },
  ],
  statistics: [
    ({ items }) =>
      items.some((item) => !isName(item)) && { since: 14, what: 'statistics of expressions', field: 'items' },
  ],
  'range type': [
    ({ name, multirangeName }) =>
      multirangeName !== usualMultirangeName(name) && {
        since: 14,
        what: 'multirange types with a name of their own',
        field: 'multirangeName',
      },
  ],
  collation: [
    ({ provider }) => provider === 'builtin' && { since: 17, what: 'builtin collations', field: 'provider' },
    ({ rules }) => rules !== null && { since: 16, what: 'collation rules', field: 'rules' },
  ],
  role: [
    ({ memberOf }) =>
      memberOf.some((entry) => / WITH .*\b(INHERIT|SET)\b/.test(entry)) && {
        since: 16,
        what: 'memberships with INHERIT or SET of their own',
        field: 'memberOf',
      },
  ],
  grant: [maintain],
  'default privileges': [maintain],
  'event trigger': [
    ({ event }) => event === 'login' && { since: 17, what: 'event triggers at login', field: 'event' },
  ],
  'foreign key': [
    ({ onDeleteColumns }) =>
      onDeleteColumns.length > 0 && {
        since: 15,
        what: 'a list of columns after ON DELETE SET NULL',
        field: 'onDeleteColumns',
      },
  ],
  view: [
    ({ securityInvoker }) =>
      securityInvoker && { since: 15, what: 'security_invoker of views', field: 'securityInvoker' },
  ],
  function: [
    ({ standardBody }) =>
      standardBody && { since: 14, what: 'function bodies without quotes', field: 'body' },
  ],
}

function isOddScale(modifiers: string): boolean {
  const [precision = 0, scale = 0] = modifiers.split(',').map(Number)
  return scale < 0 || scale > precision
}

function isName(item: string): boolean {
  return /^([a-z_][a-z0-9_$]*|"([^"]|"")+")$/.test(item)
}

/** Functions by the version that brought them. */
const functions: ReadonlyMap<string, TargetVersion> = new Map([
  ['uuidv7', 18],
  ['uuidv4', 18],
  ['casefold', 18],
  ['array_sort', 18],
  ['json_table', 17],
  ['json_query', 17],
  ['json_value', 17],
  ['json_exists', 17],
  ['random_normal', 16],
  ['any_value', 16],
  ['regexp_like', 15],
  ['regexp_count', 15],
  ['regexp_substr', 15],
  ['date_bin', 14],
  ['string_to_table', 14],
  ['bit_count', 14],
])

/** What the object uses that came after the version. */
export function needsBeyond(object: ObjectBase, version: TargetVersion): readonly VersionNeed[] {
  const byName: Readonly<Record<string, readonly Needs<never>[] | undefined>> = needs
  const own = byName[object.kind] ?? []
  // The rules stand under the name of the kind whose objects they take.
  const found = own.flatMap((rule) => rule(object as never) || [])
  for (const text of expressionsOf(object, kindOf(object))) {
    for (const { name, called } of identifiersIn(text)) {
      const since = called ? functions.get(name) : undefined
      if (since !== undefined) found.push({ since, what: `${name}()` })
    }
  }
  return found.filter(({ since }) => since > version)
}

/** The first version whose ALTER can make this change of a field in place; 13 for all that is not listed. */
export function alterableSince(from: ObjectBase, field: string): TargetVersion {
  if (field === 'accessMethod') return accessMethodChangesSince
  return from.kind === 'column' && field === 'generated' && isComputed(from) ? 17 : 13
}

function isComputed(object: ObjectBase): boolean {
  // Asked of columns alone.
  return (object as Column).generated !== null
}
