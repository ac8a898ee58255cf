import type { ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { quoteName } from '../sql/quote.ts'
import { isRole } from './role/role.kind.ts'

/** Stands for every role, present and to come; no role can have this name (42939). */
export const everyone = 'public'

/** Stands for whoever runs the migration, who owns everything that it makes. */
export const whoMigrates = 'CURRENT_USER'

/** A role in SQL. */
export function roleSql(name: string): string {
  if (name === everyone) return 'PUBLIC'
  return name === whoMigrates ? name : quoteName(name)
}

/** The objects of roles with these names; `PUBLIC`, predefined roles and the like have none. */
export function rolesNamed(names: readonly string[], schema: Schema): readonly ObjectId[] {
  return names.flatMap((name) => schema.named(null, name, isRole)?.id ?? [])
}

/** SQL for the name of the role with that oid as documents write it. 0 is PUBLIC. */
export function roleNameSql(oid: string): string {
  return `case when ${oid} = 0 then '${everyone}' when pg_get_userbyid(${oid}) = current_user then '${whoMigrates}'
    else pg_get_userbyid(${oid}) end`
}
