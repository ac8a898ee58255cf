import { notFromExtension, ownSchemas } from '../keys.ts'
import type { FactFamily } from './family.ts'

const ownFunction = `${ownSchemas} and ${notFromExtension('pg_proc', 'p.oid')}`

const functions: FactFamily = {
  name: 'window functions and support functions',
  query: `
    select 'window function' as type, 'pg_proc' as class, p.oid, 'n' || n.oid as parent, p.proname as name,
           p.oid::regprocedure::text as path, rtrim(pg_get_functiondef(p.oid), E'\\n') as sql,
           'DROP FUNCTION ' || p.oid::regprocedure as drop
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind = 'w' and ${ownFunction}
    union all
    select 'function support', null, null, 'p' || p.oid, p.proname, p.oid::regprocedure::text,
           format('ALTER FUNCTION %s SUPPORT %s', p.oid::regprocedure, p.prosupport), null
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosupport <> 0 and ${ownFunction}`,
}

const operators: FactFamily = {
  name: 'operators',
  query: `
    select 'operator' as type, 'pg_operator' as class, o.oid, 'n' || n.oid as parent, o.oprname as name, o.oid::regoperator::text as path,
           format('CREATE OPERATOR %I.%s (%s)', n.nspname, o.oprname, concat_ws(', ', 'FUNCTION = ' || o.oprcode::regproc,
             'LEFTARG = ' || format_type(nullif(o.oprleft, 0), null), 'RIGHTARG = ' || format_type(nullif(o.oprright, 0), null),
             case when o.oprcom <> 0 then 'COMMUTATOR = ' || (select format('OPERATOR(%I.%s)', s.nspname, x.oprname) from pg_operator x join pg_namespace s on s.oid = x.oprnamespace where x.oid = o.oprcom) end,
             case when o.oprnegate <> 0 then 'NEGATOR = ' || (select format('OPERATOR(%I.%s)', s.nspname, x.oprname) from pg_operator x join pg_namespace s on s.oid = x.oprnamespace where x.oid = o.oprnegate) end,
             case when o.oprrest <> 0 then 'RESTRICT = ' || o.oprrest::regproc end, case when o.oprjoin <> 0 then 'JOIN = ' || o.oprjoin::regproc end,
             case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end)) as sql,
           'DROP OPERATOR ' || o.oid::regoperator as drop
    from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
    where o.oprcode <> 0 and ${ownSchemas} and ${notFromExtension('pg_operator', 'o.oid')}
    union all
    select 'cast', 'pg_cast', k.oid, null, format('%s as %s', format_type(k.castsource, null), format_type(k.casttarget, null)),
           format('%s as %s', format_type(k.castsource, null), format_type(k.casttarget, null)),
           format('CREATE CAST (%s AS %s) %s%s', format_type(k.castsource, null), format_type(k.casttarget, null),
             case k.castmethod when 'f' then 'WITH FUNCTION ' || k.castfunc::regprocedure when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end,
             case k.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' end),
           format('DROP CAST (%s AS %s)', format_type(k.castsource, null), format_type(k.casttarget, null))
    from pg_cast k where k.oid >= 16384 and not exists (
      select from pg_depend e where e.classid = 'pg_cast'::regclass and e.objid = k.oid and e.deptype in ('e', 'i'))
    union all
    select 'operator family', 'pg_opfamily', f.oid, 'n' || n.oid, f.opfname, format('%I.%I using %s', n.nspname, f.opfname, m.amname),
           format('CREATE OPERATOR FAMILY %I.%I USING %s', n.nspname, f.opfname, m.amname), format('DROP OPERATOR FAMILY %I.%I USING %s', n.nspname, f.opfname, m.amname)
    from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am m on m.oid = f.opfmethod
    where ${ownSchemas} and ${notFromExtension('pg_opfamily', 'f.oid')}
    union all
    select 'operator class', 'pg_opclass', c.oid, 'n' || n.oid, c.opcname, format('%I.%I using %s', n.nspname, c.opcname, m.amname),
           format('CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s USING %s FAMILY %I.%I AS %s', n.nspname, c.opcname, case when c.opcdefault then ' DEFAULT' end,
             format_type(c.opcintype, null), m.amname, fn.nspname, f.opfname, concat_ws(', ',
             (select string_agg(format('OPERATOR %s %s%s', x.amopstrategy, x.amopopr::regoperator, case when x.amoppurpose = 'o' then ' FOR ORDER BY ' || (
                 select format('%I.%I', sn.nspname, s.opfname) from pg_opfamily s join pg_namespace sn on sn.oid = s.opfnamespace where s.oid = x.amopsortfamily) end), ', ' order by x.amopstrategy)
              from pg_depend d join pg_amop x on x.oid = d.objid where d.classid = 'pg_amop'::regclass and d.refclassid = 'pg_opclass'::regclass and d.refobjid = c.oid),
             (select string_agg(format('FUNCTION %s (%s, %s) %s', x.amprocnum, format_type(x.amproclefttype, null), format_type(x.amprocrighttype, null), x.amproc::regprocedure), ', ' order by x.amprocnum)
              from pg_depend d join pg_amproc x on x.oid = d.objid where d.classid = 'pg_amproc'::regclass and d.refclassid = 'pg_opclass'::regclass and d.refobjid = c.oid),
             case when c.opckeytype <> 0 and c.opckeytype <> c.opcintype then 'STORAGE ' || format_type(c.opckeytype, null) end)),
           format('DROP OPERATOR CLASS %I.%I USING %s', n.nspname, c.opcname, m.amname)
    from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am m on m.oid = c.opcmethod
      join pg_opfamily f on f.oid = c.opcfamily join pg_namespace fn on fn.oid = f.opfnamespace
    where ${ownSchemas} and ${notFromExtension('pg_opclass', 'c.oid')}`,
}

