import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import type { Column } from '../column/column.kind.ts'
import { commentField, isOneOf, isTextOrNull, nameField, optionalReference } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { isColumnPart } from '../parts-of-tables.ts'
import {
  allOptions,
  changedOptions,
  defaultSequenceOptions,
  isSequenceOptions,
  optionHazards,
  type SequenceOptions,
  type SequenceType,
  sequenceTypeOf,
  sequenceTypes,
  writtenOptions,
} from './sequence-options.ts'
import { renameColumnSequence, sequenceOfColumn, usualSequenceName } from './sequence-position.ts'

/** A sequence of its own or owned by a column (serial); identity columns carry theirs inside. */
export interface Sequence extends ObjectBase {
  readonly kind: 'sequence'
  readonly dataType: SequenceType
  readonly options: SequenceOptions
  /** OWNED BY: dropped with this column. */
  readonly ownedBy: ObjectId | null
}

export const isSequence = (object: ObjectBase): object is Sequence => object.kind === 'sequence'

export const sequenceKind: Kind<Sequence> = {
  name: 'sequence',
  label: 'Sequence',
  plural: 'Sequences',
  icon: 'list-ordered',
  order: 20,
  parents: ['schema'],
  mentionedBy: 'anything',
  fields: {
    name: nameField(
      (sequence, newName, schema) => `ALTER SEQUENCE ${qualifiedName(sequence, schema)} RENAME TO ${newName}`,
    ),
    dataType: {
      label: 'Type',
      editor: { type: 'choice', options: sequenceTypes.map((value) => ({ value, label: value })) },
      valid: isOneOf(sequenceTypes),
      alter: {
        statements: (from, to, schema) => [
          statement(
            from,
            `ALTER SEQUENCE ${qualifiedName(from, schema)} AS ${to.dataType} ${allOptions(from.options, to.options).join(' ')}`,
          ),
        ],
        hazards: (from, to) => optionHazards(from.options, to.options),
      },
      sample: ['smallint', 'integer', 'bigint'],
    },
    options: {
      label: 'Options',
      editor: { type: 'sequence-options' },
      valid: isSequenceOptions,
      alter: {
        statements: (from, to, schema) => [
          statement(
            from,
            `ALTER SEQUENCE ${qualifiedName(from, schema)} ${changedOptions(from.options, to.options).join(' ')}`,
          ),
        ],
        hazards: (from, to) => optionHazards(from.options, to.options),
      },
      sample: [
        { start: '10', increment: '5', min: '-20', max: '2147483646', cache: '4', cycle: true },
        { ...defaultSequenceOptions('bigint', '-1'), start: '-2' },
        defaultSequenceOptions('integer'),
      ],
    },
    ownedBy: {
      label: 'Owned by',
      editor: { type: 'object', kinds: ['column'], optional: true },
      valid: isTextOrNull,
      alter: {
        statements: (from, to, schema) => {
          const column = to.ownedBy === null ? undefined : schema.get(to.ownedBy)
          const owner = column
            ? `${qualifiedNameOf(column.parent, schema)}.${quoteName(column.name)}`
            : 'NONE'
          return [statement(from, `ALTER SEQUENCE ${qualifiedName(from, schema)} OWNED BY ${owner}`)]
        },
      },
      sample: ['id column', null],
      references: optionalReference,
      deferred: { unset: null },
    },
    comment: commentField((sequence, schema) => `SEQUENCE ${qualifiedName(sequence, schema)}`),
  },
  sample: {
    id: 'sequence',
    kind: 'sequence',
    parent: 'schema',
    name: 'invoice_numbers',
    comment: null,
    dataType: 'bigint',
    options: { start: '1000', increment: '1', min: '1', max: '30000', cache: '1', cycle: false },
    ownedBy: null,
  },
  create: (sequence, schema) => {
    const type = sequence.dataType === 'bigint' ? [] : [`AS ${sequence.dataType}`]
    const parts = [...type, ...writtenOptions(sequence.options, sequence.dataType)]
    return [
      ...freeName(sequence, schema),
      statement(sequence, ['CREATE SEQUENCE', qualifiedName(sequence, schema), ...parts].join(' ')),
    ]
  },
  drop: (sequence, schema) => [
    statement(sequence, `DROP SEQUENCE ${qualifiedName(sequence, schema)}`),
    ...passNameOn(sequence, schema),
  ],
  // A table takes the sequences that its columns own along.
  move: (from, to, schema) =>
    from.ownedBy !== null
      ? []
      : [
          statement(
            from,
            `ALTER SEQUENCE ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
          ),
        ],
  droppedWith: (sequence) => sequence.ownedBy,
  dataIn: (sequence, schema) => (heirOf(sequence, schema) ? null : `the last number of ${sequence.name}`),
  catalog: {
    some: someRows('pg_sequence', 'seqrelid'),
    query: `
      select 'c' || c.oid as id, 'n' || c.relnamespace as parent, c.relname as name,
             format_type(s.seqtypid, null) as data_type, s.seqstart::text as start, s.seqincrement::text as increment,
             s.seqmin::text as min, s.seqmax::text as max, s.seqcache::text as cache, s.seqcycle as cycle,
             (select 'a' || d.refobjid || '.' || d.refobjsubid from pg_depend d join pg_class o on o.oid = d.refobjid and ${plainTable('o')}
              where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a'
                and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0) as owned_by,
             obj_description(c.oid, 'pg_class') as comment
      from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
      where ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and not exists (select from pg_depend i where i.classid = 'pg_class'::regclass and i.objid = c.oid and i.deptype = 'i')
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'sequence',
      parent: row.text('parent'),
      name: row.text('name'),
      dataType: sequenceTypeOf(row.text('data_type')),
      options: {
        start: row.text('start'),
        increment: row.text('increment'),
        min: row.text('min'),
        max: row.text('max'),
        cache: row.text('cache'),
        cycle: row.flag('cycle'),
      },
      ownedBy: row.textOrNull('owned_by'),
      comment: row.textOrNull('comment'),
    }),
  },
}

/** The identity column that owned it as a serial one, and has gone on from its last number. */
function heirOf(sequence: Sequence, schema: Schema): Column | undefined {
  const column = schema.find(sequence.ownedBy, isColumnPart)
  return column?.identity ? column : undefined
}

/** The sequence of an identity column that was serial has had to wait for its usual name. */
function passNameOn(sequence: Sequence, schema: Schema): readonly Statement[] {
  const column = heirOf(sequence, schema)
  const table = column?.parent == null ? undefined : schema.get(column.parent)
  if (!column || !table || sequence.name !== usualSequenceName(table, column)) return []
  const successor = sequenceOfColumn(table, column, schema)
  return [statement(sequence, renameColumnSequence(successor, sequence.name))]
}

/** Takes its name from the sequence of an identity column that is about to become serial. */
function freeName(sequence: Sequence, schema: Schema): readonly Statement[] {
  const tables = schema.children(sequence.parent).filter(({ name }) => sequence.name.startsWith(`${name}_`))
  for (const table of tables) {
    for (const column of schema.childrenOf(table.id, isColumnPart)) {
      if (!column.identity || usualSequenceName(table, column) !== sequence.name) continue
      const aside = `relata_${sequence.name}`.slice(0, 60)
      return [statement(sequence, renameColumnSequence(sequenceOfColumn(table, column, schema), aside))]
    }
  }
  return []
}
