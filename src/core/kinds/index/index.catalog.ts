import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { columnKey, hasParts, indexedMatview, inScope } from '../../catalog/plain-table.ts'
import type { CatalogRow } from '../../catalog/row.ts'
import { someParts } from '../../catalog/some-rows.ts'
import type { CatalogReader } from '../kind.ts'
import { readTablespace, tablespaceColumn } from '../storage.ts'
import type { Index, IndexKey } from './index.kind.ts'

/**
 * The keys of the index `i` on the relation `c`. The columns of a materialized view are no objects: they count as
 * expressions. An operator class counts as the default unless another one of the method is marked as default for exactly the
 * column's type, as ruleutils' get_opclass_name does for types that have their own.
 */
export const keyRows = `
  select json_agg(json_build_object(
      'column', case when u.attnum > 0 and c.relkind <> 'm' then ${columnKey('c', 'u.attnum')} end,
      'expression', case when u.attnum = 0 or c.relkind = 'm' then pg_get_indexdef(i.indexrelid, u.place::int, true) end,
      'opclass', case when xa.attoptions is not null or not o.opcdefault or exists (
          select from pg_opclass other where other.opcmethod = o.opcmethod and other.opcdefault and other.oid <> o.oid
            and other.opcintype = ta.atttypid)
        then case when opn.nspname in ('pg_catalog', 'public') then '' else quote_ident(opn.nspname) || '.' end
          || quote_ident(o.opcname) || coalesce('(' || (
            select string_agg(split_part(option, '=', 1) || '=' || quote_literal(substr(option, strpos(option, '=') + 1)), ', ')
            from unnest(xa.attoptions) option) || ')', '') end,
      'collation', case when ic.oid <> 0 and ic.oid <> coalesce(ta.attcollation, xt.typcollation)
        then case when ln.nspname in ('pg_catalog', 'public') then '' else quote_ident(ln.nspname) || '.' end
          || quote_ident(l.collname) end,
      'options', opt.bits) order by u.place)
  from unnest(i.indkey::int2[]) with ordinality u (attnum, place)
    join pg_attribute xa on xa.attrelid = i.indexrelid and xa.attnum = u.place
    join pg_type xt on xt.oid = xa.atttypid
    left join pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = u.attnum and u.attnum > 0
    join lateral (select (i.indclass::oid[])[u.place - 1] as oid) oc on true
    join pg_opclass o on o.oid = oc.oid
    join pg_namespace opn on opn.oid = o.opcnamespace
    join lateral (select (i.indcollation::oid[])[u.place - 1] as oid) ic on true
    left join pg_collation l on l.oid = ic.oid
    left join pg_namespace ln on ln.oid = l.collnamespace
    join lateral (select (i.indoption::int2[])[u.place - 1] as bits) opt on true
  where u.place <= i.indnkeyatts`

export const indexCatalog: CatalogReader<Index> = {
  some: someParts('pg_index', 'indrelid', 'not indisprimary'),
  query: `
    select 'c' || x.oid as id, 'c' || i.indrelid as parent, x.relname as name, m.amname as method,
           i.indisunique as unique, i.indnullsnotdistinct as nulls_not_distinct, (${keyRows}) as keys,
           array(select ${columnKey('c', 'u.attnum')} from unnest(i.indkey::int2[]) with ordinality u (attnum, place)
                 where u.place > i.indnkeyatts order by u.place) as include,
           pg_get_expr(i.indpred, i.indrelid) as predicate,
           array(select option from unnest(x.reloptions) option order by option) as parameters, ${tablespaceColumn('x')},
           obj_description(x.oid, 'pg_class') as comment
    from pg_index i
      join pg_class x on x.oid = i.indexrelid
      join pg_am m on m.oid = x.relam
      join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where (${hasParts('c')} and not x.relispartition or ${indexedMatview('c', 'i')}) and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
      and not exists (select from pg_constraint k where k.conindid = x.oid and k.contype in ('p', 'u', 'x'))
      and ${inScope('i.indrelid')}
    order by n.nspname, c.relname, x.relname`,
  read: (row) => ({
    id: row.text('id'),
    kind: 'index',
    parent: row.text('parent'),
    name: row.text('name'),
    method: row.text('method'),
    unique: row.flag('unique'),
    nullsNotDistinct: row.flag('nulls_not_distinct'),
    keys: row.rows('keys').map(readIndexKey),
    include: row.texts('include'),
    where: row.textOrNull('predicate'),
    with: row.texts('parameters'),
    ...readTablespace(row),
    comment: row.textOrNull('comment'),
  }),
}

/** Bits of indoption (pg_index.h): 1 descending, 2 nulls first. */
export function readIndexKey(row: CatalogRow): IndexKey {
  const bits = row.number('options')
  const order = (bits & 1) === 1 ? 'desc' : 'asc'
  const nulls = (bits & 2) === 2 ? 'first' : 'last'
  return {
    column: row.textOrNull('column'),
    expression: row.textOrNull('expression'),
    opclass: row.textOrNull('opclass'),
    collation: row.textOrNull('collation'),
    order,
    nulls: nulls === (order === 'asc' ? 'last' : 'first') ? null : nulls,
  }
}
