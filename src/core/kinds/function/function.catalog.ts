import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { CatalogReader } from '../kind.ts'
import type { FunctionObject } from './function.kind.ts'

const volatilities: Readonly<Record<string, FunctionObject['volatility']>> = {
  i: 'immutable',
  s: 'stable',
  v: 'volatile',
}

const parallels: Readonly<Record<string, FunctionObject['parallel']>> = {
  s: 'safe',
  r: 'restricted',
  u: 'unsafe',
}

/**
 * Aggregates, window functions and functions in C (whose library is on one server) are left to what no kind models; the
 * constructors of a range belong to its type.
 */
export const functionCatalog: CatalogReader<FunctionObject> = {
  some: someRows('pg_proc', 'oid', `prokind in ('f', 'p')`),
  query: `
    select 'p' || p.oid as id, 'n' || p.pronamespace as parent, p.proname as name, p.prokind = 'p' as procedure,
           pg_get_function_arguments(p.oid) as arguments,
           pg_get_function_identity_arguments(p.oid) as identity_arguments,
           case when p.prokind = 'f' then pg_get_function_result(p.oid) end as returns, l.lanname as language,
           coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body, p.prosqlbody is not null as standard_body,
           p.provolatile::text as volatility, p.proisstrict as strict, p.prosecdef as security_definer,
           p.proleakproof as leakproof, p.proparallel::text as parallel,
           nullif(p.procost, case when l.lanname = 'internal' then 1 else 100 end) as cost,
           nullif(p.prorows, case when p.proretset then 1000 else 0 end) as rows,
           coalesce(p.proconfig, '{}') as settings, obj_description(p.oid, 'pg_proc') as comment
    from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      join pg_language l on l.oid = p.prolang
    where p.prokind in ('f', 'p') and l.lanname <> 'c' and ${ownSchemas}
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
      and ${notFromExtension('pg_proc', 'p.oid')}
      and ($1::oid[] is null or p.oid = any ($1))
    order by n.nspname, p.proname, identity_arguments`,
  read: (row) => ({
    id: row.text('id'),
    kind: 'function',
    parent: row.text('parent'),
    name: row.text('name'),
    procedure: row.flag('procedure'),
    arguments: row.text('arguments'),
    identityArguments: row.text('identity_arguments'),
    returns: row.textOrNull('returns'),
    language: row.text('language'),
    body: row.text('body'),
    standardBody: row.flag('standard_body'),
    volatility: volatilities[row.text('volatility')] ?? 'volatile',
    strict: row.flag('strict'),
    securityDefiner: row.flag('security_definer'),
    leakproof: row.flag('leakproof'),
    parallel: parallels[row.text('parallel')] ?? 'unsafe',
    cost: row.numberOrNull('cost'),
    rows: row.numberOrNull('rows'),
    settings: row.texts('settings'),
    comment: row.textOrNull('comment'),
  }),
}
