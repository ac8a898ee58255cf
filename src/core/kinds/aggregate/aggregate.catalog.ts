import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { CatalogReader } from '../kind.ts'
import type { Aggregate } from './aggregate.kind.ts'

/** `NAME = <the function with that oid>`; null for none. */
const functionOption = (name: string, oid: string): string =>
  `case when ${oid} <> 0 then '${name} = ' || ${oid}::regproc end`

const flag = (name: string, condition: string): string => `case when ${condition} then '${name}' end`

/** The default is read only for a plain aggregate and read-write for any other (docs CREATE AGGREGATE). */
const modifyOption = (name: string, column: string): string =>
  `case when ${column} <> case a.aggkind when 'n' then 'r' else 'w' end::"char" then '${name} = '
    || case ${column} when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' else 'READ_WRITE' end end`

const options: readonly string[] = [
  `case when a.aggtransspace <> 0 then 'SSPACE = ' || a.aggtransspace end`,
  functionOption('FINALFUNC', 'a.aggfinalfn'),
  flag('FINALFUNC_EXTRA', 'a.aggfinalextra'),
  modifyOption('FINALFUNC_MODIFY', 'a.aggfinalmodify'),
  functionOption('COMBINEFUNC', 'a.aggcombinefn'),
  functionOption('SERIALFUNC', 'a.aggserialfn'),
  functionOption('DESERIALFUNC', 'a.aggdeserialfn'),
  `'INITCOND = ' || quote_literal(a.agginitval)`,
  functionOption('MSFUNC', 'a.aggmtransfn'),
  functionOption('MINVFUNC', 'a.aggminvtransfn'),
  `case when a.aggmtranstype <> 0 then 'MSTYPE = ' || format_type(a.aggmtranstype, null) end`,
  `case when a.aggmtransspace <> 0 then 'MSSPACE = ' || a.aggmtransspace end`,
  functionOption('MFINALFUNC', 'a.aggmfinalfn'),
  flag('MFINALFUNC_EXTRA', 'a.aggmfinalextra'),
  modifyOption('MFINALFUNC_MODIFY', 'a.aggmfinalmodify'),
  `'MINITCOND = ' || quote_literal(a.aggminitval)`,
  `case when a.aggsortop <> 0 then 'SORTOP = ' || (
    select case when pg_operator_is_visible(o.oid) then o.oprname else format('OPERATOR(%I.%s)', s.nspname, o.oprname) end
    from pg_operator o join pg_namespace s on s.oid = o.oprnamespace where o.oid = a.aggsortop) end`,
  `case p.proparallel when 's' then 'PARALLEL = SAFE' when 'r' then 'PARALLEL = RESTRICTED' end`,
  flag('HYPOTHETICAL', `a.aggkind = 'h'`),
]

export const aggregateCatalog: CatalogReader<Aggregate> = {
  some: someRows('pg_proc', 'oid', `prokind = 'a'`),
  query: `
    select 'p' || p.oid as id, 'n' || p.pronamespace as parent, p.proname as name,
           pg_get_function_arguments(p.oid) as arguments,
           pg_get_function_identity_arguments(p.oid) as identity_arguments,
           a.aggtransfn::regproc::text as transition, format_type(a.aggtranstype, null) as state_type,
           array_remove(array[${options.join(', ')}], null) as options, obj_description(p.oid, 'pg_proc') as comment
    from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace
    where ${ownSchemas} and ${notFromExtension('pg_proc', 'p.oid')} and ($1::oid[] is null or p.oid = any ($1))
    order by n.nspname, p.proname, identity_arguments`,
  read: (row) => ({
    id: row.text('id'),
    kind: 'aggregate',
    parent: row.text('parent'),
    name: row.text('name'),
    arguments: row.text('arguments'),
    identityArguments: row.text('identity_arguments'),
    transition: row.text('transition'),
    stateType: row.text('state_type'),
    options: row.texts('options'),
    comment: row.textOrNull('comment'),
  }),
}
