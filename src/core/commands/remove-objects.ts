import { isCheck } from '../kinds/check/check.kind.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { columnHolder } from '../kinds/column-holder.ts'
import { expressionsOf, referencesOf } from '../kinds/field-access.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isIndex } from '../kinds/index/index.kind.ts'
import { isPolicy } from '../kinds/policy/policy.kind.ts'
import { isType, kindOf } from '../kinds/registry.ts'
import { isRole } from '../kinds/role/role.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { isTrigger, type Trigger } from '../kinds/trigger/trigger.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { identifiersIn } from '../sql/identifiers.ts'
import { withoutRoles } from './role-uses.ts'

/** What a removal takes with it, and what it has to leave because something that stays uses it. */
interface Removal {
  readonly removed: ReadonlySet<ObjectId>
  readonly kept: readonly { readonly object: ObjectId; readonly usedBy: readonly ObjectId[] }[]
}

/** What removing these objects (or diagram items) would do. */
export function removalOf(document: SchemaDocument, ids: readonly ObjectId[]): Removal {
  const asked = new Set(ids.filter((id) => document.objects.has(id)))
  const removed = closure(document, asked)
  const kept = [...asked].flatMap((id) => {
    const object = document.objects.get(id)
    if (!object || !isType(object)) return []
    const usedBy = [...document.objects.values()].filter(
      (user) => !removed.has(user.id) && isColumn(user) && user.type.ref === id,
    )
    return usedBy.length === 0 ? [] : [{ object: id, usedBy: usedBy.map((user) => user.id) }]
  })
  if (kept.length === 0) return { removed, kept }
  const stays = new Set(kept.map((entry) => entry.object))
  return { removed: closure(document, new Set([...asked].filter((id) => !stays.has(id)))), kept }
}

/**
 * Removes objects with what cannot live without them: a column takes its keys, checks, indexes and triggers along,
 * a table also the foreign keys that point to it. A type that columns use stays: see `removalOf`. Ids of notes and
 * areas are erased.
 */
export function removeObjects(document: SchemaDocument, ids: readonly ObjectId[]): Patch {
  return edit(document, (draft) => {
    const { removed } = removalOf(document, ids)
    for (const id of removed) {
      draft.remove(id)
      draft.erase(id)
    }
    for (const id of ids) if (!document.objects.has(id)) draft.erase(id)
    const roles = roleNames(removed, document)
    for (const object of document.objects.values()) {
      if (removed.has(object.id)) continue
      if (isTrigger(object)) draft.put(withoutColumns(object, removed))
      else if (isTable(object)) {
        const left = withoutRemoved(object, removed)
        if (left !== object) draft.put(left)
      } else {
        const left = roles.size === 0 ? object : withoutRoles(object, roles)
        if (left !== null && left !== object) draft.put(left)
      }
    }
  })
}

/** The ids and everything that falls with them. */
function closure(document: SchemaDocument, asked: ReadonlySet<ObjectId>): ReadonlySet<ObjectId> {
  const removed = new Set(asked)
  for (let grew = removed.size > 0; grew; ) {
    grew = false
    for (const object of document.objects.values()) {
      if (removed.has(object.id) || !falls(object, removed, document)) continue
      removed.add(object.id)
      grew = true
    }
  }
  return removed
}

function falls(object: ObjectBase, removed: ReadonlySet<ObjectId>, document: SchemaDocument): boolean {
  if (object.parent !== null && removed.has(object.parent)) return true
  if (isColumn(object)) return usesColumn(object, removed, document)
  if (isForeignKey(object)) {
    return [...object.columns, object.referencedTable, ...object.referencedColumns].some((id) =>
      removed.has(id),
    )
  }
  if (isTrigger(object)) return triggerFalls(object, removed, document)
  if (isTable(object)) return false
  const roles = roleNames(removed, document)
  if (roles.size > 0 && withoutRoles(object, roles) === null) return true
  const references = referencesOf(object, kindOf(object))
  if (references.some((id) => removed.has(id))) return true
  return (isCheck(object) || isIndex(object) || isPolicy(object)) && usesColumn(object, removed, document)
}

function roleNames(removed: ReadonlySet<ObjectId>, document: SchemaDocument): ReadonlySet<string> {
  const names = new Set<string>()
  for (const id of removed) {
    const object = document.objects.get(id)
    if (object && isRole(object)) names.add(object.name)
  }
  return names
}

function triggerFalls(trigger: Trigger, removed: ReadonlySet<ObjectId>, document: SchemaDocument): boolean {
  if (trigger.function !== null && removed.has(trigger.function)) return true
  const columns = trigger.updateOf
  if (columns.length > 0 && columns.every((id) => removed.has(id))) return true
  return usesColumn(trigger, removed, document)
}

/** True when an expression names a removed column of the same table. */
function usesColumn(object: ObjectBase, removed: ReadonlySet<ObjectId>, document: SchemaDocument): boolean {
  const names = new Set<string>()
  const holder = columnHolder(object.parent, schemaOf(document))
  for (const id of removed) {
    const column = document.objects.get(id)
    if (column && isColumn(column) && column.parent === holder) names.add(column.name)
  }
  if (names.size === 0) return false
  return expressionsOf(object, kindOf(object)).some((text) =>
    identifiersIn(text).some((found) => !found.called && !found.quotedAsText && names.has(found.name)),
  )
}

/** A table only points at its index and at the tables that it inherits from, and is one without them. */
function withoutRemoved(table: Table, removed: ReadonlySet<ObjectId>): Table {
  const { replicaIndex } = table
  const inherits = table.inherits.filter((id) => !removed.has(id))
  const isLeft = replicaIndex === null || !removed.has(replicaIndex)
  if (isLeft && inherits.length === table.inherits.length) return table
  return { ...table, inherits, replicaIndex: isLeft ? replicaIndex : null }
}

function withoutColumns(trigger: Trigger, removed: ReadonlySet<ObjectId>): Trigger {
  const updateOf = trigger.updateOf.filter((id) => !removed.has(id))
  return updateOf.length === trigger.updateOf.length ? trigger : { ...trigger, updateOf }
}
