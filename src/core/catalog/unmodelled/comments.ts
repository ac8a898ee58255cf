import { hasParts, indexedMatview, plainPartition, plainTable } from '../plain-table.ts'
import type { FactFamily } from './family.ts'

/** pg_identify_object's word → COMMENT ON's, where they differ. */
const words = `case i.type when 'table constraint' then 'CONSTRAINT' when 'domain constraint' then 'CONSTRAINT'
  when 'statistics object' then 'STATISTICS' when 'composite type' then 'TYPE' when 'foreign-data wrapper' then 'FOREIGN DATA WRAPPER'
  else case when i.type like '% column' then 'COLUMN' else upper(i.type) end end`

const target = `${words} || ' ' || case i.type when 'domain constraint' then regexp_replace(i.identity, ' on ', ' on domain ') else i.identity end`

/** Comments on everything that is not of a kind: kinds carry their own. */
export const comments: FactFamily = {
  name: 'comments',
  query: `
    with d as (
      select d.classoid, d.objoid, d.objsubid, d.description, c.relkind
      from pg_description d left join pg_class c on d.classoid = 'pg_class'::regclass and c.oid = d.objoid
        left join pg_constraint k on d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid
        left join pg_class r on r.oid = k.conrelid left join pg_class f on f.oid = k.confrelid
        left join pg_trigger g on d.classoid = 'pg_trigger'::regclass and g.oid = d.objoid left join pg_class gc on gc.oid = g.tgrelid
        left join pg_policy y on d.classoid = 'pg_policy'::regclass and y.oid = d.objoid left join pg_class yc on yc.oid = y.polrelid
        left join pg_index x on x.indexrelid = c.oid left join pg_class xc on xc.oid = x.indrelid
        left join pg_statistic_ext s on d.classoid = 'pg_statistic_ext'::regclass and s.oid = d.objoid left join pg_class sc on sc.oid = s.stxrelid
        left join pg_rewrite w on d.classoid = 'pg_rewrite'::regclass and w.oid = d.objoid left join pg_class wc on wc.oid = w.ev_class
        left join pg_type t on d.classoid = 'pg_type'::regclass and t.oid = d.objoid
        left join pg_proc p on d.classoid = 'pg_proc'::regclass and p.oid = d.objoid
      where d.objoid >= 16384
        and d.classoid not in ('pg_namespace'::regclass, 'pg_extension'::regclass, 'pg_collation'::regclass, 'pg_ts_dict'::regclass,
          'pg_ts_config'::regclass, 'pg_event_trigger'::regclass)
        and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e')
        and (c.oid is not null and (c.relkind in ('v', 'S', 'm') and d.objsubid = 0 or c.relkind = 'c' or ${plainTable('c')} or ${plainPartition('c')} and d.objsubid = 0
          or c.relkind in ('i', 'I') and (${hasParts('xc')} or ${indexedMatview('xc', 'x')}) and not exists (select from pg_constraint o where o.conindid = c.oid and o.contype in ('p', 'u', 'x')))) is not true
        and (k.oid is not null and (k.contype in ('p', 'u', 'x', 'f') and ${plainTable('r')} or k.contype = 'c' and ${hasParts('r')}) and not k.conperiod and k.conenforced
          and (k.contype <> 'f' or ${plainTable('f')})) is not true
        and (g.oid is not null and (gc.relkind = 'v' or ${hasParts('gc')})) is not true
        and (y.oid is not null and ${hasParts('yc')}) is not true
        and (t.oid is not null and t.typtype in ('e', 'd', 'r', 'c')) is not true
        and (s.oid is not null and ${plainTable('sc')}) is not true
        and (w.oid is not null and (wc.relkind = 'v' or ${plainTable('wc')})) is not true
        and (k.contypid <> 0 and k.contype = 'c') is not true
        and (p.oid is not null and p.prokind in ('f', 'p', 'a')) is not true)
    select 'comment' as type, null as class, null as oid,
           case when d.classoid = 'pg_class'::regclass then 'c' || d.objoid when d.classoid = 'pg_type'::regclass then 't' || d.objoid
             when d.classoid = 'pg_proc'::regclass then 'p' || d.objoid when d.classoid = 'pg_constraint'::regclass then 'k' || d.objoid
             when d.classoid = 'pg_trigger'::regclass then 'g' || d.objoid else d.classoid::regclass || ':' || d.objoid end as parent,
           i.identity as name, ${target} as path,
           format('COMMENT ON %s IS %s', ${target}, quote_literal(d.description)) as sql, format('COMMENT ON %s IS NULL', ${target}) as drop
    from d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    where i.schema is null or i.schema !~ '^pg_' and i.schema <> 'information_schema'`,
}
