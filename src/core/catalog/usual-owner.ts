import { owned } from '../kinds/owner/owner.catalog.ts'

/**
 * SQL for the role to which most of a database belongs; who asks, where nothing belongs to anybody. Whoever runs a
 * migration stands for that role.
 */
export const usualOwnerSql = `coalesce((
  select pg_get_userbyid(o.owner) from (${owned}) o
  where pg_get_userbyid(o.owner) <> 'pg_database_owner' group by o.owner order by count(*) desc, 1 limit 1), current_user)`

/** A catalogue query as it would be answered to `role`, an SQL expression: what belongs to that role needs no owner. */
export function asRole(query: string, role: string): string {
  return query.replaceAll(/\bcurrent_user\b/g, role)
}
