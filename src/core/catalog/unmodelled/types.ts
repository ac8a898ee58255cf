import { notFromExtension, ownSchemas } from '../keys.ts'
import { collateClause, type FactFamily } from './family.ts'

const ownType = `${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}`

const domains: FactFamily = {
  name: 'domains',
  query: `
    select 'domain' as type, 'pg_type' as class, t.oid, 'n' || n.oid as parent, t.typname as name,
           format_type(t.oid, null) as path,
           format('CREATE DOMAIN %s AS %s', format_type(t.oid, null), format_type(t.typbasetype, t.typtypmod))
             || ${collateClause('t.typcollation', 'b.typcollation')} as sql,
           'DROP DOMAIN ' || format_type(t.oid, null) as drop
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
    where t.typtype = 'd' and ${ownType}
    union all
    select 'domain default', null, null, 't' || t.oid, 'default', format_type(t.oid, null),
           format('ALTER DOMAIN %s SET DEFAULT %s', format_type(t.oid, null), t.typdefault),
           format('ALTER DOMAIN %s DROP DEFAULT', format_type(t.oid, null))
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'd' and t.typdefault is not null and ${ownType}
    union all
    select 'domain constraint', 'pg_constraint', k.oid, 't' || t.oid, k.conname,
           format_type(t.oid, null) || ' ' || k.conname,
           format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', format_type(t.oid, null), k.conname, pg_get_constraintdef(k.oid)),
           format('ALTER DOMAIN %s DROP CONSTRAINT %I', format_type(t.oid, null), k.conname)
    from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
    where ${ownType}`,
}

const composites: FactFamily = {
  name: 'composite types',
  query: `
    select 'composite type' as type, 'pg_type' as class, t.oid, 'n' || n.oid as parent, t.typname as name,
           format_type(t.oid, null) as path,
           format('CREATE TYPE %s AS (%s)', format_type(t.oid, null), (
             select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                      || ${collateClause('a.attcollation', 'y.typcollation')}, ', ' order by a.attnum)
             from pg_attribute a join pg_type y on y.oid = a.atttypid
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as sql,
           'DROP TYPE ' || format_type(t.oid, null) as drop
    from pg_class c join pg_type t on t.oid = c.reltype join pg_namespace n on n.oid = t.typnamespace
    where c.relkind = 'c' and ${ownType}`,
}

const ranges: FactFamily = {
  name: 'range types',
  query: `
    select 'range type' as type, 'pg_type' as class, t.oid, 'n' || n.oid as parent, t.typname as name,
           format_type(t.oid, null) as path,
           format('CREATE TYPE %s AS RANGE (%s)', format_type(t.oid, null), concat_ws(', ',
             'SUBTYPE = ' || format_type(r.rngsubtype, null),
             case when not o.opcdefault then format('SUBTYPE_OPCLASS = %I.%I', s.nspname, o.opcname) end,
             case when r.rngcollation <> 0 and r.rngcollation <> y.typcollation then 'COLLATION = ' || r.rngcollation::regcollation end,
             case when r.rngcanonical <> 0 then 'CANONICAL = ' || r.rngcanonical::regproc end,
             case when r.rngsubdiff <> 0 then 'SUBTYPE_DIFF = ' || r.rngsubdiff::regproc end,
             'MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, null))) as sql,
           'DROP TYPE ' || format_type(t.oid, null) as drop
    from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
      join pg_type y on y.oid = r.rngsubtype join pg_opclass o on o.oid = r.rngsubopc join pg_namespace s on s.oid = o.opcnamespace
    where ${ownType}
    union all
    select 'shell type', 'pg_type', t.oid, 'n' || n.oid, t.typname, format_type(t.oid, null),
           'CREATE TYPE ' || format_type(t.oid, null), 'DROP TYPE ' || format_type(t.oid, null)
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where not t.typisdefined and ${ownType}`,
}

export const typeFamilies: readonly FactFamily[] = [domains, composites, ranges]
