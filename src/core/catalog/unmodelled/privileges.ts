import { notFromExtension, ownSchemas } from '../keys.ts'
import type { FactFamily } from './family.ts'

/**
 * The rights by which `have` goes beyond `base` (both aclitem[]), grouped by who has them; with `option`, those that may
 * be passed on. Those on columns stand in the same statement: taking a right on a table back takes it from its columns.
 */
function rights(from: string, have: string, base: string, option = false): string {
  const only = option ? 'where x.is_grantable' : ''
  return `(
    select o.target, o.key, e.grantee, string_agg(e.privilege_type || o.suffix, ', ' order by e.privilege_type || o.suffix) as list
    from ${from}, lateral (
      select x.grantee, x.privilege_type from aclexplode(${have}) x ${only}
      except select x.grantee, x.privilege_type from aclexplode(${base}) x ${only}) e
    group by o.target, o.key, e.grantee) e`
}

const grantee = `case e.grantee when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(e.grantee)) end`

/** Every object with an access list, and the list it would have without any GRANT or REVOKE. */
const objects = `
  select case when c.relkind = 'S' then 'SEQUENCE ' else 'TABLE ' end || c.oid::regclass as target, 'c' || c.oid as key, '' as suffix,
         c.relacl as acl, acldefault(case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner) as base
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relacl is not null and c.relkind in ('r', 'v', 'm', 'p', 'f', 'S') and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
  union all
  select 'TABLE ' || c.oid::regclass, 'c' || c.oid, format(' (%I)', a.attname), a.attacl, acldefault('c', 10)
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where a.attacl is not null and not a.attisdropped and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
  union all
  select case p.prokind when 'p' then 'PROCEDURE ' else 'FUNCTION ' end || p.oid::regprocedure, 'p' || p.oid, '', p.proacl, acldefault('f', p.proowner)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.proacl is not null and ${ownSchemas} and ${notFromExtension('pg_proc', 'p.oid')}
  union all
  select 'TYPE ' || format_type(t.oid, null), 't' || t.oid, '', t.typacl, acldefault('T', t.typowner)
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where t.typacl is not null and ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
  union all
  select format('SCHEMA %I', n.nspname), 'n' || n.oid, '', n.nspacl, coalesce((
    select i.initprivs from pg_init_privs i where i.classoid = 'pg_namespace'::regclass and i.objoid = n.oid), acldefault('n', n.nspowner))
  from pg_namespace n where n.nspacl is not null and ${ownSchemas} and ${notFromExtension('pg_namespace', 'n.oid')}
  union all
  select format('LANGUAGE %I', l.lanname), null, '', l.lanacl, coalesce((
    select i.initprivs from pg_init_privs i where i.classoid = 'pg_language'::regclass and i.objoid = l.oid), acldefault('l', l.lanowner))
  from pg_language l where l.lanacl is not null
  union all
  select format('FOREIGN SERVER %I', s.srvname), null, '', s.srvacl, acldefault('S', s.srvowner)
  from pg_foreign_server s where s.srvacl is not null
  union all
  select format('FOREIGN DATA WRAPPER %I', w.fdwname), null, '', w.fdwacl, acldefault('F', w.fdwowner)
  from pg_foreign_data_wrapper w where w.fdwacl is not null`

