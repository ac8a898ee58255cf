import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import {
  asPrinted,
  commentField,
  isFlag,
  isOneOf,
  isText,
  isTextOrNull,
  isTexts,
  nameField,
  oneExpression,
} from '../fields.ts'
import { includeField } from '../key.ts'
import type { Kind } from '../kind.ts'
import { type InTablespace, methodNamed, tablespaceField } from '../storage.ts'
import { indexCatalog } from './index.catalog.ts'
import { alterTablespace, alterWith, createIndexSql } from './index.ddl.ts'
import { addIndex, removeIndex } from './index.sequelize.ts'

/** One key of an index: a column or an expression, with what follows it in CREATE INDEX. */
export interface IndexKey {
  /** Exactly one of the two is set. */
  readonly column: ObjectId | null
  readonly expression: string | null
  /** As written in SQL, only where it is not the default of the type. With its options: `gist_ltree_ops(siglen='100')`. */
  readonly opclass: string | null
  readonly collation: string | null
  readonly order: 'asc' | 'desc'
  /** null: PostgreSQL's default for the order (last when ascending, first when descending). */
  readonly nulls: 'first' | 'last' | null
}

/** An index that no constraint owns (docs 11). Its name lives in the schema of its table. */
export interface Index extends InTablespace {
  readonly kind: 'index'
  readonly method: string
  readonly unique: boolean
  readonly nullsNotDistinct: boolean
  readonly keys: readonly IndexKey[]
  readonly include: readonly ObjectId[]
  /** Partial index: the predicate. */
  readonly where: string | null
  /** Storage parameters as `name=value`, sorted. */
  readonly with: readonly string[]
}

export const isIndex = (object: ObjectBase): object is Index => object.kind === 'index'

/** The methods of PostgreSQL itself (docs 11.2); extensions bring more. */
export const indexMethods = ['btree', 'hash', 'gin', 'gist', 'spgist', 'brin'] as const

const isBuiltIn = isOneOf(indexMethods)

const plain: IndexKey = {
  column: null,
  expression: null,
  opclass: null,
  collation: null,
  order: 'asc',
  nulls: null,
}

export const indexKind: Kind<Index> = {
  name: 'index',
  label: 'Index',
  plural: 'Indexes',
  icon: 'list-tree',
  order: 65,
  parents: ['table', 'partition', 'materialized view'],
  fields: {
    name: nameField(
      (index, newName, schema) => `ALTER INDEX ${qualifiedName(index, schema)} RENAME TO ${newName}`,
    ),
    keys: {
      label: 'Keys',
      editor: { type: 'index-keys' },
      valid: isKeys,
      alter: 'replace',
      sample: [
        [{ ...plain, expression: 'lower(email)' }],
        [
          { ...plain, column: 'email column', opclass: 'text_pattern_ops', order: 'desc' },
          { ...plain, column: 'id column', nulls: 'first' },
        ],
        [
          { ...plain, column: 'email column', collation: '"C"', order: 'desc', nulls: 'last' },
          { ...plain, expression: '(account_id + 1)' },
        ],
      ],
      references: {
        map: (keys, change) =>
          keys.map((key) => (key.column === null ? key : { ...key, column: change(key.column) })),
      },
      expressions: {
        map: (keys, change) =>
          keys.map((key) => (key.expression === null ? key : { ...key, expression: change(key.expression) })),
      },
    },
    unique: {
      label: 'Unique',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: 'replace',
      sample: [true, false],
    },
    nullsNotDistinct: {
      label: 'Nulls are equal',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: 'replace',
      sample: [true, false],
    },
    method: {
      label: 'Method',
      editor: { type: 'choice', options: indexMethods.map((value) => ({ value, label: value })) },
      valid: isText,
      alter: 'replace',
      sample: ['hash', 'brin', 'btree'],
    },
    include: includeField(),
    where: {
      label: 'Where',
      editor: { type: 'expression', placeholder: "status = 'active'" },
      valid: isTextOrNull,
      alter: 'replace',
      sample: ['(id > 5)', "(email ~~ 'a;b%'::text)", null],
      expressions: oneExpression,
    },
    with: {
      label: 'Storage parameters',
      editor: { type: 'texts', placeholder: 'fillfactor=90' },
      valid: isTexts,
      alter: alterWith,
      sample: [['fillfactor=70'], ['deduplicate_items=off', 'fillfactor=80'], []],
      expressions: asPrinted,
    },
    tablespace: tablespaceField(alterTablespace),
    comment: commentField((index, schema) => `INDEX ${qualifiedName(index, schema)}`),
  },
  sample: {
    id: 'index',
    kind: 'index',
    parent: 'table',
    name: 'contacts_account_id_idx',
    comment: null,
    method: 'btree',
    unique: false,
    nullsNotDistinct: false,
    keys: [{ ...plain, column: 'account_id column' }],
    include: [],
    where: null,
    with: [],
    tablespace: null,
  },
  create: (index, schema) => [statement(index, createIndexSql(index, schema))],
  drop: (index, schema) => [statement(index, `DROP INDEX ${qualifiedName(index, schema)}`)],
  dependsOn: ({ method }, schema) => (isBuiltIn(method) ? [] : methodNamed(method, schema)),
  mentions: ({ keys }) =>
    keys
      .map(({ opclass, collation }) => `${opclass ?? ''} ${collation ?? ''}`)
      .join(' ')
      .trim() || null,
  pinsColumns: (index) =>
    index.where !== null ||
    index.keys.some(
      ({ expression, opclass, collation }) => expression !== null || opclass !== null || collation !== null,
    )
      ? 'conversion'
      : false,
  createHazards: (index, schema) => {
    const message = `Stops when two rows of ${qualifiedNameOf(index.parent, schema)} have the same key.`
    return index.unique ? [{ code: 'may-fail', message }] : []
  },
  catalog: indexCatalog,
  sequelize: { create: addIndex, drop: removeIndex },
}

function isKeys(value: unknown): value is readonly IndexKey[] {
  return Array.isArray(value) && value.length > 0 && value.every(isKey)
}

function isKey(value: unknown): value is IndexKey {
  if (typeof value !== 'object' || value === null) return false
  const key: { readonly [name: string]: unknown } = { ...value }
  return (
    [key.column, key.expression, key.opclass, key.collation].every(isTextOrNull) &&
    (key.column === null) !== (key.expression === null) &&
    (key.order === 'asc' || key.order === 'desc') &&
    (key.nulls === null || key.nulls === 'first' || key.nulls === 'last')
  )
}
