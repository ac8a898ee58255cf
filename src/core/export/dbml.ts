import { isCheck } from '../kinds/check/check.kind.ts'
import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isDomain } from '../kinds/domain/domain.kind.ts'
import { isEnum } from '../kinds/enum/enum.kind.ts'
import { type ForeignKey, isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { type Index, type IndexKey, isIndex } from '../kinds/index/index.kind.ts'
import { isPrimaryKey, type PrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isSequence, type Sequence } from '../kinds/sequence/sequence.kind.ts'
import { sequenceTypeOf, writtenOptions } from '../kinds/sequence/sequence-options.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { isUnique, type Unique } from '../kinds/unique/unique.kind.ts'
import { areUnique } from '../layout/unique-keys.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { PgType } from '../model/pg-type.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { defaultSchemaName, namespaceOf } from '../sql/names.ts'
import { type DescribedColumn, type DescribedTable, describeTables, typeText } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf, pathOf } from './losses.ts'
import { usualName } from './usual-names.ts'

/** DBML (dbml.dbdiagram.io/docs): tables, enums, keys, checks, indexes and notes. */
export function writeDbml({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const blocks = [`Project ${name(title)} {\n  database_type: 'PostgreSQL'\n}`]
  for (const object of schema.all(isEnum)) {
    const labels = object.labels.map((label) => `  "${escaped(label, '"')}"`)
    blocks.push(`Enum ${path(object, schema)} {\n${labels.join('\n')}\n}`)
  }
  const tables = describeTables(schema).filter(({ columns }) => columns.length > 0)
  const written = new Set<ObjectId | null>(tables.map(({ table }) => table.id))
  for (const table of tables) blocks.push(tableBlock(table, schema))
  const drawn = new Set<string>()
  const undrawn = new Set<ObjectBase>()
  for (const key of schema.all(isForeignKey)) {
    const ends = [key.parent, key.columns.join(), key.referencedTable, key.referencedColumns.join()]
    const isLoop = ends[0] === ends[2] && ends[1] === ends[3]
    const isBetween = written.has(key.parent) && written.has(key.referencedTable)
    if (!isBetween || isLoop || drawn.has(ends.join(' '))) undrawn.add(key)
    else blocks.push(refLine(key, schema))
    drawn.add(ends.join(' '))
  }
  const losses = lossesOf(schema, 'DBML', [
    holds(isEnum, 'labels'),
    {
      is: () => false,
      fields: [],
      otherwise: { is: isDomain, reason: 'DBML has no domains: columns are written with the type beneath' },
    },
    {
      is: (object) => isTable(object) && written.has(object.id),
      fields: ['name', 'comment'],
      otherwise: { is: isTable, reason: 'A table there has at least one column of its own' },
    },
    holds(isColumn, 'type', 'notNull', 'default', 'comment'),
    holds(isPrimaryKey, 'columns'),
    holds(isUnique, 'columns'),
    holds(isCheck, 'expression'),
    {
      is: (object) => isSequence(object) && isSerial(object, schema),
      fields: ['name', 'dataType', 'options', 'ownedBy'],
      otherwise: { is: isSequence, reason: 'Only the sequence of a serial column, as that makes it' },
    },
    {
      is: (object) => isForeignKey(object) && !undrawn.has(object),
      fields: ['name', 'columns', 'referencedTable', 'referencedColumns', 'onDelete', 'onUpdate'],
      otherwise: {
        is: isForeignKey,
        reason: 'Only one reference between the same columns of tables that are written',
      },
    },
    {
      is: (object) => isIndex(object) && isWritten(object),
      fields: ['name', 'unique', 'keys', 'method'],
      otherwise: {
        is: isIndex,
        reason: 'Only btree and hash in ascending order, without a condition',
      },
    },
  ])
  const unlike = [...document.objects.values()]
    .filter((object) => object.name.includes('\n'))
    .map((object) => ({
      kind: kindOf(object).label,
      name: pathOf(object, schema),
      reason: 'Its name is written on one line',
    }))
  return { text: `${blocks.join('\n\n')}\n`, losses: [...losses, ...unlike] }
}

function tableBlock({ table, columns }: DescribedTable, schema: Schema): string {
  const soleKeys = new Set(
    schema.children(table.id).flatMap((child) => (isSoleKey(child, schema) ? child.columns : [])),
  )
  const note = table.comment === null ? '' : ` [note: ${text(table.comment)}]`
  const lines = columns.map((column) => `  ${columnLine(column, soleKeys, schema)}`)
  const indexes = indexLines(table, schema)
  if (indexes.length > 0) lines.push('', '  indexes {', ...indexes.map((line) => `    ${line}`), '  }')
  const checks = schema
    .childrenOf(table.id, isCheck)
    .map((check) => `    ${expression(check.expression)} [name: ${text(check.name)}]`)
  if (checks.length > 0) lines.push('', '  checks {', ...checks, '  }')
  return `Table ${path(table, schema)}${note} {\n${lines.join('\n')}\n}`
}

function columnLine(
  { column, isPrimary }: DescribedColumn,
  soleKeys: ReadonlySet<ObjectId>,
  schema: Schema,
): string {
  const settings: string[] = []
  const isSole = soleKeys.has(column.id)
  if (isPrimary && isSole) settings.push('pk')
  if (counts(column, schema)) settings.push('increment')
  else if (column.default !== null) settings.push(`default: ${expression(column.default)}`)
  if (!isPrimary && isSole) settings.push('unique')
  if (column.notNull && !(isPrimary && isSole)) settings.push('not null')
  if (column.comment !== null) settings.push(`note: ${text(column.comment)}`)
  const type = typeText(withoutDomain(column.type, schema), schema)
  const bare = /^[a-z_]\w*(\.[a-z_]\w*)?(\(\d+(, ?\d+)?\))?$/.test(type)
  const written = bare ? type : `"${escaped(type, '"')}"`
  return `${name(column.name)} ${written}${settings.length === 0 ? '' : ` [${settings.join(', ')}]`}`
}

/** The type beneath a domain, which DBML does not know: a table of unknown types could not be made again. */
function withoutDomain(type: PgType, schema: Schema): PgType {
  const domain = schema.find(type.ref, isDomain)
  if (!domain) return type
  const dimensions = domain.type.dimensions + type.dimensions
  return withoutDomain({ ...domain.type, dimensions }, schema)
}

/** A key of one column whose name is the usual one is written with the column. */
function isSoleKey(child: ObjectBase, schema: Schema): child is PrimaryKey | Unique {
  if (!(isPrimaryKey(child) || isUnique(child)) || child.columns.length !== 1) return false
  return child.name === usualName(child, schema)
}

/** As `serial` makes it, which is all that `increment` says. */
function isSerial(sequence: Sequence, schema: Schema): boolean {
  const column = schema.find(sequence.ownedBy, isColumn)
  if (!column || !counts(column, schema)) return false
  const { dataType, options } = sequence
  const isUsual =
    dataType === sequenceTypeOf(column.type.base) && writtenOptions(options, dataType).length === 0
  return isUsual && sequence.name === usualName(sequence, schema)
}

/** Its values come from a counter: an identity column, or one with a sequence of its own. */
function counts(column: Column, schema: Schema): boolean {
  if (column.identity !== null || /serial$/.test(column.type.base)) return true
  return (
    (column.default ?? '').startsWith('nextval(') &&
    schema.all(isSequence).some(({ ownedBy }) => ownedBy === column.id)
  )
}

function indexLines(table: Table, schema: Schema): readonly string[] {
  const list = (ids: readonly ObjectId[]) => `(${ids.map((id) => columnName(id, schema)).join(', ')})`
  return schema.children(table.id).flatMap((child) => {
    if (isPrimaryKey(child) || isUnique(child)) {
      const word = isPrimaryKey(child) ? 'pk' : 'unique'
      const written = `${list(child.columns)} [${word}, name: ${text(child.name)}]`
      return isSoleKey(child, schema) ? [] : [written]
    }
    if (!isIndex(child) || !isWritten(child)) return []
    const keys = child.keys.map((key) => indexKey(key, schema))
    const settings = [
      ...(child.unique ? ['unique'] : []),
      `name: ${text(child.name)}`,
      ...(child.method === 'btree' || child.method === 'hash' ? [`type: ${child.method}`] : []),
    ]
    return [`${keys.length === 1 ? keys[0] : `(${keys.join(', ')})`} [${settings.join(', ')}]`]
  })
}

/** A partial index, another order or another access method would be another index there. */
function isWritten({ where, keys, method, include }: Index): boolean {
  return (
    where === null &&
    include.length === 0 &&
    (method === 'btree' || method === 'hash') &&
    keys.every((key) => key.order === 'asc' && key.opclass === null && key.collation === null && !key.nulls)
  )
}

function indexKey({ column, expression: written }: IndexKey, schema: Schema): string {
  return column === null ? expression(written ?? '') : columnName(column, schema)
}

function refLine(key: ForeignKey, schema: Schema): string {
  const side = (table: ObjectId | null, columns: readonly ObjectId[]) => {
    const owner = schema.find(table, isTable)
    const names = columns.map((id) => columnName(id, schema))
    const list = names.length === 1 ? (names[0] ?? '') : `(${names.join(', ')})`
    return `${owner ? path(owner, schema) : ''}.${list}`
  }
  const settings = [
    ...(key.onDelete === 'no action' ? [] : [`delete: ${key.onDelete}`]),
    ...(key.onUpdate === 'no action' ? [] : [`update: ${key.onUpdate}`]),
  ]
  const sign = areUnique(key.columns, key.parent ?? '', schema) ? '-' : '>'
  const ends = `${side(key.parent, key.columns)} ${sign} ${side(key.referencedTable, key.referencedColumns)}`
  return `Ref ${name(key.name)}: ${ends}${settings.length === 0 ? '' : ` [${settings.join(', ')}]`}`
}

function columnName(id: ObjectId, schema: Schema): string {
  return name(schema.find(id, isColumn)?.name ?? '')
}

function path(object: ObjectBase, schema: Schema): string {
  const namespace = namespaceOf(object, schema)
  const own = name(object.name)
  return namespace === null || namespace === defaultSchemaName ? own : `${name(namespace)}.${own}`
}

/** Words of the language itself are quoted too. */
function name(written: string): string {
  return /^[A-Za-z_]\w*$/.test(written) &&
    !/^(table|enum|ref|note|project|indexes|checks|records)$/i.test(written)
    ? written
    : `"${escaped(written.replaceAll('\n', ' '), '"')}"`
}

function text(written: string): string {
  return written.includes('\n') ? `'''${escaped(written, "'")}'''` : `'${escaped(written, "'")}'`
}

/** Line ends and backticks end an expression of DBML: inside constants they are written with a backslash. */
function expression(sql: string): string {
  const written = sql.replaceAll(/'(?:[^']|'')*'|\s*\n\s*/g, (part) => {
    if (!part.startsWith("'")) return ' '
    if (!/[\n`]/.test(part)) return part
    return `E${part.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('`', '\\x60')}`
  })
  return `\`${written}\``
}

function escaped(written: string, quote: string): string {
  return written.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
}
