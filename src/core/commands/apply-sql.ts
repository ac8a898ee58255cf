import { alignDocuments } from '../diff/align-documents.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'

interface SqlEffect {
  /** The document as PostgreSQL read it back before the SQL ran, and after. */
  readonly before: SchemaDocument
  readonly after: SchemaDocument
}

interface AppliedSql {
  readonly patch: Patch
  readonly added: readonly ObjectBase[]
  readonly changed: readonly ObjectBase[]
  /** What the SQL removes: it stays, since a pasted text may also mean a rename. */
  readonly kept: readonly ObjectBase[]
}

/**
 * What SQL did to a database that held the document, done to the document: new objects, and the fields that it changed.
 * Everything else stays as it was written.
 */
export function applySql(document: SchemaDocument, { before, after }: SqlEffect): AppliedSql {
  const from = alignDocuments(document, before).objects
  const to = alignDocuments(document, alignDocuments(before, after)).objects
  const added = [...to.values()].filter(({ id }) => !from.has(id) && !document.objects.has(id))
  const changed = [...to.values()].flatMap((object) => {
    const [old, own] = [from.get(object.id), document.objects.get(object.id)]
    const next = old && own ? withChanges(own, old, object) : own
    return next && next !== own ? [next] : []
  })
  const kept = [...from.keys()].flatMap((id) => (to.has(id) ? [] : (document.objects.get(id) ?? [])))
  const patch = edit(document, (draft) => {
    for (const object of changed) draft.put(object)
    for (const [index, object] of added.entries()) draft.put(atEnd(object, index, document))
  })
  return { patch, added, changed, kept }
}

/** The object with the fields that differ between `old` and `next`. */
function withChanges(own: ObjectBase, old: ObjectBase, next: ObjectBase): ObjectBase {
  return fieldsOf(kindOf(own)).reduce((result, [name, { compared }]) => {
    const value = readField(next, name)
    return compared === false || sameValue(readField(old, name), value)
      ? result
      : withField(result, name, value)
  }, own)
}

/** A new column of a table that was there comes after its others. */
function atEnd(object: ObjectBase, index: number, document: SchemaDocument): ObjectBase {
  if (!isColumn(object) || !document.objects.has(object.parent ?? '')) return object
  const last = schemaOf(document).childrenOf(object.parent, isColumn).at(-1)?.ordinal ?? 0
  const moved: typeof object = { ...object, ordinal: last + 1 + index }
  return moved
}

/** The objects that live in none of the others. */
export function topsOf(objects: readonly ObjectBase[]): readonly ObjectId[] {
  const ids = new Set(objects.map(({ id }) => id))
  return objects.filter(({ parent }) => parent === null || !ids.has(parent)).map(({ id }) => id)
}
