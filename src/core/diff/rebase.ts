import { removeObjects } from '../commands/remove-objects.ts'
import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import { danglingObjects } from '../model/integrity.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { applyPatch } from '../model/patch.ts'
import { diffDocuments } from './diff-documents.ts'
import {
  type Changed,
  type Conflict,
  conflictsOf,
  needsOf,
  type Side,
  type Sides,
} from './rebase-conflicts.ts'
import { renamedValue, renamesBetween } from './renames.ts'

/** Where two sides went apart since a baseline. */
export interface Rebase {
  readonly sides: Sides
  readonly changed: Readonly<Record<Side, Changed>>
  readonly conflicts: readonly Conflict[]
}

export interface Rebased {
  readonly document: SchemaDocument
  /** What fell although one side has it unchanged or new: what it rests on is gone by choice. */
  readonly fallen: readonly ObjectBase[]
}

/**
 * Compares what was drawn and what came with the baseline that both began with. Expressions are compared as in `prints`,
 * which are the same documents as PostgreSQL prints them.
 */
export function rebase(sides: Sides, prints: Sides = sides): Rebase {
  const changed = {
    mine: changesOf(prints.base, prints.mine),
    theirs: changesOf(prints.base, prints.theirs),
  }
  return { sides, changed, conflicts: conflictsOf(sides, changed, prints) }
}

function changesOf(base: SchemaDocument, side: SchemaDocument): Changed {
  return new Map(
    diffDocuments(base, side).map((change) => [
      change.id,
      new Set(change.type === 'changed' ? change.fields : []),
    ]),
  )
}

/**
 * The drawing on the new baseline: what one side alone changed is taken from it, and of a conflict what was chosen,
 * the drawn where nothing was. Nothing in it refers to what is not there.
 */
export function rebased(
  { sides, changed, conflicts }: Rebase,
  choices: ReadonlyMap<ObjectId, Side> = new Map(),
): Rebased {
  const { base, mine, theirs } = sides
  const chosen = new Map<ObjectId, Side>()
  for (const conflict of conflicts) {
    for (const id of conflict.with) chosen.set(id, choices.get(conflict.id) ?? 'mine')
  }
  const objects = new Map<ObjectId, ObjectBase>()
  for (const id of new Set([...theirs.objects.keys(), ...mine.objects.keys()])) {
    const object = merged(id, sides, changed, chosen.get(id))
    if (object) objects.set(id, object)
  }
  const named = afterTheirs({ objects, diagram: mine.diagram }, sides)
  const whole = healed(withRenames(named, sides, changed, chosen), [theirs, mine, base])
  const fallen = [...objects.values()].filter(({ id }) => !whole.objects.has(id))
  return { document: { ...whole, diagram: diagramOf(sides, whole.objects) }, fallen }
}

/** The object as both sides together have it; undefined where it goes. Names in expressions are as its side has them. */
function merged(
  id: ObjectId,
  { base, mine, theirs }: Sides,
  changed: Rebase['changed'],
  choice: Side | undefined,
): ObjectBase | undefined {
  const [known, drawn, come] = [base.objects.get(id), mine.objects.get(id), theirs.objects.get(id)]
  if (!drawn || !come || drawn.kind !== come.kind) {
    if (choice) return choice === 'mine' ? drawn : come
    if (!known) return drawn ?? come
    return (drawn && changed.mine.has(id)) || (come && changed.theirs.has(id)) ? (drawn ?? come) : undefined
  }
  return ['parent', ...fieldsOf(kindOf(drawn)).map(([name]) => name)].reduce<ObjectBase>(
    (object, name) =>
      sideOf(name, id, known, drawn, changed, choice) === 'mine'
        ? withField(object, name, readField(drawn, name))
        : object,
    come,
  )
}

/** Whose value a field has of an object that both sides have. */
function sideOf(
  name: string,
  id: ObjectId,
  known: ObjectBase | undefined,
  drawn: ObjectBase,
  { mine, theirs }: Rebase['changed'],
  choice: Side | undefined,
): Side {
  if (!known) return choice ?? 'theirs'
  const [isMine, isTheirs] = [mine.get(id)?.has(name), theirs.get(id)?.has(name)]
  if (isMine || isTheirs) return isMine && isTheirs ? (choice ?? 'theirs') : isMine ? 'mine' : 'theirs'
  return sameValue(readField(known, name), readField(drawn, name)) ? 'theirs' : 'mine'
}