const foreignData: FactFamily = {
  name: 'foreign data',
  query: `
    select 'foreign data wrapper' as type, 'pg_foreign_data_wrapper' as class, w.oid, null as parent, w.fdwname as name, quote_ident(w.fdwname) as path,
           concat(format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname), case when w.fdwhandler <> 0 then ' HANDLER ' || w.fdwhandler::regproc end,
             case when w.fdwvalidator <> 0 then ' VALIDATOR ' || w.fdwvalidator::regproc end, ${genericOptions('w.fdwoptions')}) as sql,
           format('DROP FOREIGN DATA WRAPPER %I', w.fdwname) as drop
    from pg_foreign_data_wrapper w where ${notFromExtension('pg_foreign_data_wrapper', 'w.oid')}
    union all
    select 'server', 'pg_foreign_server', s.oid, null, s.srvname, quote_ident(s.srvname),
           concat(format('CREATE SERVER %I', s.srvname), ' TYPE ' || quote_literal(s.srvtype), ' VERSION ' || quote_literal(s.srvversion),
             format(' FOREIGN DATA WRAPPER %I', w.fdwname), ${genericOptions('s.srvoptions')}),
           format('DROP SERVER %I', s.srvname)
    from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw where ${notFromExtension('pg_foreign_server', 's.oid')}
    union all
    select 'user mapping', 'pg_user_mapping', u.umid, null, u.usename || ' on ' || u.srvname, u.usename || ' on ' || u.srvname,
           concat(format('CREATE USER MAPPING FOR %s SERVER %I', case u.umuser when 0 then 'PUBLIC' else quote_ident(u.usename) end, u.srvname), ${genericOptions('u.umoptions')}),
           format('DROP USER MAPPING FOR %s SERVER %I', case u.umuser when 0 then 'PUBLIC' else quote_ident(u.usename) end, u.srvname)
    from pg_user_mappings u`,
}

