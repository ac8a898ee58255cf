import { columnDefinition, definedFields } from '../kinds/column/column.ddl.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { type DescribedColumn, type DescribedTable, describeTables, plainWord } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'
import { domainRules, shapeOf, type ValueShape, writtenTypes } from './row-types.ts'

/** TypeScript types of rows as node-postgres gives them, and of rows to be inserted. */
export function writeRowTypes({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const names = interfaceNames(tables)
  const blocks = tables.flatMap((table, index) => {
    const name = names[index] ?? ''
    const about = table.table.comment === null ? '' : `/** ${comment(table.table.comment)} */\n`
    const all = table.columns.map((column) => field(column, schema, 'read'))
    const own = table.columns
      .filter(({ column }) => column.generated === null && column.identity?.generation !== 'always')
      .map((column) => field(column, schema, 'written'))
    return [
      `${about}export interface ${name}Row {\n${all.join('\n')}\n}`,
      `export interface New${name}Row {\n${own.join('\n')}\n}`,
    ]
  })
  if (blocks.some((block) => block.includes('Interval'))) blocks.unshift(interval)
  const losses = lossesOf(schema, 'A row type', [
    ...writtenTypes(schema, 'A row type', ({ type }) => type === 'labels'),
    holds(isTable, 'comment'),
    holds(isColumn, ...definedFields, 'comment'),
  ])
  const head = `// Rows of ${comment(title)}, as node-postgres reads them without parsers of your own.
// An infinite date or timestamp comes as the number Infinity or -Infinity.`
  return { text: `${head}\n\n${blocks.join('\n\n')}\n`, losses }
}

const interval = `export interface Interval {
  years?: number
  months?: number
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
  milliseconds?: number
  toPostgres(): string
  toISO(): string
}`

function field(described: DescribedColumn, schema: Schema, use: 'read' | 'written'): string {
  const { column, isRequired } = described
  const rules = domainRules(column.type, schema)
  const about = [columnDefinition(column, schema), ...(column.comment === null ? [] : [column.comment])]
  const hasDefault = column.default !== null || column.identity !== null || rules.hasDefault
  const mayBeLeftOut = !isRequired || hasDefault || /serial$/.test(column.type.base)
  const value = (use === 'read' ? readType : writtenType)(shapeOf(column.type, schema))
  const type = isRequired || value === 'unknown' ? value : `${value} | null`
  const sign = use === 'written' && mayBeLeftOut ? '?' : ''
  return `  /** ${comment(about.join('. '))} */\n  ${property(column.name)}${sign}: ${type}`
}

/** Arrays of PostgreSQL's own types that node-postgres has no parser for, and the types of which it has none at all. */
const unparsed =
  /range$|^(bit|bit varying|xml|name|"char"|box|path|polygon|circle|line|lseg|macaddr8|ts(vector|query)|pg_.*|reg.*|jsonpath|[ctx]id|xid8|txid_snapshot|refcursor|oidvector|int2vector|aclitem)$/

function isParsed({ of, isOwn }: ValueShape & { readonly type: 'list' }): boolean {
  if (!isOwn) return false
  if (of.type === 'list') return isParsed(of)
  return 'pgType' in of && (of.pgType.base === 'numrange' || !unparsed.test(of.pgType.base))
}

function readType(shape: ValueShape): string {
  switch (shape.type) {
    case 'list': {
      if (!isParsed(shape)) return 'string'
      // Those of numeric, unlike a numeric alone, are read as numbers.
      const isNumeric = shape.of.type === 'digits' && shape.of.pgType.base === 'numeric'
      return listOf(isNumeric ? 'number' : readType(shape.of))
    }
    case 'labels':
      return shape.labels.length === 0
        ? 'never'
        : shape.labels.map((label) => JSON.stringify(label)).join(' | ')
    case 'integer':
    case 'number':
      return 'number'
    case 'flag':
      return 'boolean'
    case 'time':
      return 'Date'
    case 'span':
      return 'Interval'
    case 'point':
      return '{ x: number; y: number }'
    case 'circle':
      return '{ x: number; y: number; radius: number }'
    case 'bytes':
      return 'Uint8Array'
    case 'data':
      return 'unknown'
    default:
      return 'string'
  }
}

/** What the driver sends as PostgreSQL reads it. A point goes as text: of an object it would make JSON. */
function writtenType(shape: ValueShape): string {
  switch (shape.type) {
    case 'list':
      return `string | ${listOf(writtenType(shape.of))}`
    case 'digits':
      return 'string | number | bigint'
    case 'time':
      return 'Date | string'
    case 'span':
      return 'Interval | string'
    case 'point':
    case 'circle':
      return 'string'
    default:
      return readType(shape)
  }
}

/** Any element of an array may be null. */
function listOf(type: string): string {
  return type === 'unknown' ? 'unknown[]' : `(${type} | null)[]`
}

/** Neither a table's name nor that with New before it is another table's. */
function interfaceNames(tables: readonly DescribedTable[]): readonly string[] {
  const taken = new Set<string>()
  return tables.map(({ path }) => {
    const plain = plainWord(pascal(path))
    let name = plain
    for (let next = 2; taken.has(name) || taken.has(`New${name}`); next += 1) name = `${plain}_${next}`
    taken.add(name).add(`New${name}`)
    return name
  })
}

function pascal(path: string): string {
  return path
    .split(/[^\p{L}\p{Nd}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

function property(name: string): string {
  return /^[\p{L}_$][\p{L}\p{Nd}_$]*$/u.test(name) ? name : JSON.stringify(name)
}

function comment(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')
}
