import type { ObjectBase } from '../model/object.ts'
import { aggregateKind } from './aggregate/aggregate.kind.ts'
import { attributeKind } from './attribute/attribute.kind.ts'
import { checkKind } from './check/check.kind.ts'
import { collationKind } from './collation/collation.kind.ts'
import { columnKind } from './column/column.kind.ts'
import { compositeTypeKind } from './composite-type/composite-type.kind.ts'
import { defaultPrivilegesKind } from './default-privileges/default-privileges.kind.ts'
import { domainKind } from './domain/domain.kind.ts'
import { domainCheckKind } from './domain-check/domain-check.kind.ts'
import { enumKind } from './enum/enum.kind.ts'
import { eventTriggerKind } from './event-trigger/event-trigger.kind.ts'
import { exclusionConstraintKind } from './exclusion-constraint/exclusion-constraint.kind.ts'
import { extensionKind } from './extension/extension.kind.ts'
import { foreignKeyKind } from './foreign-key/foreign-key.kind.ts'
import { functionKind } from './function/function.kind.ts'
import { grantKind } from './grant/grant.kind.ts'
import { indexKind } from './index/index.kind.ts'
import type { Kind } from './kind.ts'
import { materializedViewKind } from './materialized-view/materialized-view.kind.ts'
import { ownerKind } from './owner/owner.kind.ts'
import { partitionKind } from './partition/partition.kind.ts'
import { partitionDefaultKind } from './partition-default/partition-default.kind.ts'
import { policyKind } from './policy/policy.kind.ts'
import { primaryKeyKind } from './primary-key/primary-key.kind.ts'
import { rangeTypeKind } from './range-type/range-type.kind.ts'
import { rawKind } from './raw/raw.kind.ts'
import { roleKind } from './role/role.kind.ts'
import { ruleKind } from './rule/rule.kind.ts'
import { schemaKind } from './schema/schema.kind.ts'
import { sequenceKind } from './sequence/sequence.kind.ts'
import { statisticsKind } from './statistics/statistics.kind.ts'
import { tableKind } from './table/table.kind.ts'
import { textSearchConfigurationKind } from './text-search-configuration/text-search-configuration.kind.ts'
import { textSearchDictionaryKind } from './text-search-dictionary/text-search-dictionary.kind.ts'
import { triggerKind } from './trigger/trigger.kind.ts'
import { uniqueKind } from './unique/unique.kind.ts'
import { viewKind } from './view/view.kind.ts'

/** Every object kind, by name. The only list: a new kind is its folder, its import and its line here. */
export const kinds = {
  schema: schemaKind,
  role: roleKind,
  extension: extensionKind,
  collation: collationKind,
  enum: enumKind,
  domain: domainKind,
  'domain check': domainCheckKind,
  'composite type': compositeTypeKind,
  attribute: attributeKind,
  'range type': rangeTypeKind,
  'text search dictionary': textSearchDictionaryKind,
  'text search configuration': textSearchConfigurationKind,
  sequence: sequenceKind,
  function: functionKind,
  aggregate: aggregateKind,
  table: tableKind,
  column: columnKind,
  partition: partitionKind,
  'partition default': partitionDefaultKind,
  'primary key': primaryKeyKind,
  unique: uniqueKind,
  check: checkKind,
  'exclusion constraint': exclusionConstraintKind,
  'foreign key': foreignKeyKind,
  index: indexKind,
  statistics: statisticsKind,
  view: viewKind,
  'materialized view': materializedViewKind,
  rule: ruleKind,
  trigger: triggerKind,
  policy: policyKind,
  owner: ownerKind,
  grant: grantKind,
  'default privileges': defaultPrivilegesKind,
  'event trigger': eventTriggerKind,
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

/** True for what columns may be of. */
export function isType(object: ObjectBase): boolean {
  return kindOf(object).isType === true
}

/** All kinds in the order in which their objects are created. */
export function allKinds(): readonly Kind<ObjectBase>[] {
  return Object.values(byName).toSorted((a, b) => a.order - b.order)
}
