import type { ObjectBase } from '../../model/object.ts'
import { isPgType, mapTypeName, type PgType, pgType } from '../../model/pg-type.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { commentField, isFlag, isNumber, isTextOrNull, nameField, oneExpression } from '../fields.ts'
import {
  carried,
  carriers,
  type Inheritable,
  localField,
  mergedInto,
  restsOn,
  tablesReached,
} from '../inheritance.ts'
import type { Kind } from '../kind.ts'
import { rawTypesOf } from '../raw/raw-types.ts'
import { isSequenceOptions, type SequenceOptions } from '../sequence/sequence-options.ts'
import { alterCollation, alterDefault, alterGenerated, alterIdentity, alterNotNull } from './column.alter.ts'
import { columnCatalog } from './column.catalog.ts'
import { addColumn, columnClause, dropColumn } from './column.ddl.ts'
import { type ColumnCompression, type ColumnStorage, storageFields } from './column.options.ts'
import { restoreColumn } from './column.restore.ts'
import { columnSequelize } from './column.sequelize.ts'
import { alterType } from './column.type.ts'

export interface Identity {
  readonly generation: 'always' | 'by default'
  readonly options: SequenceOptions
}

export interface Generated {
  readonly expression: string
  readonly storage: 'stored' | 'virtual'
}

/** A column of a table (docs 5.1). */
export interface Column extends Inheritable {
  readonly kind: 'column'
  /** Its place among the columns, counted from 1, with gaps; PostgreSQL cannot move a column, so never compared. */
  readonly ordinal: number
  readonly type: PgType
  readonly notNull: boolean
  /** The expression of DEFAULT. */
  readonly default: string | null
  readonly identity: Identity | null
  readonly generated: Generated | null
  /** A collation other than the type's own, as written in SQL: `"C"`, `app.german`. */
  readonly collation: string | null
  /** For the type change of an existing column: ALTER … USING this. Not in the catalogue, never compared. */
  readonly using: string | null
  /** How large values are kept (docs 66.2); null: as the type does. */
  readonly storage: ColumnStorage | null
  readonly compression: ColumnCompression | null
  /** How closely ANALYZE looks at its values, 0 to 10000; null: as the server does. */
  readonly statistics: number | null
}

/** A nullable text column without a name, to be completed. */
export const blankColumn: Omit<Column, 'id' | 'parent' | 'name' | 'ordinal'> = {
  kind: 'column',
  comment: null,
  local: true,
  type: pgType('text'),
  notNull: false,
  default: null,
  identity: null,
  generated: null,
  collation: null,
  using: null,
  storage: null,
  compression: null,
  statistics: null,
}

export const isColumn = (object: ObjectBase): object is Column => object.kind === 'column'

/** True where nothing that is written gives it a value. Types like `serial` are not told apart. */
export function mustBeGiven({ notNull, default: value, identity, generated }: Column): boolean {
  return notNull && value === null && identity === null && generated === null
}

const always: Identity = {
  generation: 'always',
  options: { start: '1', increment: '1', min: '1', max: '2147483647', cache: '1', cycle: false },
}

