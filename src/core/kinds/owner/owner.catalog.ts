import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainPartition, plainTable } from '../../catalog/plain-table.ts'

function inSchema(catalog: string, alias: string, key: string, prefix: string, condition: string): string {
  return `
    select ${alias}.oid, '${key}' || ${alias}.oid as key, ${alias}.${prefix}owner as owner
    from ${catalog} ${alias} join pg_namespace n on n.oid = ${alias}.${prefix}namespace
    where ${condition} and ${ownSchemas} and ${notFromExtension(catalog, `${alias}.oid`)}`
}

/** A sequence that a column owns belongs to whom its table belongs to. */
const ownedSequence = `exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
  and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0)`

/** SELECTs of all that a kind models and that has an owner: `oid`, `key`, `owner`. */
export const owned = [
  `
    select n.oid, 'n' || n.oid as key, n.nspowner as owner
    from pg_namespace n where ${ownSchemas} and ${notFromExtension('pg_namespace', 'n.oid')}`,
  inSchema(
    'pg_class',
    'c',
    'c',
    'rel',
    `(c.relkind in ('v', 'm') or c.relkind = 'S' and not ${ownedSequence} or ${plainTable('c')} or ${plainPartition('c')})`,
  ),
  inSchema('pg_proc', 'p', 'p', 'pro', `p.prokind in ('f', 'p', 'a')`),
  inSchema(
    'pg_type',
    't',
    't',
    'typ',
    `(t.typtype in ('e', 'd', 'r') or exists (select from pg_class tc where tc.oid = t.typrelid and tc.relkind = 'c'))`,
  ),
  inSchema('pg_collation', 'l', 'l', 'coll', 'true'),
  inSchema('pg_ts_dict', 'i', 'i', 'dict', 'true'),
  inSchema('pg_ts_config', 'f', 'f', 'cfg', 'true'),
  inSchema(
    'pg_statistic_ext',
    's',
    's',
    'stx',
    `exists (select from pg_class c where c.oid = s.stxrelid and ${plainTable('c')})`,
  ),
  `
    select h.oid, 'e' || h.oid, h.evtowner from pg_event_trigger h where ${notFromExtension('pg_event_trigger', 'h.oid')}`,
].join('\n    union all')
