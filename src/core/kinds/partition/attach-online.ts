import { objectWithIds } from '../../diff/align-documents.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import type { Check } from '../check/check.kind.ts'
import { onIndex } from '../key-online.ts'
import type { OnlineContext, OnlineWay, StageEdit } from '../online.ts'
import { ownName } from '../partition-builds.ts'
import {
  isCheckPart,
  isColumnPart,
  isForeignKeyPart,
  isIndexPart,
  isPartitionPart,
  isPrimaryKeyPart,
  isTableObject,
  isUniquePart,
} from '../parts-of-tables.ts'
import { addedWithProof } from '../proven-constraint.ts'
import { columnsOf } from '../rows.ts'
import type { Table } from '../table/table.kind.ts'
import { isGuarded } from '../table/table.options.ts'
import { commonParts, lackingParts, merging, ownParts } from './merging-parts.ts'
import { boundCondition } from './partition.bound.ts'
import type { Partition } from './partition.kind.ts'

/** Whose making or checking reads every row of a table. */
const readers: ReadonlySet<string> = new Set(['check', 'foreign key', 'primary key', 'unique'])

/**
 * What PostgreSQL would check and build under its lock is there before: a check that says what the bounds say, and all
 * that the partitioned table has (docs 5.12.2.2). Null where that cannot be done exactly.
 */
export function attachedOnline(old: ObjectBase, to: Partition, context: OnlineContext): OnlineWay | null {
  const { from, to: after } = context
  const whole = from.find(to.parent, isTableObject)
  const condition = boundCondition(to, after)
  if (!whole || !isTableObject(old) || old.partitionBy !== null || condition === null) return null
  if (!isSteady(whole, context) || hasDefault(whole, context)) return null
  if (old.unlogged || old.tablespace !== to.tablespace || old.accessMethod !== to.accessMethod) return null
  const columns = new Map(columnsOf(whole, from).map((column) => [column.name, column]))
  // Code that writes into the table goes on with its defaults, and setting NOT NULL reads every row.
  const isOther = columnsOf(old, from).some((own) => {
    const column = columns.get(own.name)
    return (
      !column || own.identity !== null || own.default !== column.default || own.notNull !== column.notNull
    )
  })
  const changed = apartFrom(commonParts(old, from, whole, from), old, to, whole, context)
  // An index goes outside of transactions, and what locks two tables in one of its own.
  const isSplit = changed?.some((part) => isIndexPart(part) || isForeignKeyPart(part))
  if (!changed || isOther || isUsedOtherwise(old, isSplit ? [] : ['view'], context)) return null
  if (changed.some(({ id, kind }) => after.get(id) && readers.has(kind))) return null
  const lacking = lackingParts(old, from, whole)
  if (!lacking) return null
  const ways = lacking.map((part) => putOn(old, part, to, whole, context))
  const bounds = boundCheck(old, to, condition, context)
  const gate = `Deploy code that writes into ${qualifiedName(old, from)} only what ${qualifiedName(whole, from)} can hold there: rows inside of the bounds of ${to.name}, as the keys and constraints of ${whole.name} want them.`
  const attached: StageEdit = { stage: 'tidy', remove: [old.id], put: [to, ...after.children(to.id)] }
  return {
    edits: [
      ...addedWithProof(bounds, false, old.name).edits,
      ...ways.flatMap(({ edits }) => edits),
      attached,
    ],
    passing: [bounds.id, ...ways.flatMap(({ passing = [] }) => passing)],
    gates: { backfill: gate },
  }
}

/** It leaves while others use the table, which takes 14 and no DEFAULT partition (docs ALTER TABLE). */
export function detachedOnline(old: ObjectBase, to: Table, context: OnlineContext): OnlineWay | null {
  const { from, to: after, target } = context
  const whole = isPartitionPart(old) ? from.find(old.parent, isTableObject) : undefined
  if (!whole || !isPartitionPart(old) || target < 14 || !isSteady(whole, context)) return null
  if (hasDefault(whole, context) || isUsedOtherwise(old, [], context) || to.unlogged) return null
  if (old.tablespace !== to.tablespace || old.accessMethod !== to.accessMethod) return null
  const isNarrower = columnsOf(to, after).some(
    (column) =>
      column.notNull && !columnsOf(whole, from).some((was) => was.name === column.name && was.notNull),
  )
  const changed = apartFrom(commonParts(to, after, whole, from), old, to, whole, context)
  if (isNarrower || !changed || changed.some(({ id }) => after.get(id))) return null
  const name = qualifiedName(to, after)
  const edit: StageEdit = { stage: 'finish', apart: [to.id] }
  return {
    edits: [edit],
    gates: { contract: `Deploy code that looks for the rows of ${name} in it and not in ${whole.name}.` },
  }
}

