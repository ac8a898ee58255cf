import type { ObjectBase, ObjectId } from '../model/object.ts'
import { danglingTypeName, type PgType, printPgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import { quoteName, quoteText } from './quote.ts'

/** The schema that needs no prefix: first in the search_path of PostgreSQL's and Sequelize's defaults. */
export const defaultSchemaName = 'public'

/** The name of the schema (namespace) that an object is in, however deep; null for what lives in none. */
export function namespaceOf(object: ObjectBase, schema: Schema): string | null {
  if (object.parent === null) return null
  const parent = schema.get(object.parent)
  if (!parent) return null
  return isNamespace(parent) ? parent.name : namespaceOf(parent, schema)
}

/** True for a schema in PostgreSQL's sense, whose name stands before a dot. */
export function isNamespace({ kind }: ObjectBase): boolean {
  return kind === 'schema'
}

/** The name in SQL, with its schema unless that is `public`. */
export function qualifiedName(object: ObjectBase, schema: Schema): string {
  const namespace = namespaceOf(object, schema)
  const name = quoteName(object.name)
  return namespace === null || namespace === defaultSchemaName ? name : `${quoteName(namespace)}.${name}`
}

/** The qualified name of the object with that id. Throws when there is none: references are checked before. */
export function qualifiedNameOf(id: ObjectId | null, schema: Schema): string {
  const object = id === null ? undefined : schema.get(id)
  if (!object) throw new Error(`No object ${id}`)
  return qualifiedName(object, schema)
}

/** The quoted names of objects, in order. */
export function namesOf(ids: readonly ObjectId[], schema: Schema): readonly string[] {
  return ids.map((id) => {
    const object = schema.get(id)
    if (!object) throw new Error(`No object ${id}`)
    return quoteName(object.name)
  })
}

/** A type in SQL, user types by their present name. */
export function typeName(type: PgType, schema: Schema): string {
  return printPgType(type, (id) => {
    const object = schema.get(id)
    return object ? qualifiedName(object, schema) : danglingTypeName(type)
  })
}

/** `COMMENT ON <target> IS …`; null removes the comment. */
export function commentSql(target: string, comment: string | null): string {
  return `COMMENT ON ${target} IS ${comment === null ? 'NULL' : quoteText(comment)}`
}
