import { notFromExtension, ownSchemas } from '../keys.ts'
import { hasParts, indexedMatview, plainTable } from '../plain-table.ts'
import { type FactFamily, optionList, optionNames, tablespaceName } from './family.ts'

const own = `${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}`

/** Everything but what the check, primary key, unique, exclusion and foreign key kinds read. */
const constraints: FactFamily = {
  name: 'constraints',
  query: `
    select case k.contype when 'x' then 'exclusion constraint' when 'c' then 'check constraint' when 'f' then 'foreign key constraint'
             when 'n' then 'not-null constraint' when 'p' then 'primary key constraint' else 'unique constraint' end as type,
           'pg_constraint' as class, k.oid, 'c' || c.oid as parent, k.conname as name,
           c.oid::regclass || '.' || k.conname as path,
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, k.conname, pg_get_constraintdef(k.oid)) as sql,
           format('ALTER TABLE %s DROP CONSTRAINT %I', c.oid::regclass, k.conname) as drop
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_class r on r.oid = k.confrelid
    where k.contype in ('x', 'c', 'f', 'p', 'u', 'n') and k.conparentid = 0 and k.conislocal and c.relkind in ('r', 'p', 'f') and ${own}
      and case when k.contype = 'n' then not k.convalidated or k.connoinherit or c.relispartition and k.coninhcount = 0
          when k.contype = 'c' and ${hasParts('c')} then not k.conenforced
          else not (${plainTable('c')}) or k.conperiod or not k.conenforced
            or k.contype = 'f' and not (${plainTable('r')}) end
    order by array_position(array['p', 'u', 'x', 'c', 'n', 'f']::"char"[], k.contype), k.oid`,
}

/** A name that a person gave; PostgreSQL's own end in _not_null. */
const notNullNames: FactFamily = {
  name: 'names of not-null constraints',
  query: `
    select 'not-null constraint name' as type, null as class, null as oid, 'a' || c.oid || '.' || a.attnum as parent, k.conname as name,
           c.oid::regclass || '.' || a.attname as path,
           format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', c.oid::regclass, c.relname || '_' || a.attname || '_not_null', k.conname) as sql,
           format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', c.oid::regclass, k.conname, c.relname || '_' || a.attname || '_not_null') as drop
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'n' and k.convalidated and not k.connoinherit and k.coninhcount = 0 and k.conname !~ '_not_null\\d*$' and ${plainTable('c')} and ${own}
      and octet_length(c.relname || '_' || a.attname || '_not_null') < 64`,
}

const indexes: FactFamily = {
  name: 'indexes',
  query: `
    select 'index' as type, 'pg_class' as class, i.oid, 'c' || c.oid as parent, i.relname as name, i.oid::regclass::text as path,
           replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON ') as sql, 'DROP INDEX ' || i.oid::regclass as drop
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'f') and not (${hasParts('c')} or ${indexedMatview('c', 'x')}) and not i.relispartition and ${own}
      and not exists (select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
    union all
    select 'index options', null, null, 'k' || k.oid, i.relname, i.oid::regclass::text,
           format('ALTER INDEX %s SET (%s)', i.oid::regclass, ${optionList('i.reloptions')}),
           format('ALTER INDEX %s RESET (%s)', i.oid::regclass, ${optionNames('i.reloptions')})
    from pg_constraint k join pg_class i on i.oid = k.conindid join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('p', 'u', 'x') and i.reloptions is not null and ${plainTable('c')} and not k.conperiod and ${own}
    union all
    select 'index statistics', null, null, 'c' || i.oid, a.attnum::text, i.oid::regclass || '.' || a.attnum,
           format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', i.oid::regclass, a.attnum, a.attstattarget),
           format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS DEFAULT', i.oid::regclass, a.attnum)
    from pg_class i join pg_attribute a on a.attrelid = i.oid join pg_index x on x.indexrelid = i.oid
      join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attstattarget >= 0 and not i.relispartition and ${own}
    union all
    select 'index tablespace', null, null,
           case when k.oid is not null and ${plainTable('c')} then 'k' || k.oid when k.oid is not null or o.oid is not null then 'c' || c.oid else 'c' || i.oid end,
           i.relname, i.oid::regclass::text,
           format('ALTER INDEX %s SET TABLESPACE %s', i.oid::regclass, ${tablespaceName('i')}),
           format('ALTER INDEX %s SET TABLESPACE %s', i.oid::regclass, ${tablespaceName('o')})
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_constraint k on k.conindid = i.oid and k.contype in ('p', 'u', 'x')
      left join pg_inherits h on h.inhrelid = i.oid left join pg_class o on o.oid = h.inhparent
    where i.reltablespace <> coalesce(o.reltablespace, 0) and ${own}
      and not (k.oid is null and o.oid is null and (${hasParts('c')} or ${indexedMatview('c', 'x')}))`,
}

