import { fieldsOf, readField } from '../core/kinds/field-access.ts'
import type { Kind } from '../core/kinds/kind.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { PgErrorFields } from './api.ts'
import type { PgError } from './engine.ts'

/** What PostgreSQL said, without an object: of a query, say. */
export function problemOf(error: PgError, sql?: string): Problem {
  const { code, message, detail, hint, position } = error.fields
  return {
    code,
    severity: 'error',
    source: 'PostgreSQL',
    message,
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { position }),
    ...(sql === undefined ? {} : { sql }),
  }
}

/** PostgreSQL refused `sql`, which was to make or change `object`; `changed` are the fields it was about. */
export function refusalOf(
  error: PgError,
  sql: string,
  object: ObjectBase | undefined,
  changed: readonly string[] = [],
): Problem {
  const problem = problemOf(error, sql)
  if (!object) return problem
  const field = guiltyField(object, error.fields, sql, changed)
  return { ...problem, object: object.id, ...(field === undefined ? {} : { field }) }
}

/** "Not tried: needs leads.source". */
export function blockedBy(object: ObjectBase, needed: ObjectBase, document: SchemaDocument): Problem {
  return {
    code: 'blocked-by',
    severity: 'blocked',
    source: 'Blocked',
    object: object.id,
    message: `Not tried: needs ${spokenName(needed, document)}`,
  }
}

/** Its name after those of what it lives in, without the schema: "leads.source". */
export function spokenName(object: ObjectBase, document: SchemaDocument): string {
  const parent = object.parent === null ? undefined : document.objects.get(object.parent)
  return parent && !kindOf(parent).foundation ? `${spokenName(parent, document)}.${object.name}` : object.name
}

/** SQLSTATEs that name what is wrong with a name: duplicates (42701 … 42P07), reserved and invalid names. */
const nameCodes = new Set(['42701', '42710', '42723', '42P04', '42P06', '42P07', '42939', '42602', '42622'])
/** Undefined or unfit types: 42704 undefined object, 42846 cannot cast, 42804 mismatch, 22023 and 0A000 modifiers. */
const typeCodes = new Set(['42704', '42846', '42804', '22023', '42601', '0A000', '22P02'])
/** Undefined or unfit columns and tables behind a reference. */
const referenceCodes = new Set(['42830', '42804', '42703', '42P01', '42P10', '42P16', '42809'])

/** The field that the inspector should mark, as far as statement and SQLSTATE tell. */
function guiltyField(
  object: ObjectBase,
  error: PgErrorFields,
  sql: string,
  changed: readonly string[],
): string | undefined {
  const kind = kindOf(object)
  const only = changed.length === 1 ? changed[0] : undefined
  if (only !== undefined) return only
  if (nameCodes.has(error.code)) return 'name'
  const expressions = fieldsOf(kind).filter(([name, field]) => hasExpression(field, readField(object, name)))
  const at = error.position === undefined ? undefined : codeUnit(sql, error.position)
  const spotted = expressions.find(([name, field]) => {
    return at !== undefined && textsOf(field, readField(object, name)).some((text) => covers(sql, text, at))
  })
  if (spotted) return spotted[0]
  const typed = fieldWith(kind, (type) => type === 'pg-type')
  if (typed !== undefined && typeCodes.has(error.code) && !/default/i.test(error.message)) return typed
  const referring = fieldWith(kind, (type) => type === 'columns' || type === 'index-keys')
  if (expressions.length === 0 && referring !== undefined && referenceCodes.has(error.code)) return referring
  return expressions.length === 1 ? expressions[0]?.[0] : changed[0]
}

type AnyField = ReturnType<typeof fieldsOf>[number][1]

function textsOf(field: AnyField, value: unknown): readonly string[] {
  const texts: string[] = []
  field.expressions?.map(value, (text) => {
    texts.push(text)
    return text
  })
  return texts
}

function hasExpression(field: AnyField, value: unknown): boolean {
  return textsOf(field, value).length > 0
}

function fieldWith(kind: Kind<ObjectBase>, wanted: (editor: string) => boolean): string | undefined {
  return fieldsOf(kind).find(([, field]) => wanted(field.editor.type))?.[0]
}

/** The UTF-16 offset of a 1-based code point position. */
function codeUnit(text: string, position: number): number {
  return [...text].slice(0, position - 1).join('').length
}

function covers(sql: string, text: string, at: number): boolean {
  for (let start = sql.indexOf(text); start !== -1 && text !== ''; start = sql.indexOf(text, start + 1)) {
    if (at >= start && at < start + text.length) return true
  }
  return false
}

/** An object whose parent or reference is gone cannot even be written down as SQL. */
export function danglingProblem(object: ObjectBase, missing: ObjectId): Problem {
  return {
    code: 'missing-reference',
    severity: 'error',
    source: 'Relata',
    object: object.id,
    message: `Refers to something that no longer exists (${missing})`,
  }
}
