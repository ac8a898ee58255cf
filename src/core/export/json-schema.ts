import { isColumn } from '../kinds/column/column.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { describeTables } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'
import { shapeOf, type ValueShape, writtenEnums } from './row-types.ts'

type Json = { readonly [key: string]: unknown }

/** JSON Schema 2020-12: the rows of each table as `to_jsonb` gives them, one definition per table. */
export function writeJsonSchema({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const definitions = describeTables(schema).map(({ table, path, columns }) => [
    path,
    {
      type: 'object',
      ...(table.comment === null ? {} : { description: table.comment }),
      properties: Object.fromEntries(
        columns.map(({ column, isRequired }) => {
          const value = limited(jsonType(shapeOf(column.type, schema), column.type.base), column.type)
          const full = isRequired ? value : { anyOf: [value, { type: 'null' }] }
          return [column.name, column.comment === null ? full : { description: column.comment, ...full }]
        }),
      ),
      required: columns.map(({ column }) => column.name),
      additionalProperties: false,
    },
  ])
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    $defs: Object.fromEntries(definitions),
  }
  const losses = lossesOf(schema, 'JSON Schema', [
    writtenEnums(schema),
    holds(isTable, 'comment'),
    holds(isColumn, 'type', 'notNull', 'comment'),
  ])
  return { text: `${JSON.stringify(whole, null, 2)}\n`, losses }
}

function jsonType(shape: ValueShape, base: string): Json {
  switch (shape.type) {
    case 'list':
      return { type: 'array', items: jsonType(shape.of, base) }
    case 'labels':
      return { enum: shape.labels }
    case 'integer':
      return { type: 'integer' }
    case 'digits':
      return { type: /^big/.test(base) ? 'integer' : 'number' }
    case 'number':
      return { type: 'number' }
    case 'flag':
      return { type: 'boolean' }
    case 'data':
      return {}
    case 'time':
      return base === 'date' ? { type: 'string', format: 'date' } : { type: 'string' }
    default:
      return base === 'uuid' ? { type: 'string', format: 'uuid' } : { type: 'string' }
  }
}

function limited(
  json: Json,
  { base, modifiers, dimensions }: { base: string; modifiers: string; dimensions: number },
): Json {
  const isText = base === 'character varying' || base === 'varchar' || base === 'character'
  return isText && dimensions === 0 && /^\d+$/.test(modifiers)
    ? { ...json, maxLength: Number(modifiers) }
    : json
}
