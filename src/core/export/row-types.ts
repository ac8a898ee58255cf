import { isColumn } from '../kinds/column/column.kind.ts'
import { isDomain } from '../kinds/domain/domain.kind.ts'
import { isEnum } from '../kinds/enum/enum.kind.ts'
import type { ObjectId } from '../model/object.ts'
import type { PgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import type { Holding } from './losses.ts'

/** What a program gets of a value: how drivers hand it over, and how JSON writes it. */
export type ValueShape =
  | { readonly type: 'text' | 'integer' | 'number' | 'flag' | 'time' | 'span' | 'point' | 'bytes' | 'data' }
  /** Too large or too exact for a number of JavaScript: drivers give its digits as text. */
  | { readonly type: 'digits' }
  | { readonly type: 'labels'; readonly labels: readonly string[] }
  | { readonly type: 'list'; readonly of: ValueShape }

const shapes: Readonly<Record<string, Exclude<ValueShape['type'], 'labels' | 'list'>>> = {
  smallint: 'integer',
  integer: 'integer',
  oid: 'integer',
  smallserial: 'integer',
  serial: 'integer',
  bigint: 'digits',
  bigserial: 'digits',
  numeric: 'digits',
  money: 'text',
  real: 'number',
  'double precision': 'number',
  boolean: 'flag',
  date: 'time',
  'timestamp without time zone': 'time',
  'timestamp with time zone': 'time',
  timestamp: 'time',
  timestamptz: 'time',
  interval: 'span',
  point: 'point',
  bytea: 'bytes',
  json: 'data',
  jsonb: 'data',
}

/** Composite, range and other types of a person's own come as text. */
export function shapeOf(type: PgType, schema: Schema): ValueShape {
  const shape = scalarShape(type, schema)
  return type.dimensions > 0 ? { type: 'list', of: shape } : shape
}

function scalarShape(type: PgType, schema: Schema): ValueShape {
  const enumeration = schema.find(type.ref, isEnum)
  if (enumeration) return { type: 'labels', labels: enumeration.labels }
  const domain = schema.find(type.ref, isDomain)
  if (domain) return shapeOf(domain.type, schema)
  return { type: shapes[type.base] ?? 'text' }
}

/** An enum is written with the columns of its type. */
export function writtenEnums(schema: Schema): Holding {
  const used = new Set<ObjectId>()
  const use = (ref: ObjectId | null) => {
    if (ref === null || used.has(ref)) return
    used.add(ref)
    use(schema.find(ref, isDomain)?.type.ref ?? null)
  }
  for (const { type } of schema.all(isColumn)) use(type.ref)
  return {
    is: (object) => isEnum(object) && used.has(object.id),
    fields: ['name', 'labels'],
    otherwise: { is: isEnum, reason: 'No column is of this type' },
  }
}
