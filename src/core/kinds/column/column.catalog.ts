import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import type { CatalogRow } from '../../catalog/row.ts'
import { someTables } from '../../catalog/some-rows.ts'
import { type PgType, parsePgType } from '../../model/pg-type.ts'
import type { CatalogReader } from '../kind.ts'
import type { Column, Generated, Identity } from './column.kind.ts'
import { isColumnCompression, isColumnStorage } from './column.options.ts'

/**
 * `ref` is as `typeJoin` says, which would be slower here. Where a column has nothing of a kind, what it is joined by is
 * null: an index is not searched for null, but it is where the join fails only afterwards.
 */
const query = `
  select 'a' || a.attrelid || '.' || a.attnum as id, 'c' || a.attrelid as parent, a.attname as name,
         a.attnum as ordinal, a.attislocal as local, format_type(a.atttypid, a.atttypmod) as type,
         a.attnotnull and not exists (
           select from pg_constraint nn where nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey = array[a.attnum]
             and (not nn.convalidated or nn.connoinherit)) as not_null,
         case when en.oid is not null and (u.typtype in ('e', 'd', 'r') or uc.relkind = 'c') then 't' || u.oid
              when en.oid is not null and uc.relkind in ('r', 'p', 'v', 'm') then 'c' || uc.oid end as ref, u.typname as ref_name,
         pg_get_expr(d.adbin, d.adrelid) as expression, a.attgenerated::text as generated, a.attidentity::text as identity,
         s.seqstart::text as start, s.seqincrement::text as increment, s.seqmin::text as min, s.seqmax::text as max,
         s.seqcache::text as cache, s.seqcycle as cycle,
         case when a.attcollation <> 0 and a.attcollation <> t.typcollation then
           case when ln.nspname in ('pg_catalog', 'public') then '' else quote_ident(ln.nspname) || '.' end
           || quote_ident(l.collname) end as collation,
         case when a.attstorage <> t.typstorage then case a.attstorage when 'p' then 'plain' when 'm' then 'main'
           when 'e' then 'external' else 'extended' end end as storage,
         case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
         case when a.attstattarget >= 0 then a.attstattarget::int end as statistics,
         col_description(a.attrelid, a.attnum) as comment
  from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    join pg_type u on u.oid = case when t.typelem <> 0 and t.typlen = -1 and t.typtype = 'b' and t.typcategory = 'A' then t.typelem else t.oid end
    left join pg_class uc on uc.oid = nullif(u.typrelid, 0)
    left join pg_namespace en on en.oid = nullif(u.typnamespace, 'pg_catalog'::regnamespace) and en.nspname !~ '^pg_' and en.nspname <> 'information_schema'
      and ${notFromExtension('pg_type', 'u.oid')}
    left join pg_attrdef d on d.adrelid = case when a.atthasdef then a.attrelid end and d.adnum = a.attnum
    left join pg_collation l on l.oid = nullif(a.attcollation, t.typcollation)
    left join pg_namespace ln on ln.oid = l.collnamespace
    left join pg_depend sd on sd.refclassid = 'pg_class'::regclass and sd.refobjid = case when a.attidentity <> '' then a.attrelid end
      and sd.refobjsubid = a.attnum and sd.classid = 'pg_class'::regclass and sd.deptype = 'i'
    left join pg_sequence s on s.seqrelid = sd.objid
  where a.attnum > 0 and not a.attisdropped and ${plainTable('c')} and ${ownSchemas}
    and ${notFromExtension('pg_class', 'c.oid')} and ($1::oid[] is null or a.attrelid = any ($1))
  order by n.nspname, c.relname, a.attnum`

export const columnCatalog: CatalogReader<Column> = {
  some: someTables,
  query,
  read: (row) => ({
    ...readStorage(row),
    id: row.text('id'),
    kind: 'column',
    parent: row.text('parent'),
    name: row.text('name'),
    ordinal: row.number('ordinal'),
    local: row.flag('local'),
    type: readType(row),
    notNull: row.flag('not_null'),
    default: row.text('generated') === '' ? row.textOrNull('expression') : null,
    identity: readIdentity(row),
    generated: readGenerated(row),
    collation: row.textOrNull('collation'),
    using: null,
    comment: row.textOrNull('comment'),
  }),
}

function readStorage(row: CatalogRow): Pick<Column, 'storage' | 'compression' | 'statistics'> {
  const storage = row.textOrNull('storage')
  const compression = row.textOrNull('compression')
  return {
    storage: isColumnStorage(storage) ? storage : null,
    compression: isColumnCompression(compression) ? compression : null,
    statistics: row.numberOrNull('statistics'),
  }
}

function readType(row: CatalogRow): PgType {
  const type = parsePgType(row.text('type'), () => null)
  const ref = row.textOrNull('ref')
  return ref === null ? type : { ...type, base: row.text('ref_name'), ref }
}

function readIdentity(row: CatalogRow): Identity | null {
  const identity = row.text('identity')
  if (identity === '') return null
  return {
    generation: identity === 'a' ? 'always' : 'by default',
    options: {
      start: row.text('start'),
      increment: row.text('increment'),
      min: row.text('min'),
      max: row.text('max'),
      cache: row.text('cache'),
      cycle: row.flag('cycle'),
    },
  }
}

function readGenerated(row: CatalogRow): Generated | null {
  const generated = row.text('generated')
  if (generated === '') return null
  const storage = generated === 'v' ? 'virtual' : 'stored'
  return { expression: row.text('expression'), storage }
}
