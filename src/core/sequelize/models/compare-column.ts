import type { Column, Identity } from '../../kinds/column/column.kind.ts'
import { isEnum } from '../../kinds/enum/enum.kind.ts'
import type { PgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { namespaceOf, typeName } from '../../sql/names.ts'
import { modelTypeOf } from './attribute.ts'
import type { ModelColumn } from './drift.ts'
import { modelsSchema } from './model-facts.ts'

/** True where PostgreSQL numbers rows by itself. */
export function counts({ identity, default: fallback }: Column): boolean {
  return identity !== null || /^nextval\(/i.test(fallback ?? '')
}

/** The labels of an enum that only the model has; null for any other type. */
export function ownLabels({ ref }: PgType, schema: Schema): readonly string[] | null {
  const type = schema.find(ref, isEnum)
  return type && namespaceOf(type, schema) === modelsSchema ? type.labels : null
}

/** Any enum's labels. */
export function labelsOf({ ref }: PgType, schema: Schema): readonly string[] | null {
  return schema.find(ref, isEnum)?.labels ?? null
}

/**
 * True for types that a model has no two words for: `DataTypes.DATE` stands for a timestamp with and without time zone.
 * Enums are compared by their labels.
 */
export function sameType(a: PgType, b: PgType, schema: Schema): boolean {
  if (a.dimensions !== b.dimensions) return false
  if (labelsOf(a, schema) && labelsOf(b, schema)) return true
  const word = modelTypeOf(a)
  return (word !== null && word === modelTypeOf(b)) || typeName(a, schema) === typeName(b, schema)
}

/**
 * A DEFAULT without the type that PostgreSQL prints behind it, which the column's own says already. `DEFAULT NULL`, which
 * PostgreSQL keeps, says nothing.
 */
export function plainDefault(expression: string | null): string | null {
  const plain = expression === null ? null : withoutCasts(expression)
  return plain === 'NULL' ? null : plain
}

/** True for two defaults of one type that give the same value. */
export function sameDefault(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && sameValueText(a) === sameValueText(b))
}

/** Of several texts for a value one: of numbers, of arrays of plain words, and of the time at which a transaction began. */
function sameValueText(expression: string): string {
  if (/^(?:CURRENT_TIMESTAMP|transaction_timestamp\(\))$/.test(expression)) return 'now()'
  const [, number] = /^'(-?\d+(?:\.\d+)?)'$/.exec(expression) ?? []
  if (number !== undefined) return number
  const [, members] = /^ARRAY\[(.*)\]$/.exec(expression) ?? []
  const words = members
    ?.split(',')
    .map((member) => /^'?((?!null'?$)[\w-]*)'?$/i.exec(withoutCasts(member.trim()))?.[1])
  return words && !words.includes(undefined) ? `'{${words.join()}}'` : expression
}

/** `'new'::relata_models.enum_m0_state` → `'new'`: each side has types of its own name. */
export function withoutCasts(expression: string): string {
  return expression
    .replaceAll(
      /::(?:"[^"]+"|[\w.])+(?: varying| precision| with(?:out)? time zone)?(?:\([\d,]+\))?(?:\[\])*/g,
      '',
    )
    .replaceAll(/^\((.*)\)$/g, '$1')
}

/** A model's column as the schema would have it: what SERIAL makes is an identity. */
export function modelColumn(column: Column, schema: Schema): ModelColumn {
  const { name, type, notNull } = column
  return {
    name,
    type,
    notNull,
    default: counts(column) ? null : plainDefault(column.default),
    identity: counts(column) ? (column.identity ?? usualIdentity(type)) : null,
    labels: ownLabels(type, schema),
  }
}

const maxima: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
}

function usualIdentity({ base }: PgType): Identity {
  const max = maxima[base] ?? '9223372036854775807'
  return {
    generation: 'by default',
    options: { start: '1', increment: '1', min: '1', max, cache: '1', cycle: false },
  }
}
