import { otherHolders } from '../grantable.ts'
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

/** What no kind models and has an access list, as catalog/grantable.ts says, and what lives in no schema. */
const objects = `
  ${otherHolders}
  union all
  select l.oid, null, format('LANGUAGE %I', l.lanname), '', l.lanacl, coalesce((
    select i.initprivs from pg_init_privs i where i.classoid = 'pg_language'::regclass and i.objoid = l.oid), acldefault('l', l.lanowner))
  from pg_language l where l.lanacl is not null
  union all
  select s.oid, null, format('FOREIGN SERVER %I', s.srvname), '', s.srvacl, acldefault('S', s.srvowner)
  from pg_foreign_server s where s.srvacl is not null
  union all
  select w.oid, null, format('FOREIGN DATA WRAPPER %I', w.fdwname), '', w.fdwacl, acldefault('F', w.fdwowner)
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

export const privilegeFamilies: readonly FactFamily[] = [privileges]
