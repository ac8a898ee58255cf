import { isColumn } from '../kinds/column/column.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { type DescribedColumn, describeTables, plainWords } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'
import { shapeOf, type ValueShape, writtenEnums } from './row-types.ts'

/** TypeScript types of rows as node-postgres gives them, and of rows to be inserted. */
export function writeRowTypes({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const names = plainWords(tables.map(({ path }) => pascal(path)))
  const words = [...names.values()]
  const blocks = tables.flatMap(({ table, columns }, index) => {
    const name = words[index] ?? ''
    const field = (described: DescribedColumn, isOptional: boolean) => {
      const { column, isRequired } = described
      const value = tsType(shapeOf(column.type, schema))
      const about = column.comment === null ? [] : [`  /** ${comment(column.comment)} */`]
      const type = isRequired || value === 'unknown' ? value : `${value} | null`
      return [...about, `  ${property(column.name)}${isOptional ? '?' : ''}: ${type}`]
    }
    const own = columns.filter(
      ({ column }) => column.generated === null && column.identity?.generation !== 'always',
    )
    const mayBeLeftOut = ({ column, isRequired }: DescribedColumn) =>
      !isRequired || column.default !== null || column.identity !== null || /serial$/.test(column.type.base)
    return [
      [
        ...(table.comment === null ? [] : [`/** ${comment(table.comment)} */`]),
        `export interface ${name}Row {`,
        ...columns.flatMap((column) => field(column, false)),
        '}',
      ].join('\n'),
      [
        `export interface New${name}Row {`,
        ...own.flatMap((column) => field(column, mayBeLeftOut(column))),
        '}',
      ].join('\n'),
    ]
  })
  const losses = lossesOf(schema, 'A row type', [
    writtenEnums(schema),
    holds(isTable, 'comment'),
    holds(isColumn, 'type', 'notNull', 'comment', 'default', 'identity', 'generated'),
  ])
  return { text: `// Rows of ${comment(title)}\n\n${blocks.join('\n\n')}\n`, losses }
}

function tsType(shape: ValueShape): string {
  switch (shape.type) {
    case 'list': {
      // The driver knows arrays of PostgreSQL's own types alone; others come as they are printed.
      if (shape.of.type === 'labels') return 'string'
      const of = tsType(shape.of)
      return of.includes(' ') ? `(${of})[]` : `${of}[]`
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
      return '{ toPostgres(): string }'
    case 'point':
      return '{ x: number; y: number }'
    case 'bytes':
      return 'Uint8Array'
    case 'data':
      return 'unknown'
    default:
      return 'string'
  }
}

function pascal(path: string): string {
  return path
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

function property(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)
}

function comment(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')
}