const replication: FactFamily = {
  name: 'publications, and event triggers that call a function of an extension',
  query: `
    select 'publication' as type, 'pg_publication' as class, p.oid, null as parent, p.pubname as name, quote_ident(p.pubname) as path,
           concat(format('CREATE PUBLICATION %I', p.pubname), case when p.puballtables then ' FOR ALL TABLES' end,
             format(' WITH (publish = %L%s%s)', concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
               case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end),
               case when p.pubviaroot then ', publish_via_partition_root = true' end, case p.pubgencols when 's' then ', publish_generated_columns = stored' end)) as sql,
           format('DROP PUBLICATION %I', p.pubname) as drop
    from pg_publication p
    union all
    select 'publication table', 'pg_publication_rel', r.oid, 'pg_publication:' || p.oid, r.prrelid::regclass::text, p.pubname || ' ' || r.prrelid::regclass,
           concat(format('ALTER PUBLICATION %I ADD TABLE ONLY %s', p.pubname, r.prrelid::regclass), ' (' || (
             select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)) || ')',
             ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'),
           format('ALTER PUBLICATION %I DROP TABLE ONLY %s', p.pubname, r.prrelid::regclass)
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
    union all
    select 'publication schema', 'pg_publication_namespace', r.oid, 'pg_publication:' || p.oid, n.nspname, p.pubname || ' ' || n.nspname,
           format('ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I', p.pubname, n.nspname), format('ALTER PUBLICATION %I DROP TABLES IN SCHEMA %I', p.pubname, n.nspname)
    from pg_publication_namespace r join pg_publication p on p.oid = r.pnpubid join pg_namespace n on n.oid = r.pnnspid
    union all
    select 'event trigger', 'pg_event_trigger', h.oid, null, h.evtname, quote_ident(h.evtname),
           concat(format('CREATE EVENT TRIGGER %I ON %s', h.evtname, h.evtevent), ' WHEN TAG IN (' || (select string_agg(quote_literal(g), ', ' order by g) from unnest(h.evttags) g) || ')',
             ' EXECUTE FUNCTION ', h.evtfoid::regproc, '()'),
           format('DROP EVENT TRIGGER %I', h.evtname)
    from pg_event_trigger h join pg_proc f on f.oid = h.evtfoid join pg_namespace n on n.oid = f.pronamespace
    where ${ownSchemas} and n.nspname !~ '^_?relata' and ${notFromExtension('pg_event_trigger', 'h.oid')}
      and not (${notFromExtension('pg_proc', 'f.oid')})
    union all
    select 'event trigger state', null, null, 'pg_event_trigger:' || h.oid, h.evtname, quote_ident(h.evtname),
           format('ALTER EVENT TRIGGER %I %s', h.evtname, case h.evtenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' else 'ENABLE ALWAYS' end),
           format('ALTER EVENT TRIGGER %I ENABLE', h.evtname)
    from pg_event_trigger h join pg_proc f on f.oid = h.evtfoid join pg_namespace n on n.oid = f.pronamespace
    where h.evtenabled <> 'O' and ${ownSchemas} and n.nspname !~ '^_?relata' and ${notFromExtension('pg_event_trigger', 'h.oid')}
      and not (${notFromExtension('pg_proc', 'f.oid')})`,
}

function genericOptions(options: string): string {
  return `' OPTIONS (' || (select string_agg(split_part(o, '=', 1) || ' ' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') from unnest(${options}) o) || ')'`
}

/** What has no statement here: only told, so that a source which makes it keeps its own statement. */
const others: FactFamily = {
  name: 'languages, conversions, transforms and parsers',
  query: `
    select i.type, v.class::text, v.oid, null as parent, i.identity as name, i.identity as path, null as sql,
           format('DROP %s %s', upper(i.type), i.identity) as drop
    from (select 'pg_conversion'::regclass as class, c.oid from pg_conversion c where c.oid >= 16384
          union all select 'pg_language', l.oid from pg_language l where l.oid >= 16384
          union all select 'pg_transform', t.oid from pg_transform t where t.oid >= 16384
          union all select 'pg_am', a.oid from pg_am a where a.oid >= 16384
          union all select 'pg_ts_parser', p.oid from pg_ts_parser p where p.oid >= 16384
          union all select 'pg_ts_template', t.oid from pg_ts_template t where t.oid >= 16384
          union all select 'pg_subscription', s.oid from pg_subscription s
            where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())) v,
      pg_identify_object(v.class, v.oid, 0) i
    where not exists (select from pg_depend e where e.classid = v.class and e.objid = v.oid and e.deptype = 'e')`,
}

/** What tables may rest on. */
export const supportFamilies: readonly FactFamily[] = [functions, operators, foreignData, others]

export const programFamilies: readonly FactFamily[] = [replication]
