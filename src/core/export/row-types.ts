import { isAttribute } from '../kinds/attribute/attribute.kind.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isCompositeType } from '../kinds/composite-type/composite-type.kind.ts'
import { isDomain } from '../kinds/domain/domain.kind.ts'
import { isEnum } from '../kinds/enum/enum.kind.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { isBuiltInType, type PgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import type { Holding } from './losses.ts'

type ScalarWord =
  | 'text'
  | 'integer'
  | 'number'
  /** Too large or too exact for a number of JavaScript: drivers give its digits as text. */
  | 'digits'
  | 'flag'
  | 'time'
  | 'span'
  | 'point'
  | 'circle'
  | 'bytes'
  | 'data'

/** What a program gets of a value: how drivers hand it over, and how JSON writes it. */
export type ValueShape =
  /** `pgType` is the type beneath all domains. */
  | { readonly type: ScalarWord; readonly pgType: PgType }
  | { readonly type: 'labels'; readonly labels: readonly string[] }
  /** Of a composite type, or of a table used as one. */
  | { readonly type: 'record'; readonly of: ObjectBase }
  /** `isOwn`: an array of one of PostgreSQL's own types, which drivers know. */
  | { readonly type: 'list'; readonly of: ValueShape; readonly isOwn: boolean }

const words: Readonly<Record<string, ScalarWord>> = {
  smallint: 'integer',
  integer: 'integer',
  oid: 'integer',
  smallserial: 'integer',
  serial: 'integer',
  bigint: 'digits',
  bigserial: 'digits',
  numeric: 'digits',
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
  circle: 'circle',
  bytea: 'bytes',
  json: 'data',
  jsonb: 'data',
}

/** Ranges and types that Relata does not know come as text. */
export function shapeOf(type: PgType, schema: Schema): ValueShape {
  let shape = scalarShape(type, schema)
  for (let depth = 0; depth < type.dimensions; depth += 1) {
    shape = { type: 'list', of: shape, isOwn: isBuiltInType(type) }
  }
  return shape
}

function scalarShape(type: PgType, schema: Schema): ValueShape {
  const object = type.ref === null ? undefined : schema.get(type.ref)
  if (object && isEnum(object)) return { type: 'labels', labels: object.labels }
  if (object && isDomain(object)) return shapeOf(object.type, schema)
  if (object && partsOf(object, schema).length > 0) return { type: 'record', of: object }
  const word = type.ref === null ? type.base.replace(/^interval .*/, 'interval') : ''
  return { type: words[word] ?? 'text', pgType: type }
}

/** The parts of a value of a composite type, or of the row of a table, in order. */
export function partsOf(
  { id }: ObjectBase,
  schema: Schema,
): readonly (ObjectBase & { readonly type: PgType })[] {
  return schema.children(id).filter((child) => isAttribute(child) || isColumn(child))
}

/** What the domains that a column is of add to it: none of them takes null, one of them has a default. */
export function domainRules(
  type: PgType,
  schema: Schema,
): { readonly isRequired: boolean; readonly hasDefault: boolean } {
  const domain = type.dimensions === 0 ? schema.find(type.ref, isDomain) : undefined
  if (!domain) return { isRequired: false, hasDefault: false }
  const beneath = domainRules(domain.type, schema)
  return {
    isRequired: domain.notNull || beneath.isRequired,
    hasDefault: domain.default !== null || beneath.hasDefault,
  }
}

/**
 * Types of a person's own that are written with the columns of them; a domain as the type beneath. `isSeen` is false
 * for a type whose parts are not written.
 */
export function writtenTypes(
  schema: Schema,
  format: string,
  isSeen: (shape: ValueShape) => boolean,
): readonly Holding[] {
  const used = new Set<ObjectId>()
  const use = (type: PgType) => {
    const object = type.ref === null ? undefined : schema.get(type.ref)
    if (!object || used.has(object.id)) return
    if (isDomain(object)) use(object.type)
    else if (isSeen(shapeOf(type, schema))) {
      used.add(object.id)
      for (const part of partsOf(object, schema)) use(part.type)
    }
  }
  for (const { type } of schema.all(isColumn)) use(type)
  const isUsed = ({ id }: ObjectBase) => used.has(id)
  const reason = 'No column is written with it'
  return [
    {
      is: (object) => isEnum(object) && isUsed(object),
      fields: ['name', 'labels'],
      otherwise: { is: isEnum, reason },
    },
    {
      is: (object) => isCompositeType(object) && isUsed(object),
      fields: ['name', 'comment'],
      otherwise: { is: isCompositeType, reason },
    },
    { is: isAttribute, fields: ['name', 'type', 'comment'] },
    {
      is: () => false,
      fields: [],
      otherwise: {
        is: isDomain,
        reason: `${format} has no domains: columns are written with the type beneath`,
      },
    },
  ]
}
