import { notFromExtension, ownSchemas } from '../keys.ts'
import type { FactFamily } from './family.ts'

const ownType = `${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}`

/** A name that a person gave; PostgreSQL's own end in _not_null. */
const domains: FactFamily = {
  name: 'names of not-null constraints of domains',
  query: `
    select 'not-null constraint name' as type, null as class, null as oid, 't' || t.oid as parent, k.conname as name,
           format_type(t.oid, null) as path,
           format('ALTER DOMAIN %s RENAME CONSTRAINT %I TO %I', format_type(t.oid, null), t.typname || '_not_null', k.conname) as sql,
           format('ALTER DOMAIN %s RENAME CONSTRAINT %I TO %I', format_type(t.oid, null), k.conname, t.typname || '_not_null') as drop
    from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
    where k.contype = 'n' and k.conname !~ '_not_null\\d*$' and octet_length(t.typname || '_not_null') < 64 and ${ownType}`,
}

const shells: FactFamily = {
  name: 'shell types',
  query: `
    select 'shell type' as type, 'pg_type' as class, t.oid, 'n' || t.typnamespace as parent, t.typname as name,
           format_type(t.oid, null) as path, 'CREATE TYPE ' || format_type(t.oid, null) as sql,
           'DROP TYPE ' || format_type(t.oid, null) as drop
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where not t.typisdefined and ${ownType}`,
}

export const typeFamilies: readonly FactFamily[] = [domains, shells]
