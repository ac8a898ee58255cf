import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import { someRows } from '../../catalog/some-rows.ts'
import { deferralColumn, isDeferral } from '../constraint.ts'
import type { CatalogReader } from '../kind.ts'
import type { ForeignKey, ReferentialAction } from './foreign-key.kind.ts'

const actions: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

const keys = (table: string, columns: string) =>
  `array(select 'a' || ${table} || '.' || u.attnum from unnest(${columns}) with ordinality u (attnum, place) order by u.place)`

/** Left to what no kind models: NOT ENFORCED, PERIOD, and keys to partitioned or inherited tables. */
export const foreignKeyCatalog: CatalogReader<ForeignKey> = {
  some: someRows('pg_constraint', 'conrelid', `contype = 'f'`),
  query: `
    select 'k' || k.oid as id, 'c' || k.conrelid as parent, k.conname as name,
           ${keys('k.conrelid', 'k.conkey')} as columns, 'c' || k.confrelid as referenced_table,
           ${keys('k.confrelid', 'k.confkey')} as referenced_columns, k.confupdtype::text as on_update,
           k.confdeltype::text as on_delete, ${keys('k.conrelid', 'k.confdelsetcols')} as on_delete_columns,
           k.confmatchtype = 'f' as match_full, ${deferralColumn}, not k.convalidated as not_valid,
           obj_description(k.oid, 'pg_constraint') as comment
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and k.conparentid = 0 and not k.conperiod and k.conenforced
      and ${plainTable('c')} and ${plainTable('r')} and ${ownSchemas}
      and ${notFromExtension('pg_class', 'c.oid')} and ($1::oid[] is null or k.conrelid = any ($1))
    order by n.nspname, c.relname, k.conname`,
  read: (row) => {
    const deferral = row.text('deferral')
    return {
      id: row.text('id'),
      kind: 'foreign key',
      parent: row.text('parent'),
      name: row.text('name'),
      columns: row.texts('columns'),
      referencedTable: row.text('referenced_table'),
      referencedColumns: row.texts('referenced_columns'),
      onUpdate: actions[row.text('on_update')] ?? 'no action',
      onDelete: actions[row.text('on_delete')] ?? 'no action',
      onDeleteColumns: row.texts('on_delete_columns'),
      match: row.flag('match_full') ? 'full' : 'simple',
      deferral: isDeferral(deferral) ? deferral : 'not deferrable',
      notValid: row.flag('not_valid'),
      comment: row.textOrNull('comment'),
    }
  },
}
