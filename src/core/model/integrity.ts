import { referencesOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { byteLength, maxNameBytes } from '../sql/name-length.ts'
import type { SchemaDocument } from './document.ts'
import type { ObjectBase, ObjectId } from './object.ts'
import type { Patch } from './patch.ts'
import type { Problem } from './problem.ts'
import { type Schema, schemaOf } from './schema.ts'

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/** Objects whose parent or references are missing, with the ids that are. No command leaves any. */
export function danglingObjects(objects: Objects): ReadonlyMap<ObjectId, readonly ObjectId[]> {
  const dangling = new Map<ObjectId, readonly ObjectId[]>()
  for (const object of objects.values()) {
    const missing = missingIds(object, objects)
    if (missing.length > 0) dangling.set(object.id, missing)
  }
  return dangling
}

function missingIds(object: ObjectBase, objects: Objects): readonly ObjectId[] {
  const references = referencesOf(object, kindOf(object))
  const all = object.parent === null ? references : [object.parent, ...references]
  return all.filter((id) => !objects.has(id))
}

/** Throws when the patch left an object without its parent or a reference: such a command has a bug. */
export function assertNothingDangles(document: SchemaDocument, patch: Patch): void {
  const { added, changed, removed } = patch.objects
  const { objects } = document
  // Only a removal can break objects that the patch does not touch.
  const touched = [...added.keys(), ...changed.keys()].flatMap((id) => objects.get(id) ?? [])
  for (const object of removed.size > 0 ? objects.values() : touched) {
    const missing = missingIds(object, objects)
    if (missing.length > 0) {
      throw new Error(`${object.kind} ${object.name} refers to what is not there: ${missing.join(', ')}`)
    }
  }
}

/** What is wrong with names and places, which PostgreSQL would not say or would cure in silence. */
export function integrityProblems(document: SchemaDocument): readonly Problem[] {
  const schema = schemaOf(document)
  const problems: Problem[] = []
  const seen = new Map<string, ObjectBase>()
  for (const object of document.objects.values()) {
    if (kindOf(object).informal) continue
    problems.push(...nameProblems(object), ...placeProblems(object, schema))
    const key = siblingKey(object, schema)
    const first = seen.get(key)
    if (!first) seen.set(key, object)
    else if (object.name !== '') {
      problems.push(
        fault(object, 'duplicate-name', 'name', `There are two ${nounOf(object)} named ${object.name} here.`),
      )
    }
  }
  return problems
}

function nameProblems(object: ObjectBase): readonly Problem[] {
  if (object.name === '') {
    return [fault(object, 'empty-name', 'name', `A ${kindOf(object).label.toLowerCase()} needs a name.`)]
  }
  const bytes = byteLength(object.name)
  if (bytes <= maxNameBytes) return []
  return [
    fault(
      object,
      'long-name',
      'name',
      `The name has ${bytes} bytes. PostgreSQL keeps the first ${maxNameBytes} and drops the rest.`,
    ),
  ]
}

function placeProblems(object: ObjectBase, schema: Schema): readonly Problem[] {
  const kind = kindOf(object)
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  const fits =
    object.parent === null ? kind.parents.length === 0 : !parent || kind.parents.includes(parent.kind)
  if (fits) return []
  const place = parent ? `a ${parent.kind}` : 'the top'
  return [fault(object, 'wrong-place', undefined, `A ${kind.label.toLowerCase()} cannot live in ${place}.`)]
}

function siblingKey(object: ObjectBase, schema: Schema): string {
  const identity = kindOf(object).identity?.(object, schema) ?? object.name
  return `${object.parent}\0${object.kind}\0${identity}`
}

function nounOf(object: ObjectBase): string {
  return kindOf(object).plural.toLowerCase()
}

function fault(object: ObjectBase, code: string, field: string | undefined, message: string): Problem {
  return {
    code,
    severity: 'error',
    source: 'Relata',
    object: object.id,
    message,
    ...(field === undefined ? {} : { field }),
  }
}
