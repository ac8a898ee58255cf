import { type PgType, parsePgType } from '../model/pg-type.ts'
import { notFromExtension } from './keys.ts'
import type { CatalogRow } from './row.ts'

/**
 * Joins, as `ty`, what `readType` reads of the type with the oid and modifier that two SQL expressions give. `ref` is
 * the key of a type that a kind models: an enum, domain, composite or range type, or the row type of a table or view.
 * Of an array, that of its elements (docs 52.64: a true array type has typlen -1 and typelem; so has a domain over one).
 */
export function typeJoin(oid: string, modifier: string): string {
  return `join lateral (
    select format_type(${oid}, ${modifier}) as type, u.typname as ref_name, tt.typcollation,
           case when un.oid is null then null
                when u.typtype in ('e', 'd', 'r') or uc.relkind = 'c' then 't' || u.oid
                when uc.relkind in ('r', 'v', 'm') then 'c' || uc.oid end as ref
    from pg_type tt
      join pg_type u on u.oid = case when tt.typelem <> 0 and tt.typlen = -1 and tt.typtype = 'b' and tt.typcategory = 'A'
        then tt.typelem else tt.oid end
      left join pg_class uc on uc.oid = u.typrelid
      left join pg_namespace un on un.oid = u.typnamespace and un.nspname !~ '^pg_' and un.nspname <> 'information_schema'
        and ${notFromExtension('pg_type', 'u.oid')}
    where tt.oid = ${oid}) ty on true`
}

/** What a query selects of `ty` for `readType`. */
export const typeColumns = 'ty.type, ty.ref, ty.ref_name'

export function readType(row: CatalogRow): PgType {
  const type = parsePgType(row.text('type'), () => null)
  const ref = row.textOrNull('ref')
  return ref === null ? type : { ...type, base: row.text('ref_name'), ref }
}

/** The collation `oid` as SQL writes it where it is not the default one `usual`; otherwise null. */
export function collationColumn(oid: string, usual: string): string {
  return `(select case when ln.nspname in ('pg_catalog', 'public') then '' else quote_ident(ln.nspname) || '.' end || quote_ident(l.collname)
    from pg_collation l join pg_namespace ln on ln.oid = l.collnamespace
    where l.oid = ${oid} and ${oid} <> ${usual}) as collation`
}
