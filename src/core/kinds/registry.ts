import type { ObjectBase } from '../model/object.ts'
import { checkKind } from './check/check.kind.ts'
import { columnKind } from './column/column.kind.ts'
import { defaultPrivilegesKind } from './default-privileges/default-privileges.kind.ts'
import { enumKind } from './enum/enum.kind.ts'
import { extensionKind } from './extension/extension.kind.ts'
import { foreignKeyKind } from './foreign-key/foreign-key.kind.ts'
import { functionKind } from './function/function.kind.ts'
import { grantKind } from './grant/grant.kind.ts'
import { indexKind } from './index/index.kind.ts'
import type { Kind } from './kind.ts'
import { partitionKind } from './partition/partition.kind.ts'
import { policyKind } from './policy/policy.kind.ts'
import { primaryKeyKind } from './primary-key/primary-key.kind.ts'
import { rawKind } from './raw/raw.kind.ts'
import { roleKind } from './role/role.kind.ts'
import { schemaKind } from './schema/schema.kind.ts'
import { sequenceKind } from './sequence/sequence.kind.ts'
import { tableKind } from './table/table.kind.ts'
import { triggerKind } from './trigger/trigger.kind.ts'
import { uniqueKind } from './unique/unique.kind.ts'
import { viewKind } from './view/view.kind.ts'

/** Every object kind, by name. The only list: a new kind is its folder, its import and its line here. */
export const kinds = {
  schema: schemaKind,
  role: roleKind,
  extension: extensionKind,
  enum: enumKind,
  sequence: sequenceKind,
  function: functionKind,
  table: tableKind,
  column: columnKind,
  partition: partitionKind,
  'primary key': primaryKeyKind,
  unique: uniqueKind,
  check: checkKind,
  'foreign key': foreignKeyKind,
  index: indexKind,
  view: viewKind,
  trigger: triggerKind,
  policy: policyKind,
  grant: grantKind,
  'default privileges': defaultPrivilegesKind,
  raw: rawKind,
}

type Kinds = typeof kinds
export type KindName = keyof Kinds
export type ObjectOf<K extends KindName> = Kinds[K] extends Kind<infer T> ? T : never
export type AnyObject = { [K in KindName]: ObjectOf<K> }[KindName]

const byName: Readonly<Record<string, Kind<ObjectBase>>> = kinds

export function isKindName(name: string): name is KindName {
  return Object.hasOwn(kinds, name)
}

/** The kind of an object. Throws for a kind that is not registered: files are validated before. */
export function kindOf(object: ObjectBase): Kind<ObjectBase> {
  const kind = byName[object.kind]
  if (!kind) throw new Error(`No kind ${object.kind}`)
  return kind
}

/** What to call an object in a sentence: "foreign key", "policy". */
export function nounOf(object: ObjectBase): string {
  const kind = kindOf(object)
  return (kind.labelOf?.(object) ?? kind.label).toLowerCase()
}

/** All kinds in the order in which their objects are created. */
export function allKinds(): readonly Kind<ObjectBase>[] {
  return Object.values(byName).toSorted((a, b) => a.order - b.order)
}
