import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { fieldsOf, readField, referencesOf, withField } from '../kinds/field-access.ts'
import { isKindName, kindOf } from '../kinds/registry.ts'
import type { DiagramItem } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { fitName } from '../sql/name-length.ts'
import { type TakenNames, uniqueName } from '../sql/unique-name.ts'
import { defaultNamespace, publicSchema } from './create-table.ts'
import { NameRegister, type NewId } from './naming.ts'

/** Copied objects and diagram items: plain data, put on the clipboard as JSON. */
interface Clip {
  readonly relata: 'clip'
  readonly objects: readonly ObjectBase[]
  readonly diagram: readonly DiagramItem[]
}

/** The objects with everything that lives in them, and how they are drawn. */
export function copyObjects(document: SchemaDocument, ids: readonly ObjectId[]): Clip {
  const schema = schemaOf(document)
  const objects = new Map<ObjectId, ObjectBase>()
  const take = (id: ObjectId) => {
    const object = schema.get(id)
    if (!object || objects.has(id)) return
    objects.set(id, object)
    for (const part of schema.children(id)) take(part.id)
  }
  for (const id of ids) take(id)
  const diagram = [...new Set([...objects.keys(), ...ids])].flatMap((id) => document.diagram.get(id) ?? [])
  return { relata: 'clip', objects: [...objects.values()], diagram }
}

/** The clip in a text from the clipboard; null for any other text. Objects with invalid fields are left out. */
export function readClip(text: string): Clip | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isClip(value) ? { ...value, objects: value.objects.filter(isWhole) } : null
  } catch {
    return null
  }
}

function isClip(value: unknown): value is Clip {
  return (
    typeof value === 'object' &&
    value !== null &&
    'relata' in value &&
    value.relata === 'clip' &&
    'objects' in value &&
    Array.isArray(value.objects) &&
    'diagram' in value &&
    Array.isArray(value.diagram)
  )
}

function isWhole(object: ObjectBase): boolean {
  if (typeof object.id !== 'string' || !isKindName(object.kind)) return false
  return fieldsOf(kindOf(object)).every(([name, field]) => field.valid(readField(object, name)))
}

interface PasteClip {
  readonly newId: NewId
  /** How far the copies are drawn from the originals, in px. */
  readonly offset: { readonly x: number; readonly y: number }
  /** The table that copied columns go into; default: the table they came from. */
  readonly table?: ObjectId
}

/**
 * Adds a clip with new ids and free names. References go to the copies, or to objects the document has; parts whose
 * references are nowhere are left out. `ids` are those of the copied tops: what to select.
 */
export function pasteClip(
  document: SchemaDocument,
  clip: Clip,
  args: PasteClip,
): { readonly patch: Patch; readonly ids: readonly ObjectId[] } {
  const schemaBefore = schemaOf(document)
  const present = new Map<ObjectId, ObjectId>()
  for (const object of clip.objects) {
    const twin = object.parent === null ? twinOf(object, schemaBefore) : undefined
    if (twin) present.set(object.id, twin.id)
  }
  const copies = clip.objects.filter((object) => !present.has(object.id))
  const ids = new Map(present)
  for (const object of copies) ids.set(object.id, args.newId())
  const tops: ObjectId[] = []
  const patch = edit(document, (draft) => {
    const home = defaultNamespace(document)?.id ?? args.newId()
    const parentOf = (object: ObjectBase): ObjectId | null => {
      const copied = ids.get(object.parent ?? '')
      if (copied !== undefined) return copied
      if (isColumn(object) && args.table !== undefined) return args.table
      return object.parent === null || document.objects.has(object.parent) ? object.parent : home
    }
    const renamed = new Map<string, string>()
    const names = new NameRegister(schemaBefore)
    const put = (object: ObjectBase) => {
      draft.put(object)
      names.add(object)
    }
    for (const object of copies) {
      const id = ids.get(object.id) ?? args.newId()
      const mapped = withReferences(object, ids, document)
      const parent = parentOf(object)
      if (!mapped) continue
      if (parent === home && !draft.objects.has(home)) put(publicSchema(home))
      const isTop = object.parent === null || present.has(object.parent) || !ids.has(object.parent)
      const name = copyName(object, parent, isTop, renamed, names.taken(object.kind, parent))
      if (isTop) {
        tops.push(id)
        renamed.set(object.name, name)
      }
      const copy: ObjectBase = { ...mapped, id, parent, name }
      put(isTop ? atEnd(copy, draft.objects) : copy)
    }
    for (const item of clip.diagram) {
      const id = ids.get(item.id) ?? args.newId()
      if (item.kind === 'placement' && !draft.objects.has(id)) continue
      if (item.kind !== 'placement') tops.push(id)
      draft.draw({ ...item, id, x: item.x + args.offset.x, y: item.y + args.offset.y })
    }
  })
  return { patch, ids: tops }
}

/** Copies of objects beside the originals. */
export function duplicateObjects(
  document: SchemaDocument,
  ids: readonly ObjectId[],
  newId: NewId,
): { readonly patch: Patch; readonly ids: readonly ObjectId[] } {
  return pasteClip(document, copyObjects(document, ids), { newId, offset: { x: 32, y: 32 } })
}

/** A part of a copied table follows the table's new name: `contacts_pkey` → `contacts_copy_pkey`. */
function copyName(
  object: ObjectBase,
  parent: ObjectId | null,
  isTop: boolean,
  renamed: ReadonlyMap<string, string>,
  taken: TakenNames,
): string {
  if (!taken.has(object.name)) return object.name
  if (isTop || parent === null) return uniqueName(`${fitName(object.name, 58)}_copy`, taken)
  for (const [old, name] of renamed) {
    if (object.name.includes(old)) return uniqueName(object.name.replace(old, name), taken)
  }
  return uniqueName(object.name, taken)
}

/** The schema or extension of that name which the document has already. */
function twinOf(object: ObjectBase, schema: Schema): ObjectBase | undefined {
  return schema.children(null).find((other) => other.kind === object.kind && other.name === object.name)
}

/** A copied column comes after the others of its table. */
function atEnd(object: ObjectBase, objects: ReadonlyMap<ObjectId, ObjectBase>): ObjectBase {
  if (!isColumn(object)) return object
  const column: Column = { ...object, ordinal: lastOrdinal(objects, object.parent) + 1 }
  return column
}

function lastOrdinal(objects: ReadonlyMap<ObjectId, ObjectBase>, table: ObjectId | null): number {
  let last = 0
  for (const object of objects.values()) {
    if (isColumn(object) && object.parent === table) last = Math.max(last, object.ordinal)
  }
  return last
}

/** The object with its references moved to the copies; null when one of them is nowhere. */
function withReferences(
  object: ObjectBase,
  ids: ReadonlyMap<ObjectId, ObjectId>,
  document: SchemaDocument,
): ObjectBase | null {
  const kind = kindOf(object)
  const missing = referencesOf(object, kind).some((id) => !ids.has(id) && !document.objects.has(id))
  if (missing && isColumn(object)) {
    const bare: typeof object = { ...object, type: { ...object.type, ref: null } }
    return bare
  }
  if (missing) return null
  let next = object
  for (const [name, field] of fieldsOf(kind)) {
    if (!field.references) continue
    next = withField(
      next,
      name,
      field.references.map(readField(next, name), (id) => ids.get(id) ?? id),
    )
  }
  return next
}
