import { sameValue } from '../../model/equality.ts'
import type { ObjectBase } from '../../model/object.ts'
import { samePgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { namespaceOf, qualifiedName } from '../../sql/names.ts'
import { dollarQuote, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { type Column, columnKind, isColumn } from '../column/column.kind.ts'
import { fieldsOf, readField, withField } from '../field-access.ts'
import type { Field, Kind, Succession } from '../kind.ts'
import { columnsOf, rootOf, setPosition } from '../rows.ts'
import { blankTable, isTable, type Table, tableKind } from '../table/table.kind.ts'
import { attach, detach, isPartition, type Partition } from './partition.kind.ts'

/** A table becomes a partition: it gets the columns' properties, keys and indexes of the table that it is a part of. */
export const attached: NonNullable<Succession<Partition>['become']> = {
  fits: (old, to, before, after) =>
    isTable(old) && to.partitionBy === null && sameColumns(old, to, before, after),
  keeps: (part) => isColumn(part),
  statements: (old, to, schema) => {
    const table = schema.need(old.id, isTable)
    const plain: Table = { ...blankTable, id: table.id, name: table.name, parent: table.parent }
    return [
      ...alter(tableKind, table, plain, schema),
      ...columnsOf(to, schema).flatMap((next) => {
        const column = columnOf(old, next, schema)
        return alter(columnKind, column, partOf(old, column, next), schema)
      }),
      attach(plain, to, schema),
      ...rename(plain, to, schema),
    ]
  },
  hazards: (old, to) => [
    { code: 'may-fail', message: `Stops when a row of ${old.name} is outside of the bounds of ${to.name}.` },
  ],
}

/** A partition becomes a table of its own; what it had because its table has it goes, to be made as wanted. */
export const detached: NonNullable<Succession<Table>['become']> = {
  fits: (old, to, before, after) =>
    isPartition(old) &&
    old.partitionBy === null &&
    to.partitionBy === null &&
    sameColumns(old, to, before, after),
  keeps: (part) => isColumn(part),
  statements: (old, to, schema) => {
    const partition = schema.need(old.id, isPartition)
    const alone: Table = { ...blankTable, id: old.id, name: old.name, parent: old.parent }
    const unlogged: Table = { ...alone, unlogged: to.unlogged }
    const columns = columnsOf(to, schema)
    return [
      detach(partition, schema),
      statement(to, dropInherited(qualifiedName(old, schema))),
      ...alter(tableKind, alone, unlogged, schema),
      ...columns.flatMap((next) => {
        const column = partOf(old, next, columnOf(old, next, schema))
        return alter(columnKind, column, { ...next, id: column.id, parent: old.id }, schema, isNow)
      }),
      ...(partition.comment === null
        ? []
        : alter(tableKind, { ...alone, comment: partition.comment }, alone, schema)),
      ...rename(alone, to, schema),
      ...columns.flatMap((next) => {
        const column = columnOf(old, next, schema)
        if (!next.identity || !column.identity || column.parent === null) return []
        const table = schema.need(column.parent, isTable)
        return [statement(to, setPosition(table, column, to, next, schema))]
      }),
    ]
  },
  hazards: () => [],
}

/** A column as one of a partition, which has it from its table: but for what only a table passes on to nobody. */
function partOf(old: ObjectBase, { id }: Column, like: Column): Column {
  return { ...like, id, parent: old.id, identity: null, statistics: null, comment: null }
}

function columnOf(old: ObjectBase, like: Column, schema: Schema): Column {
  const column = columnsOf(old, schema).find(({ name }) => name === like.name)
  if (!column) throw new Error(`No column ${like.name} in ${old.name}`)
  return column
}

/** By name; the rest of a column can be altered. */
function sameColumns(old: ObjectBase, to: ObjectBase, before: Schema, after: Schema): boolean {
  const columns = columnsOf(to, after)
  const known = new Map(columnsOf(old, before).map((column) => [column.name, column]))
  return (
    columns.length === known.size &&
    columns.every((column) => {
      const was = known.get(column.name)
      return (
        was !== undefined &&
        samePgType(was.type, column.type) &&
        was.collation === column.collation &&
        sameValue(was.generated, column.generated)
      )
    })
  )
}

/** Sets all that differs, in the order of the fields. */
function alter(
  kind: Kind<ObjectBase>,
  from: ObjectBase,
  to: ObjectBase,
  schema: Schema,
  wanted: (field: Field<ObjectBase, unknown>, value: unknown) => boolean = () => true,
): readonly Statement[] {
  const made: Statement[] = []
  let object = from
  for (const [name, field] of fieldsOf(kind)) {
    const value = readField(to, name)
    if (field.compared === false || sameValue(readField(object, name), value) || !wanted(field, value))
      continue
    const statements = field.alter === 'replace' ? field.alter : field.alter.statements(object, to, schema)
    if (statements === 'replace') throw new Error(`${name} of ${from.name} cannot be changed in place`)
    made.push(...statements)
    object = withField(object, name, value)
  }
  return made
}

/** What is created is left without them, and they are set once all is there. */
function isNow({ deferred }: Field<ObjectBase, unknown>, value: unknown): boolean {
  return !deferred || sameValue(value, deferred.unset)
}

function rename(from: Table, to: ObjectBase, schema: Schema): readonly Statement[] {
  const moved: Table = { ...from, parent: rootOf(to, schema).parent }
  const isElsewhere = namespaceOf(from, schema) !== namespaceOf(moved, schema)
  return [
    ...(isElsewhere ? (tableKind.move?.(from, moved, schema) ?? []) : []),
    ...alter(tableKind, moved, { ...moved, name: to.name }, schema),
  ]
}

/** Their names are PostgreSQL's own. Primary keys go first: nothing but their index rests on them. */
function dropInherited(table: string): string {
  const relation = `${quoteText(table)}::regclass`
  return `DO ${dollarQuote(
    [
      '',
      'DECLARE',
      '  part text;',
      'BEGIN',
      '  FOR part IN',
      `    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint`,
      `    WHERE conrelid = ${relation} AND contype IN ('c', 'f', 'p', 'u', 'x')`,
      '    UNION ALL',
      `    SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index`,
      `    WHERE indrelid = ${relation} AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
      '  LOOP',
      '    EXECUTE part;',
      '  END LOOP;',
      'END',
      '',
    ].join('\n'),
    'parts',
  )}`
}
