import { isRaw } from '../../core/kinds/raw/raw.kind.ts'
import { isType } from '../../core/kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import {
  builtInTypes,
  danglingTypeName,
  displayPgType,
  type PgType,
  parsePgType,
} from '../../core/model/pg-type.ts'
import type { Schema } from '../../core/model/schema.ts'
import { defaultSchemaName, namespaceOf, qualifiedName } from '../../core/sql/names.ts'
import type { ComboOption } from '../../ui/ComboField.tsx'

/** A user's own type, of a kind or carried verbatim. */
function isOwnType(object: ObjectBase): boolean {
  return isType(object) || (isRaw(object) && /^(domain|type)$/i.test(object.objectType))
}

function typesOf(schema: Schema): readonly ObjectBase[] {
  return [...schema.document.objects.values()].filter(isOwnType)
}

/** What a type field offers: the user's types, then PostgreSQL's, the most used first. */
export function typeOptions(schema: Schema): readonly ComboOption[] {
  const own = typesOf(schema).map((object) => ({
    value: qualifiedName(object, schema),
    detail: isRaw(object) ? object.objectType.toLowerCase() : object.kind,
  }))
  return [...own, ...builtInTypes.map((value) => ({ value })), ...builtInTypes.slice(0, 12).map(arrayOption)]
}

function arrayOption(name: string): ComboOption {
  return { value: `${name}[]`, detail: 'array' }
}

/** Reads a type as typed; names of user types become references. */
export function readType(text: string, schema: Schema): PgType {
  return parsePgType(text, (path) => findType(path, schema))
}

function findType(path: readonly string[], schema: Schema): ObjectId | null {
  const [name, namespace] = path.toReversed()
  const found = typesOf(schema).find(
    (object) => object.name === name && namespaceOf(object, schema) === (namespace ?? defaultSchemaName),
  )
  return found?.id ?? null
}

/** The type as fields and lists show it. */
export function showType(type: PgType, schema: Schema): string {
  return displayPgType(type, (id) => {
    const object = schema.get(id)
    return object ? qualifiedName(object, schema) : danglingTypeName(type)
  })
}

/** "enum", "array": what stands at the end of the type field; null for built-in scalars. */
export function typeTag(type: PgType, schema: Schema): string | null {
  if (type.dimensions > 0) return 'array'
  const object = type.ref === null ? undefined : schema.get(type.ref)
  if (!object) return null
  return isRaw(object) ? object.objectType.toLowerCase() : object.kind
}
