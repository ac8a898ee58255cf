import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { statement } from '../../sql/statement.ts'
import {
  isNumber,
  isText,
  isTextOrNull,
  isTexts,
  listOfReferences,
  nameField,
  oneExpression,
  requiredExpression,
} from '../fields.ts'
import type { Kind } from '../kind.ts'

/** Something PostgreSQL holds that no kind models yet, carried as the statement that makes it. */
export interface Raw extends ObjectBase {
  readonly kind: 'raw'
  /** One statement. */
  readonly sql: string
  /** PostgreSQL's words for it: "domain", "policy", "privileges". */
  readonly objectType: string
  /** The statement that undoes it; null where there is nothing to undo (a role outlives the schema). */
  readonly dropSql: string | null
  /** Its place among all raw statements, counted from 1. */
  readonly ordinal: number
  /** Objects that it rests on, found at import. */
  readonly uses: readonly ObjectId[]
}

/** A raw object of these properties. */
export const makeRaw = (own: Omit<Raw, 'kind' | 'comment'>): Raw => ({ ...own, kind: 'raw', comment: null })

export const isRaw = (object: ObjectBase): object is Raw => object.kind === 'raw'

/** Types whose rows are gone with them. */
const holdsRows = new Set(['partitioned table', 'partition', 'inheriting table', 'typed table'])

/** Objects that PostgreSQL lets no column below them change its type (0A000). */
const pinning = new Set(['materialized view', 'policy', 'rule', 'trigger', 'publication table'])

/** What columns and functions rest on, complete with its constraints before the first of them. */
const early = new Set([
  'role',
  'domain',
  'composite type',
  'range type',
  'shell type',
  'collation',
  'text search dictionary',
  'text search configuration',
  'foreign data wrapper',
  'server',
  'access method',
])

/** What statements and expressions call by its name alone. */
const named = new Set([
  ...early,
  ...holdsRows,
  'foreign table',
  'materialized view',
  'aggregate',
  'window function',
  'publication',
])

/** What acts on every object made after it. */
const late = new Set([
  'default privileges',
  'revoked default privileges',
  'default grant option',
  'event trigger',
  'event trigger state',
])

export const rawKind: Kind<Raw> = {
  name: 'raw',
  label: 'Other object',
  plural: 'Other objects',
  labelOf: ({ objectType }) => `${objectType.charAt(0).toUpperCase()}${objectType.slice(1)}`,
  icon: 'braces',
  order: 90,
  orderOf: ({ objectType }) => (early.has(objectType) ? 15 : late.has(objectType) ? 99 : 90),
  parents: [
    'schema',
    'table',
    'partition',
    'column',
    'view',
    'materialized view',
    'exclusion constraint',
    'statistics',
    'rule',
    'aggregate',
    'event trigger',
    'collation',
    'text search dictionary',
    'text search configuration',
    'function',
    'sequence',
    'enum',
    'domain',
    'composite type',
    'attribute',
    'range type',
    'domain check',
    'index',
    'primary key',
    'unique',
    'check',
    'foreign key',
    'trigger',
    'raw',
  ],
  mentionedBy: 'anything',
  isMentioned: ({ objectType }) => named.has(objectType),
  standsFor: ({ objectType }) => objectType,
  nameScope: 'parent',
  informal: true,
  fields: {
    name: nameField('replace'),
    objectType: {
      label: 'What it is',
      editor: { type: 'text' },
      valid: isText,
      alter: 'replace',
      sample: [],
    },
    sql: {
      label: 'Statement',
      editor: { type: 'code', language: 'sql' },
      valid: isText,
      alter: {
        statements: () => 'replace',
        refuses: (raw) =>
          holdsRows.has(raw.objectType)
            ? `The ${raw.objectType} ${raw.name} can only be changed by making it anew, which would lose every row of it.`
            : null,
      },
      sample: [],
      expressions: requiredExpression,
    },
    dropSql: {
      label: 'Statement that undoes it',
      editor: { type: 'code', language: 'sql' },
      valid: isTextOrNull,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
      expressions: oneExpression,
    },
    uses: {
      label: 'Rests on',
      editor: { type: 'hidden' },
      valid: isTexts,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
      references: listOfReferences,
    },
    ordinal: {
      label: 'Place',
      editor: { type: 'hidden' },
      valid: isNumber,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
    },
    comment: {
      label: 'Comment',
      editor: { type: 'hidden' },
      valid: isTextOrNull,
      alter: { statements: () => [] },
      sample: [],
    },
  },
  sample: {
    id: 'raw',
    kind: 'raw',
    parent: 'schema',
    name: 'unfinished',
    comment: null,
    sql: 'CREATE TYPE app.unfinished',
    objectType: 'shell type',
    dropSql: 'DROP TYPE app.unfinished',
    ordinal: 1,
    uses: [],
  },
  identity: (raw) => `${raw.objectType} ${raw.name}`,
  create: (raw) => [statement(raw, raw.sql)],
  drop: (raw) => (raw.dropSql === null ? [] : [statement(raw, raw.dropSql)]),
  // Let go before its table takes the sequence along, which has a DROP of its own.
  droppedWith: (raw) => (raw.objectType === 'sequence owner' ? null : raw.parent),
  pinsColumns: (raw) => pinning.has(raw.objectType),
  dataIn: (raw) => (holdsRows.has(raw.objectType) ? `every row of ${raw.name}` : null),
}
