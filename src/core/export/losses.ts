import { fieldsOf, readField } from '../kinds/field-access.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isSchemaObject } from '../kinds/schema/schema.kind.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Is, Schema } from '../model/schema.ts'
import { defaultSchemaName } from '../sql/names.ts'
import { usualName } from './usual-names.ts'

/** Something of a schema that a text in another format does not say. */
export interface Loss {
  readonly kind: string
  /** `sales.orders.total` */
  readonly name: string
  readonly reason: string
}

/** What a format says of the objects of one kind. */
export interface Holding {
  readonly is: (object: ObjectBase) => boolean
  readonly fields: readonly string[]
  /** Why one that is not held is lost, where that is not for its kind. */
  readonly otherwise?: { readonly is: (object: ObjectBase) => boolean; readonly reason: string }
}

/** Objects of that kind are written, with these fields; whatever else one of them has is lost. */
export function holds<T extends ObjectBase>(is: Is<T>, ...fields: readonly (keyof T & string)[]): Holding {
  return { is, fields: ['name', ...fields] }
}

/** The same where the name is not written: it is lost unless it is the usual one. */
export function holdsUnnamed<T extends ObjectBase>(
  is: Is<T>,
  ...fields: readonly (keyof T & string)[]
): Holding {
  return { is, fields }
}

/** The name of a schema stands before those of what is written of it. */
const understood: readonly Holding[] = [holds(isSchemaObject)]

/** Values that say nothing beyond what is usual. */
const usual: Readonly<Record<string, unknown>> = {
  onUpdate: 'no action',
  onDelete: 'no action',
  match: 'simple',
  deferral: 'not deferrable',
  method: 'btree',
}

/**
 * What a format that holds this loses, object by object. What is inside a lost object is not named again; `format` is
 * its name in a sentence.
 */
export function lossesOf(schema: Schema, format: string, held: readonly Holding[]): readonly Loss[] {
  const all = [...understood, ...held]
  const holdingOf = (object: ObjectBase) => all.find(({ is }) => is(object))
  const losses: Loss[] = []
  // Their columns take no null, whether those say so or not.
  const primary = new Set(schema.all(isPrimaryKey).flatMap(({ columns }) => columns))
  const inUse = new Set<ObjectId | null>()
  for (const object of schema.document.objects.values()) if (holdingOf(object)) inUse.add(object.parent)
  for (const object of schema.document.objects.values()) {
    const parent = object.parent === null ? undefined : schema.get(object.parent)
    if (parent && !holdingOf(parent)) continue
    const kind = kindOf(object)
    const holding = holdingOf(object)
    const name = pathOf(object, schema)
    if (!holding) {
      const reason = all.find(({ otherwise }) => otherwise?.is(object))?.otherwise?.reason
      losses.push({
        kind: kind.label,
        name,
        reason: reason ?? `${format} has no ${kind.plural.toLowerCase()}`,
      })
      continue
    }
    if (isSchemaObject(object) && object.name !== defaultSchemaName && !inUse.has(object.id)) {
      losses.push({ kind: kind.label, name, reason: 'Nothing in it is written' })
      continue
    }
    const lost = fieldsOf(kind).filter(
      ([field, { compared, derived, initially }]) =>
        compared !== false &&
        derived !== true &&
        !holding.fields.includes(field) &&
        !(field === 'name' && object.name === usualName(object, schema)) &&
        !(field === 'notNull' && primary.has(object.id)) &&
        !saysNothing(field, readField(object, field), initially),
    )
    if (lost.length === 0) continue
    const labels = lost.map(([, { label }]) => label.toLowerCase())
    losses.push({ kind: kind.label, name, reason: `Not written: ${labels.join(', ')}` })
  }
  return losses
}

function saysNothing(field: string, value: unknown, initially: unknown): boolean {
  if (value === null || value === false || value === '' || value === usual[field]) return true
  return (Array.isArray(value) && value.length === 0) || value === initially
}

/** The names from its schema down to it, without `public`. */
export function pathOf(object: ObjectBase, schema: Schema): string {
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  if (!parent || (isSchemaObject(parent) && parent.name === defaultSchemaName)) return object.name
  return `${pathOf(parent, schema)}.${object.name}`
}
