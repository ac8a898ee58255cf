import { isCheck } from '../../core/kinds/check/check.kind.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isEnum } from '../../core/kinds/enum/enum.kind.ts'
import { isExclusionConstraint } from '../../core/kinds/exclusion-constraint/exclusion-constraint.kind.ts'
import { isExtension } from '../../core/kinds/extension/extension.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isFunction } from '../../core/kinds/function/function.kind.ts'
import { isIndex } from '../../core/kinds/index/index.kind.ts'
import type { Kind } from '../../core/kinds/kind.ts'
import { isPrimaryKey } from '../../core/kinds/primary-key/primary-key.kind.ts'
import { allKinds, kindOf } from '../../core/kinds/registry.ts'
import { isSequence } from '../../core/kinds/sequence/sequence.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { isTrigger } from '../../core/kinds/trigger/trigger.kind.ts'
import { isUnique } from '../../core/kinds/unique/unique.kind.ts'
import { isView } from '../../core/kinds/view/view.kind.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { typeName } from '../../core/sql/names.ts'
import type { TreeRow } from '../../ui/tree-keys.ts'

/** One visible line of the explorer. */
export type ExplorerRow = ObjectRow | GroupRow

export interface ObjectRow extends TreeRow {
  readonly type: 'object'
  readonly object: ObjectBase
  readonly icon: string
  /** Right of the name: a type, a number of columns, a version. */
  readonly note: string | null
}

export interface GroupRow extends TreeRow {
  readonly type: 'group'
  /** The object whose children it gathers; null at the top. */
  readonly parent: ObjectId | null
  readonly icon: string | null
  readonly count: number
}

/** Kinds shown under one heading, with their children of one parent. */
interface Group {
  readonly key: string
  readonly label: string
  readonly icon: string
  readonly objects: readonly ObjectBase[]
}

interface Arguments {
  readonly schema: Schema
  /** Part of a name, in any case; empty: everything. */
  readonly filter: string
  /** Whether a person has folded or unfolded the row; undefined: neither. */
  readonly unfolded: ReadonlyMap<string, boolean>
}

/** The visible lines from top to bottom. A filter keeps what it matches with the way to it, all unfolded. */
export function explorerRows({ schema, filter, unfolded }: Arguments): readonly ExplorerRow[] {
  const wanted = filter.trim().toLowerCase()
  const keeps = wanted === '' ? null : matchesWithin(schema, wanted)
  const rows: ExplorerRow[] = []

  const isUnfolded = (id: string, first: boolean) => keeps !== null || (unfolded.get(id) ?? first)

  const addObject = (object: ObjectBase, depth: number, place: Pick<TreeRow, 'position' | 'setSize'>) => {
    const groups = groupsOf(object, schema, keeps)
    const expandable = groups.length > 0
    const expanded = expandable ? isUnfolded(object.id, object.parent === null) : undefined
    rows.push({
      type: 'object',
      id: object.id,
      depth,
      text: object.name,
      expanded,
      object,
      icon: kindOf(object).icon,
      note: noteOf(object, schema),
      ...place,
    })
    if (expanded) addGroups(object.id, groups, depth + 1)
  }

  const addGroups = (parent: ObjectId | null, groups: readonly Group[], depth: number) => {
    for (const [index, group] of groups.entries()) {
      const id = `${parent ?? 'top'}/${group.key}`
      const empty = group.objects.length === 0
      const first = depth < 2 && group.objects.length <= 400
      const expanded = empty ? false : isUnfolded(id, first)
      rows.push({
        type: 'group',
        id,
        depth,
        text: group.label,
        expanded,
        selectable: false,
        parent,
        icon: parent === null ? group.icon : null,
        count: group.objects.length,
        position: index + 1,
        setSize: groups.length,
      })
      if (!expanded) continue
      for (const [place, object] of group.objects.entries()) {
        addObject(object, depth + 1, { position: place + 1, setSize: group.objects.length })
      }
    }
  }

  const top = schema.children(null).filter((object) => !keeps || keeps.has(object.id))
  const homes = top.filter((object) => isHome(kindOf(object)))
  for (const [index, object] of homes.entries()) {
    addObject(object, 0, { position: index + 1, setSize: homes.length })
  }
  const others = top.filter((object) => !isHome(kindOf(object)))
  const topKinds = allKinds().filter((kind) => kind.parents.length === 0 && !isHome(kind))
  const topGroups = gather(topKinds, others)
  addGroups(null, keeps ? topGroups.filter((group) => group.objects.length > 0) : topGroups, 0)
  return rows
}

