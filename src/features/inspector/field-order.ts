import { readField } from '../../core/kinds/field-access.ts'
import type { Field } from '../../core/kinds/kind.ts'
import { sameValue } from '../../core/model/equality.ts'
import type { ObjectBase } from '../../core/model/object.ts'

type NamedField = readonly [string, Field<ObjectBase, unknown>]

/** Editors that have a place of their own in the inspector, or none. */
const elsewhere = new Set(['hidden', 'generated', 'identity', 'comment'])

/**
 * The fields with a row of their own, in the order of the look: name, type, what converts to it, then the kind's
 * order. What only matters to a change (a conversion) is shown once there is one.
 */
export function displayedFields(
  fields: readonly NamedField[],
  object: ObjectBase,
  baseline: ObjectBase | undefined,
): readonly NamedField[] {
  const retyped = fields.some(
    ([name, field]) =>
      field.editor.type === 'pg-type' &&
      baseline &&
      !sameValue(readField(object, name), readField(baseline, name)),
  )
  return fields
    .filter(([, field]) => !elsewhere.has(field.editor.type) && !field.derived)
    .filter(([name, field]) => !isConversion(field) || retyped || readField(object, name) !== null)
    .toSorted(([, a], [, b]) => rank(a) - rank(b))
}

/** What few people ever set, apart from the rest. */
export function withAdvancedApart(fields: readonly NamedField[]): {
  readonly usual: readonly NamedField[]
  readonly advanced: readonly NamedField[]
} {
  return {
    usual: fields.filter(([, field]) => field.advanced !== true),
    advanced: fields.filter(([, field]) => field.advanced === true),
  }
}

/** True when one of the fields is otherwise than at first. */
export function isAnySet(fields: readonly NamedField[], object: ObjectBase): boolean {
  return fields.some(([name, field]) => !sameValue(readField(object, name), field.initially))
}

/** An expression that says nothing about the database: how an old value becomes a new one. */
function isConversion(field: Field<ObjectBase, unknown>): boolean {
  return field.compared === false && field.editor.type === 'expression'
}

function rank(field: Field<ObjectBase, unknown>): number {
  const { editor } = field
  if (editor.type === 'name') return 0
  if (editor.type === 'pg-type' || editor.type === 'code') return 1
  if (isConversion(field)) return 2
  if (editor.type === 'boolean' && editor.on !== undefined) return 3
  return 4
}
