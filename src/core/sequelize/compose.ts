import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import type { SequelizeCall } from './call.ts'

/**
 * The idiomatic calls that create an object together with `members`, the children inside its statement; null where
 * only raw SQL does exactly that.
 */
export function callsForCreate(
  object: ObjectBase,
  members: readonly ObjectBase[],
  schema: Schema,
): readonly SequelizeCall[] | null {
  if (members.length > 0) return null
  return kindOf(object).sequelize?.create?.(object, schema) ?? null
}
