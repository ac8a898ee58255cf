import { columnDefinition, definedFields } from '../kinds/column/column.ddl.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import type { ObjectBase } from '../model/object.ts'
import type { PgType } from '../model/pg-type.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { describeTables, pathWords, typeText } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, type Loss, lossesOf } from './losses.ts'
import { partsOf, shapeOf, type ValueShape, writtenTypes } from './row-types.ts'

type Json = { readonly [key: string]: unknown }

/** JSON Schema 2020-12: the rows of each table as `to_jsonb` gives them, one definition per table. */
export function writeJsonSchema({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const keys = pathWords(tables)
  const definitions = tables.map(({ table, path, columns }) => [
    keys.get(table.id) ?? path,
    record(
      table,
      columns.map(({ column, isRequired }) => {
        const place = placeIn(`#/$defs/${pointerPart(keys.get(table.id) ?? path)}`, column)
        const value = jsonOf(shapeOf(column.type, schema), schema, place)
        return [column, isRequired ? value : nullable(value), columnDefinition(column, schema)]
      }),
    ),
  ])
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    $defs: Object.fromEntries(definitions),
  }
  const losses = lossesOf(schema, 'JSON Schema', [
    ...writtenTypes(schema, 'JSON Schema', () => true),
    holds(isTable, 'comment'),
    holds(isColumn, ...definedFields, 'comment'),
  ])
  const hasArrays = schema.all(isColumn).some(({ type }) => shapeOf(type, schema).type === 'list')
  return {
    text: `${JSON.stringify(whole, null, 2)}\n`,
    losses: hasArrays ? [...losses, anyDimensions] : losses,
  }
}

/** PostgreSQL "does not enforce the declared number of dimensions" (docs 8.15.1). */
const anyDimensions: Loss = {
  kind: 'Type',
  name: 'arrays',
  reason: 'Of any number of dimensions, since PostgreSQL does not keep to the declared one',
}

/** Where the value of a part is described, in a JSON pointer. */
function placeIn(place: string, { name }: ObjectBase): string {
  return `${place}/properties/${pointerPart(name)}`
}

function pointerPart(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
}

/** An object with these properties and no others; `definition` is what SQL says of one. */
function record(
  { comment }: ObjectBase,
  parts: readonly (readonly [part: ObjectBase, value: Json, definition: string])[],
): Json {
  return {
    ...described(comment),
    type: 'object',
    properties: Object.fromEntries(
      parts.map(([part, value, definition]) => [
        part.name,
        { ...described(part.comment), ...value, $comment: definition },
      ]),
    ),
    required: parts.map(([part]) => part.name),
    additionalProperties: false,
  }
}

function described(comment: string | null): Json {
  return comment === null ? {} : { description: comment }
}

/** `place`: the pointer to what is returned. */
function jsonOf(shape: ValueShape, schema: Schema, place: string): Json {
  switch (shape.type) {
    case 'list':
      return list(shape, schema, place)
    case 'labels':
      return shape.labels.length === 0 ? { not: {} } : { enum: shape.labels }
    case 'record':
      return record(
        shape.of,
        partsOf(shape.of, schema).map((part) => [
          part,
          nullable(jsonOf(shapeOf(part.type, schema), schema, placeIn(place, part))),
          typeText(part.type, schema),
        ]),
      )
    case 'integer':
      return bounded(shape.pgType)
    case 'digits':
      return /^big/.test(shape.pgType.base) ? { type: 'integer' } : anyNumber
    case 'number':
      return anyNumber
    case 'flag':
      return { type: 'boolean' }
    case 'data':
      return {}
    default:
      return text(shape.pgType)
  }
}

/** Elements, or arrays of the same again. */
function list(shape: ValueShape, schema: Schema, place: string): Json {
  if (shape.type === 'list') return list(shape.of, schema, place)
  const item = nullable(jsonOf(shape, schema, `${place}/items/anyOf/0`))
  const takesAll = Object.keys(item).length === 0
  return { type: 'array', items: takesAll ? item : { anyOf: [item, { $ref: place }] } }
}

/** JSON has no numbers beyond the finite ones: PostgreSQL writes those as text. */
const anyNumber: Json = { type: ['number', 'string'], pattern: '^(NaN|-?Infinity)$' }

const oidText: Json = { type: 'string', pattern: '^\\d+$' }

function bounded({ base }: PgType): Json {
  if (base === 'oid') return oidText
  const most = /^small/.test(base) ? 2 ** 15 : 2 ** 31
  return { type: 'integer', minimum: -most, maximum: most - 1 }
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  date: 'date',
  'timestamp with time zone': 'date-time',
}

/** Types that are arrays without being called so, or that an extension casts to json, which `to_jsonb` then does. */
const others: Readonly<Record<string, Json>> = {
  int2vector: { type: 'array', items: { type: 'integer' } },
  oidvector: { type: 'array', items: oidText },
  hstore: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
  geometry: {},
}

function text({ base, modifiers }: PgType): Json {
  const known = others[base.replace(/^.*\./, '')]
  if (known) return known
  const format = formats[base]
  const isLimited = /^(character varying|character|varchar)$/.test(base) && /^\d+$/.test(modifiers)
  return {
    type: 'string',
    ...(format === undefined ? {} : { format }),
    ...(isLimited ? { maxLength: Number(modifiers) } : {}),
  }
}

function nullable(value: Json): Json {
  if ('not' in value) return { type: 'null' }
  if (Array.isArray(value.enum)) return { ...value, enum: [...value.enum, null] }
  if (value.type === undefined) return value
  return { ...value, type: [value.type, 'null'].flat() }
}
