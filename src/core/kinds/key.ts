import { notFromExtension, ownSchemas } from '../catalog/keys.ts'
import { plainTable } from '../catalog/plain-table.ts'
import type { CatalogRow } from '../catalog/row.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import type { SequelizeCall } from '../sequelize/call.ts'
import { tableTarget } from '../sequelize/target.ts'
import { namesOf, qualifiedNameOf } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { type Deferral, deferralClause, deferralColumn, isDeferral } from './constraint.ts'
import { isTexts, listOfReferences } from './fields.ts'
import type { Field, Hazard } from './kind.ts'
import { isTable } from './table/table.kind.ts'

/** What primary keys and unique constraints share: columns of which no two rows have the same values. */
export interface Key extends ObjectBase {
  readonly columns: readonly ObjectId[]
  /** Columns that the index carries along, for reading. */
  readonly include: readonly ObjectId[]
  readonly deferral: Deferral
}

/** `CONSTRAINT <name> <words> (<columns>) INCLUDE (…) DEFERRABLE`. */
export function keyClause(key: Key, words: string, schema: Schema): string {
  const include = key.include.length === 0 ? '' : ` INCLUDE (${namesOf(key.include, schema).join(', ')})`
  const columns = namesOf(key.columns, schema).join(', ')
  return `CONSTRAINT ${quoteName(key.name)} ${words} (${columns})${include}${deferralClause(key.deferral)}`
}

export function keyColumnsField<T extends Key>(
  sample: readonly (readonly ObjectId[])[],
): Field<T, readonly ObjectId[]> {
  return {
    label: 'Columns',
    editor: { type: 'columns' },
    valid: isTexts,
    alter: 'replace',
    sample,
    references: listOfReferences,
  }
}

export function includeField<T extends ObjectBase>(): Field<T, readonly ObjectId[]> {
  return {
    label: 'Include',
    editor: { type: 'columns' },
    valid: isTexts,
    alter: 'replace',
    sample: [['included column'], []],
    references: listOfReferences,
  }
}

export function duplicatesStop(key: Key, schema: Schema): readonly Hazard[] {
  const columns = namesOf(key.columns, schema).join(', ')
  return [
    {
      code: 'may-fail',
      message: `Stops when two rows of ${qualifiedNameOf(key.parent, schema)} have the same ${columns}.`,
    },
  ]
}

/** addConstraint takes columns, a name and a deferral, but no INCLUDE. */
export function addKey(
  key: Key,
  type: 'unique' | 'primary key',
  schema: Schema,
): readonly SequelizeCall[] | null {
  if (key.include.length > 0 || key.deferral === 'deferrable') return null
  const fields = key.columns.map((id) => schema.get(id)?.name ?? '')
  const deferral =
    key.deferral === 'not deferrable'
      ? {}
      : { deferrable: { code: 'Sequelize.Deferrable.INITIALLY_DEFERRED' } }
  return [
    {
      method: 'addConstraint',
      args: [tableTarget(schema.need(key.parent ?? '', isTable), schema)],
      options: { name: key.name, type, fields, ...deferral },
    },
  ]
}

/** Keys WITHOUT OVERLAPS (docs CREATE TABLE) are another thing: they are left to what no kind models. */
export function keyCatalogQuery(contype: 'p' | 'u'): string {
  return `
    select 'k' || k.oid as id, 'c' || k.conrelid as parent, k.conname as name,
           array(select 'a' || k.conrelid || '.' || u.attnum from unnest(k.conkey) with ordinality u (attnum, place)
                 order by u.place) as columns,
           array(select 'a' || k.conrelid || '.' || u.attnum
                 from unnest(i.indkey::int2[]) with ordinality u (attnum, place)
                 where u.place > i.indnkeyatts order by u.place) as include,
           i.indnullsnotdistinct as nulls_not_distinct, ${deferralColumn},
           obj_description(k.oid, 'pg_constraint') as comment
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_index i on i.indexrelid = k.conindid
    where k.contype = '${contype}' and not k.conperiod and ${plainTable('c')} and ${ownSchemas}
      and ${notFromExtension('pg_class', 'c.oid')} and ($1::oid[] is null or k.conrelid = any ($1))
    order by n.nspname, c.relname, k.conname`
}

/** The properties that both kinds read alike. */
export function readKey(row: CatalogRow): Omit<Key, 'kind'> {
  const deferral = row.text('deferral')
  return {
    id: row.text('id'),
    parent: row.text('parent'),
    name: row.text('name'),
    columns: row.texts('columns'),
    include: row.texts('include'),
    deferral: isDeferral(deferral) ? deferral : 'not deferrable',
    comment: row.textOrNull('comment'),
  }
}
