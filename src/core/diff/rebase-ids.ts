import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { alignDocuments, objectWithIds, pathsOf, withIds } from './align-documents.ts'

interface Replayed {
  /** What the migrations build by now. */
  readonly document: SchemaDocument
  /** What they had built when the last of those known before had run: the same object has the same id in both. */
  readonly known: SchemaDocument
}

/**
 * The replayed document with the ids of the baseline, then of the drawing, where the objects are the same. What a new
 * migration renamed is known by what it was called before, and keeps its id.
 */
export function alignReplayed(
  { document, known }: Replayed,
  { base, mine }: { readonly base: SchemaDocument; readonly mine: SchemaDocument },
): SchemaDocument {
  const paths = new Map([...pathsOf(schemaOf(base))].map(([id, path]) => [path, id]))
  const ids = new Map<ObjectId, ObjectId>()
  for (const [id, path] of pathsOf(schemaOf(known))) {
    const same = paths.get(path)
    if (same !== undefined && document.objects.has(id) && !document.objects.has(same)) ids.set(id, same)
  }
  return withDrawnIds(alignDocuments(base, withIds(document, ids)), base, mine)
}

/** A replay's patches with the ids that its document got by the alignment. What is gone by now keeps its id. */
export function alignedPatches(
  patches: readonly Patch[],
  document: SchemaDocument,
  aligned: SchemaDocument,
): readonly Patch[] {
  const idByPath = new Map([...pathsOf(schemaOf(aligned))].map(([id, path]) => [path, id]))
  const ids = new Map<ObjectId, ObjectId>()
  for (const [id, path] of pathsOf(schemaOf(document))) ids.set(id, idByPath.get(path) ?? id)
  const exchange = (id: ObjectId) => ids.get(id) ?? id
  const renewed = (object: ObjectBase) => objectWithIds(object, exchange)
  return patches.map(({ objects: { added, changed, removed }, diagram }) => ({
    objects: {
      added: new Map([...added].map(([id, object]) => [exchange(id), renewed(object)])),
      changed: new Map(
        [...changed].map(([id, { from, to }]) => [exchange(id), { from: renewed(from), to: renewed(to) }]),
      ),
      removed: new Map([...removed].map(([id, object]) => [exchange(id), renewed(object)])),
    },
    diagram,
  }))
}

/** Objects new on both sides, in the same place and of the same identity, are the same. */
function withDrawnIds(theirs: SchemaDocument, base: SchemaDocument, mine: SchemaDocument): SchemaDocument {
  const ids = new Map<ObjectId, ObjectId>()
  const there = schemaOf(theirs)
  const here = schemaOf(mine)
  const visit = (parent: ObjectId | null) => {
    const drawn = here
      .children(parent === null ? null : (ids.get(parent) ?? parent))
      .filter(({ id }) => !base.objects.has(id) && !theirs.objects.has(id))
    for (const object of there.children(parent)) {
      const isNew = !base.objects.has(object.id) && !mine.objects.has(object.id)
      const same = drawn.find(
        (one) => isNew && one.kind === object.kind && identity(one.id, here) === identity(object.id, there),
      )
      if (same) ids.set(object.id, same.id)
      visit(object.id)
    }
  }
  visit(null)
  return withIds(theirs, ids)
}

function identity(id: ObjectId, schema: Schema): string | undefined {
  const object = schema.get(id)
  return object && (kindOf(object).identity?.(object, schema) ?? object.name)
}
