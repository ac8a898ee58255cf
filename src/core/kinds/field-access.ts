import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Field, Kind, SequelizeAlter } from './kind.ts'
import type { Online, OnlineAlter } from './online.ts'

type NamedFields = readonly (readonly [string, Field<ObjectBase, unknown>])[]

const fieldsByKind = new WeakMap<Kind<ObjectBase>, NamedFields>()

/** A kind's fields by name, in order, for code that treats all kinds alike. */
export function fieldsOf(kind: Kind<ObjectBase>): NamedFields {
  const known = fieldsByKind.get(kind)
  if (known) return known
  const fields: Readonly<Record<string, Field<ObjectBase, unknown>>> = kind.fields
  const named = Object.entries(fields)
  fieldsByKind.set(kind, named)
  return named
}

export function fieldOf(kind: Kind<ObjectBase>, name: string): Field<ObjectBase, unknown> | undefined {
  const fields: Readonly<Record<string, Field<ObjectBase, unknown>>> = kind.fields
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** The idiomatic calls for a change of one field, where the kind has any. */
export function sequelizeAlterOf(
  kind: Kind<ObjectBase>,
  name: string,
): SequelizeAlter<ObjectBase> | undefined {
  const rules: Readonly<Record<string, SequelizeAlter<ObjectBase> | undefined>> = kind.sequelize?.alter ?? {}
  return Object.hasOwn(rules, name) ? rules[name] : undefined
}

/** The statements for a change of one field of what is in use, where the kind has any of its own. */
export function onlineAlterOf(
  online: Online<ObjectBase> | undefined,
  name: string,
): OnlineAlter<ObjectBase> | undefined {
  const rules: Readonly<Record<string, OnlineAlter<ObjectBase> | undefined>> = online?.alter ?? {}
  return Object.hasOwn(rules, name) ? rules[name] : undefined
}

export function readField(object: ObjectBase, name: string): unknown {
  const value: unknown = Reflect.get(object, name)
  return value
}

/** The object with one field set. */
export function withField(object: ObjectBase, name: string, value: unknown): ObjectBase {
  return { ...object, [name]: value }
}

/** Ids of the objects that the fields refer to, without the parent. */
export function referencesOf(object: ObjectBase, kind: Kind<ObjectBase>): readonly ObjectId[] {
  const ids: ObjectId[] = []
  for (const [name, field] of fieldsOf(kind)) {
    field.references?.map(readField(object, name), (id) => {
      ids.push(id)
      return id
    })
  }
  return ids
}

/** The SQL expressions in the fields. */
export function expressionsOf(
  object: ObjectBase,
  kind: Kind<ObjectBase>,
  wanted: (field: Field<ObjectBase, unknown>, name: string) => boolean = () => true,
): readonly string[] {
  const texts: string[] = []
  for (const [name, field] of fieldsOf(kind)) {
    if (!wanted(field, name)) continue
    field.expressions?.map(readField(object, name), (text) => {
      texts.push(text)
      return text
    })
  }
  return texts
}
