/**
 * SQL that is true for tables that the table kind models: ordinary, no partition, no inheritance child, not of a
 * composite type. `c` is the alias of pg_class. The others and all that is on them are carried verbatim.
 */
export function plainTable(c: string): string {
  return `${c}.relkind = 'r' and not ${c}.relispartition and ${c}.reloftype = 0
    and not exists (select from pg_inherits h where h.inhrelid = ${c}.oid)`
}
