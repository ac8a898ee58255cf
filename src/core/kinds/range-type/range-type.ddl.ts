import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf, typeName } from '../../sql/names.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { type Column, isColumn } from '../column/column.kind.ts'
import type { AlterRule } from '../kind.ts'
import { rawTypesOf } from '../raw/raw-types.ts'
import { columnsOfType, disturbedByRetyping, retypedThroughText, retypingRefusal } from '../retyping.ts'
import type { RangeType } from './range-type.kind.ts'

/** The multirange type as SQL names it. */
export function multirangePath(range: RangeType, schema: Schema): string {
  return qualifiedName({ ...range, name: range.multirangeName }, schema)
}

/**
 * What PostgreSQL calls it unasked (makeMultirangeTypeName in typecmds.c); null for a name so long or so written that
 * its bytes would have to be counted.
 */
export function usualMultirangeName(name: string): string | null {
  if (!/^[ -~]{1,50}$/.test(name)) return null
  return name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`
}

export function createRange(range: RangeType, schema: Schema): Statement {
  const option = (word: string, value: string | null) => (value === null ? [] : [`${word} = ${value}`])
  const options = [
    `SUBTYPE = ${typeName(range.subtype, schema)}`,
    ...option('SUBTYPE_OPCLASS', range.opclass),
    ...option('COLLATION', range.collation),
    ...option('CANONICAL', range.canonical),
    ...option('SUBTYPE_DIFF', range.subtypeDiff),
    ...option(
      'MULTIRANGE_TYPE_NAME',
      range.multirangeName === usualMultirangeName(range.name) ? null : multirangePath(range, schema),
    ),
  ]
  return statement(
    range,
    `CREATE TYPE ${qualifiedName(range, schema)} AS RANGE (\n  ${options.join(',\n  ')}\n)`,
  )
}

/** The multirange type stays where it is unless it is moved, too. */
export function moveRange(from: RangeType, to: RangeType, schema: Schema): readonly Statement[] {
  const target = qualifiedNameOf(to.parent, schema)
  return [qualifiedName(from, schema), multirangePath(from, schema)].map((name) =>
    statement(from, `ALTER TYPE ${name} SET SCHEMA ${target}`),
  )
}

/** ALTER TYPE cannot change what a range is made of. */
export const alterDefinition: AlterRule<RangeType> = {
  statements: (from, to, schema) => {
    const made: RangeType = {
      ...to,
      name: from.name,
      parent: from.parent,
      multirangeName: from.multirangeName,
    }
    return retypedThroughText(from, schema, holders(from, schema), [createRange(made, schema)])
  },
  refuses: (from, _to, schema) => retypingRefusal(from, schema),
  disturbs: (from, _to, schema) => disturbedByRetyping(from, schema, holders(from, schema)),
  converts: () => true,
  hazards: (from) => [
    { code: 'may-fail', message: `Stops at the first value that does not convert to the new ${from.name}.` },
  ],
}

/** Columns of the range or of sets of it. */
function holders(range: RangeType, schema: Schema): readonly Column[] {
  const sets = schema
    .all(isColumn)
    .filter((column) => column.generated === null && rawTypesOf(column.type, schema).includes(range.id))
  return [...columnsOfType(range.id, schema), ...sets]
}
