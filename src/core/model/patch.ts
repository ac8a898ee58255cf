import type { DiagramItem } from './diagram.ts'
import type { SchemaDocument } from './document.ts'
import { sameValue } from './equality.ts'
import type { ObjectBase } from './object.ts'

/** What one collection of records gained, changed and lost. */
export interface Edits<R> {
  readonly added: ReadonlyMap<string, R>
  readonly changed: ReadonlyMap<string, { readonly from: R; readonly to: R }>
  readonly removed: ReadonlyMap<string, R>
}

/** An invertible edit of a document. */
export interface Patch {
  readonly objects: Edits<ObjectBase>
  readonly diagram: Edits<DiagramItem>
}

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }

/** True when applying the patch changes nothing. */
export function isEmptyPatch(patch: Patch): boolean {
  return isEmpty(patch.objects) && isEmpty(patch.diagram)
}

function isEmpty<R>(edits: Edits<R>): boolean {
  return edits.added.size === 0 && edits.changed.size === 0 && edits.removed.size === 0
}

/** The document after the patch. Maps without edits are shared with the input. */
export function applyPatch(document: SchemaDocument, patch: Patch): SchemaDocument {
  return {
    objects: applyEdits(document.objects, patch.objects),
    diagram: applyEdits(document.diagram, patch.diagram),
  }
}

function applyEdits<R>(records: ReadonlyMap<string, R>, edits: Edits<R>): ReadonlyMap<string, R> {
  if (isEmpty(edits)) return records
  const next = new Map(records)
  for (const id of edits.removed.keys()) next.delete(id)
  for (const [id, { to }] of edits.changed) next.set(id, to)
  for (const [id, record] of edits.added) next.set(id, record)
  return next
}

/** The patch that takes `patch` back. */
export function invertPatch(patch: Patch): Patch {
  return { objects: invertEdits(patch.objects), diagram: invertEdits(patch.diagram) }
}

function invertEdits<R>(edits: Edits<R>): Edits<R> {
  const changed = new Map([...edits.changed].map(([id, { from, to }]) => [id, { from: to, to: from }]))
  return { added: edits.removed, changed, removed: edits.added }
}

/** One patch that does what `first` and then `second` do; a record changed back vanishes from it. */
export function squashPatches(first: Patch, second: Patch): Patch {
  return {
    objects: squashEdits(first.objects, second.objects),
    diagram: squashEdits(first.diagram, second.diagram),
  }
}

function squashEdits<R>(first: Edits<R>, second: Edits<R>): Edits<R> {
  const before = new Map<string, R | undefined>()
  const after = new Map<string, R | undefined>()
  for (const edits of [first, second]) {
    const note = (id: string, from: R | undefined, to: R | undefined) => {
      if (!before.has(id)) before.set(id, from)
      after.set(id, to)
    }
    for (const [id, record] of edits.removed) note(id, record, undefined)
    for (const [id, { from, to }] of edits.changed) note(id, from, to)
    for (const [id, record] of edits.added) note(id, undefined, record)
  }
  return editsBetween(before, after)
}

/** The patch that leads from one document to another. Records are compared by value. */
export function patchBetween(from: SchemaDocument, to: SchemaDocument): Patch {
  return {
    objects: from.objects === to.objects ? noEdits : editsBetween(from.objects, to.objects),
    diagram: from.diagram === to.diagram ? noEdits : editsBetween(from.diagram, to.diagram),
  }
}

function editsBetween<R>(
  before: ReadonlyMap<string, R | undefined>,
  after: ReadonlyMap<string, R | undefined>,
): Edits<R> {
  const added = new Map<string, R>()
  const changed = new Map<string, { from: R; to: R }>()
  const removed = new Map<string, R>()
  for (const [id, to] of after) {
    const from = before.get(id)
    if (from === to || to === undefined) continue
    if (from === undefined) added.set(id, to)
    else if (!sameValue(from, to)) changed.set(id, { from, to })
  }
  for (const [id, from] of before) {
    if (from !== undefined && after.get(id) === undefined) removed.set(id, from)
  }
  return { added, changed, removed }
}