/** Nothing about the partitioned table changes but its partitions, and only what is known to is handed on by it. */
function isSteady({ id }: Table, { from, to, isChanged }: OnlineContext): boolean {
  const parts = (schema: Schema) => schema.children(id).filter((part) => !isPartitionPart(part))
  const [before, after] = [parts(from), parts(to)]
  const isKnown = ({ kind }: ObjectBase) => kind !== 'raw' && kind !== 'exclusion constraint'
  return (
    !isChanged(id) &&
    before.length === after.length &&
    before.every((part) => isKnown(part) && to.get(part.id)?.parent === id && !isChanged(part.id))
  )
}

function hasDefault({ id }: Table, { from, to }: OnlineContext): boolean {
  return [from, to].some((schema) =>
    schema.childrenOf(id, isPartitionPart).some(({ bound }) => /^\s*default\s*$/i.test(bound)),
  )
}

/**
 * The keys, indexes and constraints of either that go or come; null where there is more that goes or comes: rights,
 * policies and triggers must not be missing between two transactions.
 */
function apartFrom(
  common: ReadonlyMap<ObjectId, ObjectId>,
  old: ObjectBase,
  to: ObjectBase,
  whole: ObjectBase,
  { from, to: after }: OnlineContext,
): readonly ObjectBase[] | null {
  const own = ownParts(old, from, to, after, whole)
  const staying = new Set([...common.keys(), ...own.keys(), ...own.values()])
  const parts = [...from.children(old.id), ...after.children(to.id)].filter(
    (part) => !staying.has(part.id) && !isColumnPart(part),
  )
  const isHiding = [old, to].some((one) => isGuarded(one) && (one.rowSecurity || one.forceRowSecurity))
  return isHiding || parts.some(({ kind }) => !merging.has(kind)) ? null : parts
}

/** `harmless`: kinds that go and come back in the same transaction. */
function isUsedOtherwise(
  old: ObjectBase,
  harmless: readonly string[],
  { from, users }: OnlineContext,
): boolean {
  const own = new Set([old.id, ...from.children(old.id).map(({ id }) => id)])
  return [...own].some((id) =>
    users(id).some(
      (user) => !own.has(user.id) && !own.has(user.parent ?? '') && !harmless.includes(user.kind),
    ),
  )
}

function boundCheck(old: Table, to: Partition, expression: string, context: OnlineContext): Check {
  return {
    id: `${to.id} bounds`,
    kind: 'check',
    parent: old.id,
    name: context.spareName(old.name, 'bounds'),
    comment: null,
    expression,
    noInherit: false,
    notValid: false,
    local: true,
  }
}

/** What the partitioned table has, on the table, built and proved without stopping those who use it. */
function putOn(old: Table, part: ObjectBase, to: Partition, whole: Table, context: OnlineContext): OnlineWay {
  const own = new Map(columnsOf(old, context.from).map(({ name, id }) => [name, id]))
  const columns = columnsOf(whole, context.from).map(({ id, name }) => [id, own.get(name) ?? id] as const)
  const ids = new Map<ObjectId, ObjectId>([
    ...columns,
    [part.id, `${part.id} of ${to.id}`],
    [whole.id, old.id],
  ])
  const here = <T extends ObjectBase>(original: T): T => {
    const copy = context.like(original, (object) => ({
      ...object,
      ...objectWithIds(object, (id) => ids.get(id) ?? id),
      comment: null,
    }))
    if (isCheckPart(original)) return copy
    const name = context.spareName(old.name, ownName(original, whole))
    return context.like(copy, (object) => ({ ...object, name }))
  }
  if (isPrimaryKeyPart(part)) return keyOn(here(part), false)
  if (isUniquePart(part)) return keyOn(here(part), part.nullsNotDistinct)
  if (isIndexPart(part)) return { edits: [{ stage: 'guard', put: [here(part)] }] }
  if (isCheckPart(part) || isForeignKeyPart(part)) return addedWithProof(here(part), false, old.name)
  throw new Error(`No partition has ${part.kind} ${part.name}`)

  function keyOn(key: Parameters<typeof onIndex>[0], nullsNotDistinct: boolean): OnlineWay {
    return onIndex(key, nullsNotDistinct, key.name, { ...context, to: context.from })
  }
}