export const columnKind: Kind<Column> = {
  name: 'column',
  label: 'Column',
  plural: 'Columns',
  icon: 'columns-2',
  order: 52,
  parents: ['table'],
  mentionedBy: 'siblings',
  nameScope: 'parent',
  fields: {
    name: carried(
      nameField(
        (column, newName, schema) =>
          `ALTER TABLE ${qualifiedNameOf(column.parent, schema)} RENAME COLUMN ${quoteName(column.name)} TO ${newName}`,
      ),
    ),
    local: localField(),
    generated: {
      label: 'Generated',
      editor: { type: 'generated' },
      valid: isGenerated,
      alter: alterGenerated,
      sample: [
        { expression: '(id * 2)', storage: 'stored' },
        { expression: '(id * 3)', storage: 'virtual' },
        null,
      ],
      expressions: {
        map: (value, change) => (value === null ? null : { ...value, expression: change(value.expression) }),
      },
    },
    type: {
      label: 'Type',
      editor: { type: 'pg-type' },
      valid: isPgType,
      alter: alterType,
      sample: [
        { base: 'bigint', modifiers: '', dimensions: 0, ref: null },
        { base: 'numeric', modifiers: '12,2', dimensions: 0, ref: null },
        { base: 'text', modifiers: '', dimensions: 0, ref: null },
        { base: 'character varying', modifiers: '20', dimensions: 0, ref: null },
        { base: 'character', modifiers: '20', dimensions: 0, ref: null },
      ],
      references: {
        map: (type, change) => (type.ref === null ? type : { ...type, ref: change(type.ref) }),
      },
      // The name of a type that is not PostgreSQL's own follows its renames.
      expressions: { map: mapTypeName },
      namesTypes: true,
    },
    using: {
      label: 'Using',
      editor: { type: 'expression', placeholder: 'amount::integer' },
      valid: isTextOrNull,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
      expressions: oneExpression,
    },
    identity: {
      label: 'Identity',
      editor: { type: 'identity' },
      valid: isIdentity,
      alter: alterIdentity,
      sample: [
        always,
        { generation: 'by default', options: { ...always.options, start: '100', cache: '5' } },
        {
          generation: 'by default',
          options: { start: '-1', increment: '-2', min: '-500', max: '7', cache: '1', cycle: true },
        },
        null,
      ],
    },
    default: {
      label: 'Default',
      editor: { type: 'expression', placeholder: 'now()' },
      valid: isTextOrNull,
      alter: alterDefault,
      sample: ['42', '(1 + 2)', null],
      expressions: oneExpression,
    },
    notNull: {
      label: 'Not null',
      editor: { type: 'boolean', row: 'Null', on: 'Not null', off: 'Nullable' },
      valid: isFlag,
      alter: alterNotNull,
      sample: [false, true],
    },
    collation: {
      label: 'Collation',
      editor: { type: 'text', placeholder: 'default' },
      valid: isTextOrNull,
      alter: alterCollation,
      sample: [],
    },
    ...storageFields,
    comment: commentField(
      (column, schema) => `COLUMN ${qualifiedNameOf(column.parent, schema)}.${quoteName(column.name)}`,
    ),
    ordinal: {
      label: 'Place',
      editor: { type: 'hidden' },
      valid: isNumber,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
    },
  },
  sample: {
    ...blankColumn,
    id: 'column',
    parent: 'table',
    name: 'score',
    ordinal: 90,
    type: pgType('integer'),
    notNull: true,
  },
  create: addColumn,
  inline: (column, schema) => (column.local ? columnClause(column, schema) : null),
  drop: dropColumn,
  restore: restoreColumn,
  comesWith: carriers,
  mergesInto: mergedInto,
  reaches: tablesReached,
  dependsOn: (column, schema) => [...rawTypesOf(column.type, schema), ...restsOn(column, schema)],
  mentions: ({ collation }) => collation,
  pinsColumns: (column) => column.generated !== null,
  dataIn: (column, schema) =>
    column.generated === null
      ? `every value of ${qualifiedNameOf(column.parent, schema)}.${column.name}`
      : null,
  createHazards: (column) =>
    mustBeGiven(column)
      ? [
          {
            code: 'may-fail',
            message: `Stops when the table has rows: ${column.name} would be null in them.`,
          },
        ]
      : [],
  recall: (read, known) => ({ ...read, ordinal: known.ordinal, using: known.using }),
  catalog: columnCatalog,
  sequelize: columnSequelize,
}

function isIdentity(value: unknown): value is Identity | null {
  if (value === null) return true
  if (typeof value !== 'object' || !('generation' in value) || !('options' in value)) return false
  return (
    (value.generation === 'always' || value.generation === 'by default') && isSequenceOptions(value.options)
  )
}

function isGenerated(value: unknown): value is Generated | null {
  if (value === null) return true
  if (typeof value !== 'object' || !('expression' in value) || !('storage' in value)) return false
  return typeof value.expression === 'string' && (value.storage === 'stored' || value.storage === 'virtual')
}
