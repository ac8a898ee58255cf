/**
 * Catalogue keys: text ids that catalogue queries give to objects, made of a letter for the system catalogue and its
 * oid. `n` pg_namespace, `c` pg_class, `a` pg_attribute (`a<table>.<attnum>`), `t` pg_type, `k` pg_constraint,
 * `p` pg_proc, `g` pg_trigger, `x` pg_extension, `d<table>.<attnum>` a default of a partition, `r` pg_authid, `y` pg_policy, `s` pg_statistic_ext, `q` pg_rewrite, `l` pg_collation,
 * `i` pg_ts_dict, `f` pg_ts_config, `e` pg_event_trigger; of rights `w<oid>.<grantee>.<key>`
 * on an object and `u<oid>.<grantee>` in pg_default_acl.
 */
const catalogs: Readonly<Record<string, string>> = {
  n: 'pg_namespace',
  c: 'pg_class',
  t: 'pg_type',
  k: 'pg_constraint',
  s: 'pg_statistic_ext',
  q: 'pg_rewrite',
  l: 'pg_collation',
  i: 'pg_ts_dict',
  f: 'pg_ts_config',
  e: 'pg_event_trigger',
  p: 'pg_proc',
  g: 'pg_trigger',
  x: 'pg_extension',
  r: 'pg_authid',
  y: 'pg_policy',
}

/** The oid inside a key; of a column's key, the oid of its table. */
export function oidOfKey(key: string): number {
  return Number.parseInt(key.slice(1), 10)
}

/** The key of an object as event triggers and pg_depend name it; undefined for catalogues without a kind. */
export function keyOf(catalog: string, oid: number, subId: number): string | undefined {
  if (catalog === 'pg_class' && subId > 0) return `a${oid}.${subId}`
  const letter = Object.entries(catalogs).find(([, name]) => name === catalog)?.[0]
  return letter === undefined ? undefined : `${letter}${oid}`
}

/** Objects with oids from here on were not made by initdb (docs 69.2, FirstNormalObjectId). */
export const firstOwnOid = 16384

/** SQL that is true for schemas a person owns; `n` is the alias of pg_namespace. */
export const ownSchemas = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** SQL that is true unless an extension owns the object (pg_depend deptype `e`). */
export function notFromExtension(catalog: string, oid: string): string {
  return `not exists (select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid} and e.deptype = 'e')`
}
