/**
 * One group of facts that no kind carries. Its query gives a row per fact:
 * `type` PostgreSQL's word for it · `class`, `oid` its own catalogue entry; both null for a property of another object,
 * `class` alone a made-up key where other facts live in it · `parent` the catalogue key of what it lives in · `name` ·
 * `path` tells it from all others of its type · `sql` the statement that makes it · `drop` the one that undoes it.
 */
export interface FactFamily {
  readonly name: string
  readonly query: string
}

/** The collation clause of a column or domain whose collation is not its type's own. */
export function collateClause(collation: string, typeCollation: string): string {
  return `case when ${collation} <> 0 and ${collation} <> ${typeCollation} then ' COLLATE ' || ${collation}::regcollation else '' end`
}

/** `a=b` options as `(a='b', c='d')`. */
export function optionList(options: string): string {
  return `(select string_agg(split_part(o, '=', 1) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ' order by o) from unnest(${options}) o)`
}

/** The names of `a=b` options. */
export function optionNames(options: string): string {
  return `(select string_agg(split_part(o, '=', 1), ', ' order by o) from unnest(${options}) o)`
}

/** The tablespace of a row of pg_class, where `alias` may be none. */
export function tablespaceName(alias: string): string {
  return `coalesce((select quote_ident(spcname) from pg_tablespace where oid = ${alias}.reltablespace), 'pg_default')`
}
