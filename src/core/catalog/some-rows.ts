import { firstOwnOid } from './keys.ts'

/**
 * SELECT of the rows of a system catalogue that are in a query's scope, or of all that did not come with PostgreSQL.
 * `oid` is the column by which the scope limits them, `condition` what else is true of them.
 */
export function someRows(catalog: string, oid: string, condition = 'true'): string {
  return `select from ${catalog} where ${condition} and ${oid} >= ${firstOwnOid} and ($1::oid[] is null or ${oid} = any ($1))`
}

/** The same of what lies in tables, where a scope includes the partitions of its tables: then of any. */
export function someParts(catalog: string, relation: string, condition = 'true'): string {
  return `${someRows(catalog, relation, condition)} union all select from pg_partitioned_table`
}

/** SELECT of rows whatever the scope: for kinds that are always read as a whole, and catalogues with few rows. */
export function anyRows(catalog: string, condition = 'true'): string {
  return `select from ${catalog} where ${condition}`
}

/** Composite types are in the scope by their own oid and by that of their relation. */
export const someComposites = `${someRows('pg_class', 'oid', `relkind = 'c'`)} union all
  select from pg_type t join pg_class c on c.oid = t.typrelid
  where c.relkind = 'c' and t.oid >= ${firstOwnOid} and ($1::oid[] is null or t.oid = any ($1))`
