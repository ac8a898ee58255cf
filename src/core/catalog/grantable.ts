import { notFromExtension, ownSchemas } from './keys.ts'
import { plainPartition, plainTable } from './plain-table.ts'
import { type SomeRows, someRows } from './some-rows.ts'

/**
 * SELECTs of what has an access list: `oid`, `key`, `target` as GRANT names it, `suffix` behind each right, the list
 * `acl` and the one it would have without any GRANT or REVOKE, `base`. A column's rights stand with its table's: to
 * take a right on a table back takes it from its columns too.
 */
type Holders = string

function relations(condition: string): Holders {
  return `
    select c.oid, 'c' || c.oid as key, case when c.relkind = 'S' then 'SEQUENCE ' else 'TABLE ' end || c.oid::regclass as target,
           '' as suffix, c.relacl as acl, acldefault(case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner) as base
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relacl is not null and c.relkind in ('r', 'v', 'm', 'p', 'f', 'S') and ${condition} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
    union all
    select c.oid, 'c' || c.oid, 'TABLE ' || c.oid::regclass, format(' (%I)', a.attname), a.attacl, acldefault('c', c.relowner)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attacl is not null and not a.attisdropped and ${condition} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}`
}

function routines(condition: string): Holders {
  return `
    select p.oid, 'p' || p.oid, case p.prokind when 'p' then 'PROCEDURE ' else 'FUNCTION ' end || p.oid::regprocedure, '', p.proacl, acldefault('f', p.proowner)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proacl is not null and ${condition} and ${ownSchemas} and ${notFromExtension('pg_proc', 'p.oid')}`
}

function types(condition: string): Holders {
  return `
    select t.oid, 't' || t.oid, 'TYPE ' || format_type(t.oid, null), '', t.typacl, acldefault('T', t.typowner)
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typacl is not null and ${condition} and ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}`
}

const schemas: Holders = `
    select n.oid, 'n' || n.oid, format('SCHEMA %I', n.nspname), '', n.nspacl, coalesce((
      select i.initprivs from pg_init_privs i where i.classoid = 'pg_namespace'::regclass and i.objoid = n.oid), acldefault('n', n.nspowner))
    from pg_namespace n where n.nspacl is not null and ${ownSchemas} and ${notFromExtension('pg_namespace', 'n.oid')}`

/** Conditions for what a kind models, so that its grants are objects in it. */
const modelledRelation = `(c.relkind in ('v', 'S', 'm') or ${plainTable('c')} or ${plainPartition('c')})`
const modelledRoutine = `p.prokind in ('f', 'p')`
const modelledType = `(t.typtype in ('e', 'd', 'r') or exists (select from pg_class tc where tc.oid = t.typrelid and tc.relkind = 'c'))`

export const modelledHolders: Holders = [
  relations(modelledRelation),
  routines(modelledRoutine),
  types(modelledType),
  schemas,
].join('\n    union all')

export const otherHolders: Holders = [
  relations(`not ${modelledRelation}`),
  routines(`not ${modelledRoutine}`),
  types(`not ${modelledType}`),
].join('\n    union all')

/** As `some` of a catalogue reader: access lists that are not those of the start. */
export const someAccessLists: readonly SomeRows[] = [
  ...someRows('pg_class', 'oid', 'relacl is not null'),
  ...someRows('pg_attribute', 'attrelid', 'attacl is not null'),
  ...someRows('pg_proc', 'oid', 'proacl is not null'),
  ...someRows('pg_type', 'oid', 'typacl is not null'),
  { catalog: 'pg_namespace', oid: 'oid', condition: 'nspacl is not null' },
]