const privileges: FactFamily = {
  name: 'privileges',
  query: `
    with o as materialized (${objects})
    select 'privileges' as type, concat('privileges ', e.target, ' ', e.grantee) as class, null as oid, e.key as parent, ${grantee} as name,
           concat(e.target, ' ', ${grantee}) as path,
           concat('GRANT ', e.list, ' ON ', e.target, ' TO ', ${grantee}) as sql,
           concat('REVOKE ', e.list, ' ON ', e.target, ' FROM ', ${grantee}) as drop
    from ${rights('o', 'o.acl', 'o.base')}
    union all
    select 'grant option', null, null, concat('privileges ', e.target, ' ', e.grantee), ${grantee}, concat(e.target, ' ', ${grantee}),
           concat('GRANT ', e.list, ' ON ', e.target, ' TO ', ${grantee}, ' WITH GRANT OPTION'),
           concat('REVOKE GRANT OPTION FOR ', e.list, ' ON ', e.target, ' FROM ', ${grantee})
    from ${rights('o', 'o.acl', 'o.base', true)}
    union all
    select 'revoked privileges', null, null, e.key, ${grantee}, concat(e.target, ' ', ${grantee}),
           concat('REVOKE ', e.list, ' ON ', e.target, ' FROM ', ${grantee}),
           concat('GRANT ', e.list, ' ON ', e.target, ' TO ', ${grantee})
    from ${rights('o', 'o.base', 'o.acl')}`,
}

/** Of a whole database or one schema; the target reads `IN SCHEMA app … TABLES`. */
const defaults = `
  select concat(' FOR ROLE ', quote_ident(pg_get_userbyid(d.defaclrole)), ' IN SCHEMA ' || quote_ident(n.nspname)) as scope,
         'n' || n.oid as key, '' as suffix,
         case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS'
           when 'T' then 'TYPES' when 'n' then 'SCHEMAS' else 'LARGE OBJECTS' end as target,
         d.defaclacl as acl,
         case when d.defaclnamespace = 0 then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)
           else acldefault('c', d.defaclrole) end as base
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace`

/** The scope stands before GRANT, the target behind ON: both must tell the groups apart. */
const scoped = `(select o.scope || chr(1) || o.target as target, o.key, o.suffix, o.acl, o.base from (${defaults}) o) o`
const scope = `split_part(e.target, chr(1), 1)`
const kind = `split_part(e.target, chr(1), 2)`
const defaultName = `concat(${kind}, ' ', ${grantee}, ' by', substr(${scope}, 10))`

const defaultPrivileges: FactFamily = {
  name: 'default privileges',
  query: `
    select 'default privileges' as type, 'defaults ' || ${defaultName} as class, null as oid, e.key as parent, ${defaultName} as name, ${defaultName} as path,
           concat('ALTER DEFAULT PRIVILEGES', ${scope}, ' GRANT ', e.list, ' ON ', ${kind}, ' TO ', ${grantee}) as sql,
           concat('ALTER DEFAULT PRIVILEGES', ${scope}, ' REVOKE ', e.list, ' ON ', ${kind}, ' FROM ', ${grantee}) as drop
    from ${rights(scoped, 'o.acl', 'o.base')}
    union all
    select 'default grant option', null, null, 'defaults ' || ${defaultName}, ${defaultName}, ${defaultName},
           concat('ALTER DEFAULT PRIVILEGES', ${scope}, ' GRANT ', e.list, ' ON ', ${kind}, ' TO ', ${grantee}, ' WITH GRANT OPTION'),
           concat('ALTER DEFAULT PRIVILEGES', ${scope}, ' REVOKE GRANT OPTION FOR ', e.list, ' ON ', ${kind}, ' FROM ', ${grantee})
    from ${rights(scoped, 'o.acl', 'o.base', true)}
    union all
    select 'revoked default privileges', null, null, e.key, ${defaultName}, ${defaultName},
           concat('ALTER DEFAULT PRIVILEGES', ${scope}, ' REVOKE ', e.list, ' ON ', ${kind}, ' FROM ', ${grantee}),
           concat('ALTER DEFAULT PRIVILEGES', ${scope}, ' GRANT ', e.list, ' ON ', ${kind}, ' TO ', ${grantee})
    from ${rights(scoped, 'o.base', 'o.acl')}`,
}

/** Objects with oids from here on were not made by initdb (docs 69.2, FirstNormalObjectId). */
const firstOwnOid = 16384

/**
 * Roles belong to the whole cluster: making one tolerates that it exists, dropping it is left to people, and whether
 * it exists is no fact of the schema.
 */
