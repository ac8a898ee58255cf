/**
 * SQL that is true for tables that the table kind models: ordinary or partitioned, no partition, not of a composite
 * type, and inheriting from none but such tables. `c` is the alias of pg_class. The others and all that is on them are
 * carried verbatim.
 */
export function plainTable(c: string): string {
  return `${c}.relkind in ('r', 'p') and not ${c}.relispartition and ${c}.reloftype = 0
    and not exists (select from pg_inherits h join pg_class above on above.oid = h.inhparent
      where h.inhrelid = ${c}.oid and (above.relkind <> 'r' or above.reloftype <> 0
        or exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = above.oid and e.deptype = 'e')))`
}

/** SQL that is true for what the partition kind models: a partition in the schema of its table. */
export function plainPartition(c: string): string {
  return `${c}.relispartition and ${c}.relkind in ('r', 'p') and not exists (
    select from pg_partition_ancestors(${c}.oid) u join pg_class v on v.oid = u.relid where v.relnamespace <> ${c}.relnamespace)`
}

/** SQL that is true for tables and partitions whose own checks, indexes, triggers and policies are objects living in them. */
export function hasParts(c: string): string {
  return `(${plainTable(c)} or ${plainPartition(c)})`
}

/** SQL that is true for a relation among those of the query's parameter, or a partition of one, however deep. */
export function inScope(relation: string): string {
  return `($1::oid[] is null or ${relation} = any (array(
    select unnest($1::oid[]) union all select tree.relid from unnest($1::oid[]) top, pg_partition_tree(top) tree)))`
}

/** SQL for the key of a column of `c`: a partition's is that of the table at the top, by name. */
export function columnKey(c: string, attnum: string): string {
  return `case when ${c}.relispartition then (
    select 'a' || top.attrelid || '.' || top.attnum from pg_attribute own join pg_attribute top
      on top.attrelid = pg_partition_root(${c}.oid) and top.attname = own.attname
    where own.attrelid = ${c}.oid and own.attnum = ${attnum}) else 'a' || ${c}.oid || '.' || ${attnum} end`
}

/**
 * SQL that is true for a materialized view `c` whose index `i` the index kind models: its columns are no objects, so
 * that none can be INCLUDEd.
 */
export function indexedMatview(c: string, i: string): string {
  return `${c}.relkind = 'm' and ${i}.indnatts = ${i}.indnkeyatts`
}
