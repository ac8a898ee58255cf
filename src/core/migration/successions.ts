import { withIds } from '../diff/align-documents.ts'
import { changedFields } from '../diff/diff-documents.ts'
import { renamesBetween } from '../diff/renames.ts'
import { fieldOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { nameKey } from './scopes.ts'
import type { Side } from './side.ts'

/** What is made anew beside its old self, whose rows it then takes over. */
export interface Successions {
  /** The old schema, where those old selves and all in them go by ids of their own. */
  readonly from: Side
  /** By new object, the old one. */
  readonly heirs: ReadonlyMap<ObjectId, ObjectId>
  /** The other way round. */
  readonly heirOf: ReadonlyMap<ObjectId, ObjectId>
  /** Those that the old one itself becomes. */
  readonly becoming: ReadonlySet<ObjectId>
  /** Parts that those keep, by the ids of this plan, with the objects elsewhere that they are one with. */
  readonly kept: ReadonlyMap<ObjectId, readonly ObjectId[]>
  /** Where something of the new schema goes by another id in the old one, that. */
  oldOf(id: ObjectId): ObjectId | undefined
  /** The id that something of `from` has outside of this plan. */
  known(id: ObjectId): ObjectId
}

/** True for what goes along, without a statement of its own, where `owner` becomes something else or comes of it. */
export function staysWith(
  { becoming, heirOf, kept }: Successions,
  part: ObjectId,
  owner: ObjectId,
  dropped: ReadonlySet<ObjectId>,
): boolean {
  if (!becoming.has(heirOf.get(owner) ?? owner)) return true
  return kept.get(part)?.every((id) => !dropped.has(id)) === true
}

export function noSuccessions(from: Side): Successions {
  return {
    from,
    heirs: new Map(),
    heirOf: new Map(),
    becoming: new Set(),
    kept: new Map(),
    oldOf: () => undefined,
    known: (id) => id,
  }
}

/** Finds what holds something, can hand it over, and cannot become what it is to be in place. */
export function successionsBetween(from: Side, to: Side): Successions {
  const start = schemaOf(from.written)
  const end = schemaOf(to.written)
  const pairs = [...remade(from, to), ...recast(start, end)]
  if (pairs.length === 0) return noSuccessions(from)
  const aliases = new Map<ObjectId, ObjectId>()
  for (const [old] of pairs) for (const id of withDescendants(old.id, start)) aliases.set(id, `${id}~old`)
  const originals = new Map([...aliases].map(([id, alias]) => [alias, id]))
  const heirs = new Map(pairs.map(([old, next]) => [next.id, `${old.id}~old`]))
  const becoming = pairs.filter(([old, next]) => kindOf(next).succession?.become?.fits(old, next, start, end))
  const kept = new Map<ObjectId, readonly ObjectId[]>()
  for (const [old, next] of becoming) {
    const parts = kindOf(next).succession?.become?.keeps(old, next, start, end)
    for (const [id, others] of parts?.ofOld ?? []) kept.set(aliases.get(id) ?? id, others)
    for (const [id, others] of parts?.ofNew ?? []) kept.set(id, others)
  }
  const written = withIds(from.written, aliases)
  return {
    from: from.canonical ? { written, canonical: withIds(from.canonical, aliases) } : { written },
    heirs,
    heirOf: new Map([...heirs].map(([next, old]) => [old, next])),
    becoming: new Set(becoming.map(([, next]) => next.id)),
    kept,
    oldOf: (id) => aliases.get(id),
    known: (id) => originals.get(id) ?? id,
  }
}

type Pair = readonly [old: ObjectBase, next: ObjectBase]

/** Of the same kind, with a change that only making it anew can bring. */
function remade(from: Side, to: Side): readonly Pair[] {
  const before = from.canonical ?? from.written
  const after = to.canonical ?? to.written
  const renames = renamesBetween(before, after)
  const schema = schemaOf(from.written)
  const pairs: Pair[] = []
  for (const [id, next] of after.objects) {
    const old = before.objects.get(id)
    if (!old || old.kind !== next.kind || !kindOf(next).succession?.of.includes(old.kind)) continue
    const cannot =
      kindOf(next).isMadeAnew?.(old, next, schemaOf(before), schemaOf(after)) ||
      (old !== next &&
        changedFields(old, next, renames).some((name) => fieldOf(kindOf(next), name)?.alter === 'replace'))
    if (cannot && isHeld(old, schema)) pairs.push([old, next])
  }
  return pairs
}

/** Of another kind under the same name: a table that becomes a partition. */
function recast(from: Schema, to: Schema): readonly Pair[] {
  return recastObjects(from, to).filter(([old, next]) => kindOf(next).succession?.of.includes(old.kind))
}

/** What would lose what it holds: it only changes what it is, and its new kind does not know how to take that over. */
export function lostInRecast(from: Schema, to: Schema): readonly Pair[] {
  return recastObjects(from, to).filter(([old, next]) => !kindOf(next).succession?.of.includes(old.kind))
}

function recastObjects(from: Schema, to: Schema): readonly Pair[] {
  const gone = [...from.document.objects.values()].filter(
    (old) => to.get(old.id)?.kind !== old.kind && isHeld(old, from),
  )
  if (gone.length === 0) return []
  const made = new Map<string, ObjectBase>()
  for (const next of to.document.objects.values()) {
    if (from.get(next.id)?.kind !== next.kind) made.set(nameKey(next, to), next)
  }
  return gone.flatMap((old): readonly Pair[] => {
    const next = to.get(old.id) ?? made.get(nameKey(old, from))
    return next && next.kind !== old.kind && livesInEachOther(old, next) ? [[old, next]] : []
  })
}

function isHeld(object: ObjectBase, schema: Schema): boolean {
  return (kindOf(object).dataIn?.(object, schema) ?? null) !== null
}

function livesInEachOther(a: ObjectBase, b: ObjectBase): boolean {
  return kindOf(a).parents.includes(b.kind) || kindOf(b).parents.includes(a.kind)
}

/** Its id and those of all that lives in it. */
export function withDescendants(id: ObjectId, schema: Schema): readonly ObjectId[] {
  return [id, ...schema.children(id).flatMap((child) => withDescendants(child.id, schema))]
}