/** Kinds that other kinds live in: shown by themselves at the top. */
function isHome(kind: Kind<ObjectBase>): boolean {
  return kind.parents.length === 0 && allKinds().some((other) => other.parents.includes(kind.name))
}

/** What matches, and everything that contains a match. */
function matchesWithin(schema: Schema, wanted: string): ReadonlySet<ObjectId> {
  const keeps = new Set<ObjectId>()
  for (const object of schema.document.objects.values()) {
    if (!object.name.toLowerCase().includes(wanted)) continue
    for (let at: ObjectBase | undefined = object; at && !keeps.has(at.id); at = parentOf(at, schema)) {
      keeps.add(at.id)
    }
  }
  return keeps
}

function parentOf(object: ObjectBase, schema: Schema): ObjectBase | undefined {
  return object.parent === null ? undefined : schema.get(object.parent)
}

function groupsOf(parent: ObjectBase, schema: Schema, keeps: ReadonlySet<ObjectId> | null): readonly Group[] {
  const fitting = allKinds().filter((kind) => kind.parents.includes(parent.kind))
  const children = schema.children(parent.id).filter((child) => !keeps || keeps.has(child.id))
  const groups = gather(fitting, children)
  // A schema says what it could hold; inside a table an empty heading would only be noise.
  return parent.parent === null && keeps === null
    ? groups
    : groups.filter((group) => group.objects.length > 0)
}

/** The headings for these kinds and objects in the order of `ranks`; constraints of all kinds stand under one. */
function gather(kinds: readonly Kind<ObjectBase>[], objects: readonly ObjectBase[]): readonly Group[] {
  const groups = new Map<string, Group & { readonly rank: number; readonly objects: ObjectBase[] }>()
  const groupOf = (kind: Kind<ObjectBase>) => {
    const label = isConstraint(kind.sample) ? 'Constraints' : kind.plural
    const known = groups.get(label)
    if (known) return known
    const group = { key: label, label, icon: kind.icon, rank: rankOf(kind), objects: [] }
    groups.set(label, group)
    return group
  }
  // What every schema may be expected to hold says that there is none; rarer kinds would only be noise.
  for (const kind of kinds) if (rankOf(kind) < ranks.length) groupOf(kind)
  for (const object of objects) groupOf(kindOf(object)).objects.push(object)
  for (const { objects: members } of groups.values()) {
    if (!members.some(isColumn)) members.sort(byRankThenName)
  }
  return [...groups.values()].sort((a, b) => a.rank - b.rank)
}

/** The order of headings: what people look for most comes first, kinds that are not named here last. */
const ranks: readonly ((object: ObjectBase) => boolean)[] = [
  isTable,
  isView,
  isEnum,
  isFunction,
  isSequence,
  isColumn,
  isIndex,
  isConstraint,
  isTrigger,
  isExtension,
]

function rankOf(kind: Kind<ObjectBase>): number {
  const rank = ranks.findIndex((matches) => matches(kind.sample))
  return rank < 0 ? ranks.length + kind.order : rank
}

function byRankThenName(a: ObjectBase, b: ObjectBase): number {
  const rank = Number(isPrimaryKey(b)) - Number(isPrimaryKey(a))
  return rank === 0 ? a.name.localeCompare(b.name) : rank
}

function isConstraint(object: ObjectBase): boolean {
  const is = [isPrimaryKey, isUnique, isForeignKey, isCheck, isExclusionConstraint]
  return is.some((matches) => matches(object))
}

function noteOf(object: ObjectBase, schema: Schema): string | null {
  if (isColumn(object)) return typeName(object.type, schema)
  if (isExtension(object)) return object.version
  const columns = schema.childrenOf(object.id, isColumn).length
  return columns > 0 ? String(columns) : null
}