const triggers: FactFamily = {
  name: 'triggers',
  query: `
    select 'trigger' as type, 'pg_trigger' as class, g.oid, 'c' || c.oid as parent, g.tgname as name, c.oid::regclass || '.' || g.tgname as path,
           pg_get_triggerdef(g.oid) as sql, format('DROP TRIGGER %I ON %s', g.tgname, c.oid::regclass) as drop
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not g.tgisinternal and g.tgparentid = 0 and c.relkind <> 'v' and not ${hasParts('c')} and ${own}
    union all
    select 'trigger state', null, null, 'c' || c.oid, g.tgname, c.oid::regclass || '.' || g.tgname,
           format('ALTER TABLE %s %s TRIGGER %I', c.oid::regclass, case g.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' else 'ENABLE ALWAYS' end, g.tgname),
           format('ALTER TABLE %s ENABLE TRIGGER %I', c.oid::regclass, g.tgname)
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not g.tgisinternal and g.tgparentid = 0 and g.tgenabled <> 'O' and c.relkind <> 'v' and not ${hasParts('c')} and ${own}`,
}

const rules: FactFamily = {
  name: 'rules',
  query: `
    select 'rule' as type, 'pg_rewrite' as class, w.oid, 'c' || c.oid as parent, w.rulename as name, c.oid::regclass || '.' || w.rulename as path,
           rtrim(pg_get_ruledef(w.oid), ';') as sql, format('DROP RULE %I ON %s', w.rulename, c.oid::regclass) as drop
    from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_namespace n on n.oid = c.relnamespace
    where w.rulename <> '_RETURN' and c.relkind <> 'v' and not (${plainTable('c')}) and ${own}
    union all
    select 'rule state', null, null, 'c' || c.oid, w.rulename, c.oid::regclass || '.' || w.rulename,
           format('ALTER TABLE %s %s RULE %I', c.oid::regclass, case w.ev_enabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' else 'ENABLE ALWAYS' end, w.rulename),
           format('ALTER TABLE %s ENABLE RULE %I', c.oid::regclass, w.rulename)
    from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_namespace n on n.oid = c.relnamespace
    where w.rulename <> '_RETURN' and c.relkind <> 'v' and not (${plainTable('c')}) and w.ev_enabled <> 'O' and ${own}`,
}

const policies: FactFamily = {
  name: 'policies',
  query: `
    select 'policy' as type, 'pg_policy' as class, p.oid, 'c' || c.oid as parent, p.polname as name, c.oid::regclass || '.' || p.polname as path,
           concat(format('CREATE POLICY %I ON %s', p.polname, c.oid::regclass), case when not p.polpermissive then ' AS RESTRICTIVE' end,
             case p.polcmd when 'r' then ' FOR SELECT' when 'a' then ' FOR INSERT' when 'w' then ' FOR UPDATE' when 'd' then ' FOR DELETE' end,
             ' TO ' || (select string_agg(quote_ident(r.rolname), ', ' order by r.rolname) from pg_roles r where r.oid = any (p.polroles)),
             E'\\n  USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', E'\\n  WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as sql,
           format('DROP POLICY %I ON %s', p.polname, c.oid::regclass) as drop
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where not ${hasParts('c')} and ${own}`,
}

const statistics: FactFamily = {
  name: 'extended statistics',
  query: `
    select 'statistics' as type, 'pg_statistic_ext' as class, s.oid, 'c' || c.oid as parent, s.stxname as name,
           format('%I.%I', m.nspname, s.stxname) as path, pg_get_statisticsobjdef(s.oid) as sql,
           format('DROP STATISTICS %I.%I', m.nspname, s.stxname) as drop
    from pg_statistic_ext s join pg_class c on c.oid = s.stxrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_namespace m on m.oid = s.stxnamespace
    where not (${plainTable('c')}) and ${own}
    union all
    select 'statistics target', null, null, 'c' || c.oid, s.stxname, format('%I.%I', m.nspname, s.stxname),
           format('ALTER STATISTICS %I.%I SET STATISTICS %s', m.nspname, s.stxname, s.stxstattarget),
           format('ALTER STATISTICS %I.%I SET STATISTICS DEFAULT', m.nspname, s.stxname)
    from pg_statistic_ext s join pg_class c on c.oid = s.stxrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_namespace m on m.oid = s.stxnamespace
    where s.stxstattarget >= 0 and not (${plainTable('c')}) and ${own}`,
}

export const onTableFamilies: readonly FactFamily[] = [
  constraints,
  notNullNames,
  indexes,
  triggers,
  rules,
  policies,
  statistics,
]
