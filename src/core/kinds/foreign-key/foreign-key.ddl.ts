import { sameValue } from '../../model/equality.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import type { SequelizeCall } from '../../sequelize/call.ts'
import { tableTarget } from '../../sequelize/target.ts'
import { namesOf, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { deferralClause } from '../constraint.ts'
import { isIndex } from '../index/index.kind.ts'
import { isPrimaryKey } from '../primary-key/primary-key.kind.ts'
import { isTable } from '../table/table.kind.ts'
import { isUnique } from '../unique/unique.kind.ts'
import type { ForeignKey } from './foreign-key.kind.ts'

export function foreignKeyClause(key: ForeignKey, schema: Schema): string {
  const list = (ids: readonly ObjectId[]) => namesOf(ids, schema).join(', ')
  const table = qualifiedNameOf(key.referencedTable, schema)
  const parts = [
    `CONSTRAINT ${quoteName(key.name)} FOREIGN KEY (${list(key.columns)}) REFERENCES ${table} (${list(key.referencedColumns)})`,
  ]
  if (key.match === 'full') parts.push('MATCH FULL')
  if (key.onUpdate !== 'no action') parts.push(`ON UPDATE ${key.onUpdate.toUpperCase()}`)
  if (key.onDelete !== 'no action') {
    const columns = key.onDeleteColumns.length === 0 ? '' : ` (${list(key.onDeleteColumns)})`
    parts.push(`ON DELETE ${key.onDelete.toUpperCase()}${columns}`)
  }
  return parts.join(' ').concat(deferralClause(key.deferral), key.notValid ? ' NOT VALID' : '')
}

/** The keys and unique indexes that PostgreSQL may have chosen to prove the referenced columns unique. */
export function referencedKeys(key: ForeignKey, schema: Schema): readonly ObjectId[] {
  const wanted = key.referencedColumns.toSorted()
  const matches = (columns: readonly (ObjectId | null)[]) => sameValue(columns.toSorted(), wanted)
  return schema
    .children(key.referencedTable)
    .filter((object) => {
      if (isPrimaryKey(object) || isUnique(object)) return matches(object.columns)
      return (
        isIndex(object) &&
        object.unique &&
        object.where === null &&
        matches(object.keys.map(({ column }) => column))
      )
    })
    .map(({ id }) => id)
}

/** addConstraint has no MATCH, column list for SET NULL or NOT VALID (sequelize/sequelize#13905). */
export function addForeignKey(key: ForeignKey, schema: Schema): readonly SequelizeCall[] | null {
  if (key.match === 'full' || key.onDeleteColumns.length > 0 || key.notValid) return null
  if (key.deferral === 'deferrable') return null
  const names = (ids: readonly ObjectId[]) => ids.map((id) => schema.get(id)?.name ?? '')
  const onDelete = key.onDelete === 'no action' ? {} : { onDelete: key.onDelete.toUpperCase() }
  const onUpdate = key.onUpdate === 'no action' ? {} : { onUpdate: key.onUpdate.toUpperCase() }
  const deferral =
    key.deferral === 'not deferrable'
      ? {}
      : { deferrable: { code: 'Sequelize.Deferrable.INITIALLY_DEFERRED' } }
  return [
    {
      method: 'addConstraint',
      args: [tableTarget(schema.need(key.parent ?? '', isTable), schema)],
      options: {
        name: key.name,
        type: 'foreign key',
        fields: names(key.columns),
        references: {
          table: tableTarget(schema.need(key.referencedTable, isTable), schema),
          fields: names(key.referencedColumns),
        },
        ...onDelete,
        ...onUpdate,
        ...deferral,
      },
    },
  ]
}