/** Expressions follow what the other side renamed. */
function withRenames(
  document: SchemaDocument,
  { base, mine, theirs }: Sides,
  changed: Rebase['changed'],
  chosen: ReadonlyMap<ObjectId, Side>,
): SchemaDocument {
  const renames = { mine: renamesBetween(mine, document), theirs: renamesBetween(theirs, document) }
  const objects = new Map<ObjectId, ObjectBase>()
  for (const [id, object] of document.objects) {
    const [known, drawn, come] = [base.objects.get(id), mine.objects.get(id), theirs.objects.get(id)]
    const followed = fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
      const isSame = drawn && come && sameValue(readField(drawn, name), readField(come, name))
      if (!field.expressions || isSame) return result
      const side = !come
        ? 'mine'
        : drawn
          ? sideOf(name, id, known, drawn, changed, chosen.get(id))
          : ('theirs' as const)
      const source = side === 'mine' ? drawn : come
      if (!source) return result
      const value = renamedValue(source, name, field, renames[side])
      return sameValue(value, readField(result, name)) ? result : withField(result, name, value)
    }, object)
    objects.set(id, followed)
  }
  return { ...document, objects }
}

/** What is drawn alone comes after what came: PostgreSQL appends columns. */
function afterTheirs(document: SchemaDocument, { base, mine, theirs }: Sides): SchemaDocument {
  const last = (side: SchemaDocument) => {
    const ordinals = new Map<ObjectId | null, number>()
    for (const object of side.objects.values()) {
      const ordinal = ordinalOf(object)
      if (ordinal !== null)
        ordinals.set(object.parent, Math.max(ordinal, ordinals.get(object.parent) ?? ordinal))
    }
    return ordinals
  }
  const [before, after] = [last(base), last(theirs)]
  const objects = new Map(document.objects)
  for (const [id, object] of objects) {
    const ordinal = ordinalOf(object)
    const old = before.get(object.parent)
    if (ordinal === null || old === undefined || theirs.objects.has(id) || !mine.objects.has(id)) continue
    const shift = Math.max(0, (after.get(object.parent) ?? old) - old)
    if (shift > 0 && !base.objects.has(id)) objects.set(id, withField(object, 'ordinal', ordinal + shift))
  }
  return { ...document, objects }
}

function ordinalOf(object: ObjectBase): number | null {
  return 'ordinal' in object && typeof object.ordinal === 'number' ? object.ordinal : null
}

/** Removes what rests on something that is gone, as if that were removed now. */
function healed(document: SchemaDocument, known: readonly SchemaDocument[]): SchemaDocument {
  const objects = new Map(document.objects)
  const gone = new Set<ObjectId>()
  const add = (id: ObjectId) => {
    const object = known.flatMap((side) => side.objects.get(id) ?? [])[0]
    if (!object || objects.has(id)) return
    gone.add(id)
    objects.set(id, object)
    for (const needed of needsOf(object)) add(needed)
  }
  for (const missing of danglingObjects(objects).values()) for (const id of missing) add(id)
  if (gone.size === 0) return document
  const whole = { objects, diagram: document.diagram }
  let next = applyPatch(whole, removeObjects(whole, [...gone]))
  for (let dangling = danglingObjects(next.objects); dangling.size > 0; ) {
    next = { ...next, objects: new Map([...next.objects].filter(([id]) => !dangling.has(id))) }
    dangling = danglingObjects(next.objects)
  }
  return next
}

/** Everything drawn stays where it is; what came alone is placed as it came. */
function diagramOf({ mine, theirs }: Sides, objects: SchemaDocument['objects']): SchemaDocument['diagram'] {
  const items = [...theirs.diagram, ...mine.diagram]
  return new Map(items.filter(([id, { kind }]) => kind !== 'placement' || objects.has(id)))
}