export const roles: FactFamily = {
  name: 'roles',
  query: `
    select 'role' as type, 'pg_authid' as class, r.oid, null as parent, r.rolname as name, quote_ident(r.rolname) as path,
           format(E'DO $$\\nBEGIN\\n  CREATE ROLE %I;\\nEXCEPTION WHEN duplicate_object THEN NULL;\\nEND\\n$$', r.rolname) as sql,
           null as drop
    from pg_roles r where r.oid >= ${firstOwnOid}`,
}

const roleProperties: FactFamily = {
  name: 'role attributes, memberships and settings',
  query: `
    select 'role attribute' as type, null as class, null as oid, 'pg_authid:' || r.oid as parent, v.sql as name, r.rolname || ' ' || v.sql as path,
           format('ALTER ROLE %I %s', r.rolname, v.sql) as sql, format('ALTER ROLE %I %s', r.rolname, v.drop) as drop
    from pg_roles r, lateral (values
      (r.rolsuper, 'SUPERUSER', 'NOSUPERUSER'), (not r.rolinherit, 'NOINHERIT', 'INHERIT'), (r.rolcreaterole, 'CREATEROLE', 'NOCREATEROLE'),
      (r.rolcreatedb, 'CREATEDB', 'NOCREATEDB'), (r.rolcanlogin, 'LOGIN', 'NOLOGIN'), (r.rolreplication, 'REPLICATION', 'NOREPLICATION'),
      (r.rolbypassrls, 'BYPASSRLS', 'NOBYPASSRLS'), (r.rolconnlimit <> -1, 'CONNECTION LIMIT ' || r.rolconnlimit, 'CONNECTION LIMIT -1'),
      (r.rolvaliduntil is not null, 'VALID UNTIL ' || quote_literal(r.rolvaliduntil), 'VALID UNTIL ''infinity''')) v (holds, sql, drop)
    where r.oid >= ${firstOwnOid} and v.holds
    union all
    select 'role membership', null, null, 'pg_authid:' || m.oid, g.rolname, format('%I in %I', m.rolname, g.rolname),
           format('GRANT %I TO %I%s', g.rolname, m.rolname, coalesce(' WITH ' || nullif(concat_ws(', ',
             case when a.admin_option then 'ADMIN OPTION' end, case when a.inherit_option <> m.rolinherit then 'INHERIT ' || a.inherit_option end,
             case when not a.set_option then 'SET FALSE' end), ''), '')),
           format('REVOKE %I FROM %I', g.rolname, m.rolname)
    from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
    where a.member >= ${firstOwnOid}
    union all
    select 'role setting', null, null, 'pg_authid:' || r.oid, split_part(v.c, '=', 1), r.rolname || ' ' || split_part(v.c, '=', 1),
           format('ALTER ROLE %I SET %s TO %L', r.rolname, split_part(v.c, '=', 1), substr(v.c, strpos(v.c, '=') + 1)),
           format('ALTER ROLE %I RESET %s', r.rolname, split_part(v.c, '=', 1))
    from pg_db_role_setting s join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) v (c)
    where r.oid >= ${firstOwnOid} and s.setdatabase = 0`,
}

const owners: FactFamily = {
  name: 'owners of schemas',
  query: `
    select 'owner' as type, null as class, null as oid, 'n' || n.oid as parent, 'owner' as name, quote_ident(n.nspname) as path,
           format('ALTER SCHEMA %I OWNER TO %I', n.nspname, pg_get_userbyid(n.nspowner)) as sql,
           format('ALTER SCHEMA %I OWNER TO CURRENT_USER', n.nspname) as drop
    from pg_namespace n
    where pg_get_userbyid(n.nspowner) not in (current_user, 'pg_database_owner') and ${ownSchemas} and ${notFromExtension('pg_namespace', 'n.oid')}`,
}

export const privilegeFamilies: readonly FactFamily[] = [
  roleProperties,
  owners,
  privileges,
  defaultPrivileges,
]
