import type { ObjectBase } from '../model/object.ts'
import { checkOnline } from './check/check.online.ts'
import { columnOnline } from './column/column.online.ts'
import { enumOnline } from './enum/enum.online.ts'
import { exclusionConstraintOnline } from './exclusion-constraint/exclusion-constraint.online.ts'
import { foreignKeyOnline } from './foreign-key/foreign-key.online.ts'
import { functionOnline } from './function/function.online.ts'
import { grantOnline } from './grant/grant.online.ts'
import { indexOnline } from './index/index.online.ts'
import { keyOnline } from './key-online.ts'
import { materializedViewOnline } from './materialized-view/materialized-view.online.ts'
import type { Online } from './online.ts'
import { ownerOnline } from './owner/owner.online.ts'
import { partitionOnline } from './partition/partition.online.ts'
import { primaryKeyOnline } from './primary-key/primary-key.online.ts'
import type { KindName, ObjectOf } from './registry.ts'
import { tableOnline } from './table/table.online.ts'
import type { Unique } from './unique/unique.kind.ts'
import { viewOnline } from './view/view.online.ts'

/**
 * The zero-downtime forms of the kinds. Beside the registry, because a form makes objects of other kinds for the way.
 * A kind without one is added and altered first and dropped last, by its ordinary statements.
 */
const forms: { readonly [K in KindName]?: Online<ObjectOf<K>> } = {
  check: checkOnline,
  column: columnOnline,
  enum: enumOnline,
  'exclusion constraint': exclusionConstraintOnline,
  'foreign key': foreignKeyOnline,
  function: functionOnline,
  grant: grantOnline,
  index: indexOnline,
  'materialized view': materializedViewOnline,
  owner: ownerOnline,
  partition: partitionOnline,
  'primary key': primaryKeyOnline,
  table: tableOnline,
  unique: keyOnline<Unique>('UNIQUE', (key) => key.nullsNotDistinct),
  view: viewOnline,
}

const byName: Readonly<Record<string, Online<ObjectBase> | undefined>> = forms

export function onlineOf(object: ObjectBase): Online<ObjectBase> | undefined {
  return Object.hasOwn(byName, object.kind) ? byName[object.kind] : undefined
}
