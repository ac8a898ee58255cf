import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { commentSql } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { statement } from '../sql/statement.ts'
import type { Alter, Field, Mapper } from './kind.ts'

export const isText = (value: unknown): value is string => typeof value === 'string'
export const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value)
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
export const isNumber = (value: unknown): value is number => typeof value === 'number'
export const isNumberOrNull = (value: unknown): value is number | null => value === null || isNumber(value)
export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(isText)

/** The guard of a closed list of words. */
export function isOneOf<const V extends string>(options: readonly V[]): (value: unknown) => value is V {
  return (value): value is V => options.some((option) => option === value)
}

/** For a field that is one expression or none. */
export const oneExpression: Mapper<string | null, string> = {
  map: (value, change) => (value === null ? null : change(value)),
}

export const requiredExpression: Mapper<string, string> = { map: (value, change) => change(value) }

/** For a list whose order means nothing: it is compared as PostgreSQL prints it. */
export const asPrinted: Mapper<readonly string[], string> = { map: (value) => value }

export const oneReference: Mapper<ObjectId, ObjectId> = { map: (value, change) => change(value) }
export const optionalReference: Mapper<ObjectId | null, ObjectId> = {
  map: (value, change) => (value === null ? null : change(value)),
}
export const listOfReferences: Mapper<readonly ObjectId[], ObjectId> = {
  map: (value, change) => value.map(change),
}

/** For a field that is a list of expressions. */
export const listOfExpressions: Mapper<readonly string[], string> = {
  map: (value, change) => value.map(change),
}

/** The name, changed by `rename`, which gets the object as it stands and the quoted new name. */
export function nameField<T extends ObjectBase>(
  rename: ((object: T, newName: string, schema: Schema) => string) | 'replace',
): Field<T, string> {
  const alter: Alter<T> =
    rename === 'replace'
      ? 'replace'
      : { statements: (from, to, schema) => [statement(from, rename(from, quoteName(to.name), schema))] }
  return {
    label: 'Name',
    editor: { type: 'name' },
    valid: isText,
    alter,
    sample: [
      'renamed',
      'Two Words',
      'quo"ted',
      'naïve_🐘',
      'a23456789_123456789_123456789_123456789_123456789_123456789_123',
    ],
  }
}

/** The comment; `target` gives what follows COMMENT ON. */
export function commentField<T extends ObjectBase>(
  target: (object: T, schema: Schema) => string,
): Field<T, string | null> {
  return {
    label: 'Comment',
    editor: { type: 'comment' },
    valid: isTextOrNull,
    alter: {
      statements: (from, to, schema) => [statement(from, commentSql(target(from, schema), to.comment))],
    },
    sample: ["it's; a -- comment", 'two\nlines', null],
  }
}

/** For what COMMENT ON has no form for. */
export const noComment: Field<ObjectBase, string | null> = {
  label: 'Comment',
  editor: { type: 'hidden' },
  valid: isTextOrNull,
  alter: { statements: () => [] },
  sample: [],
  compared: false,
}

/** Argument types as PostgreSQL prints them; null until it has said them. */
export const signatureField: Field<ObjectBase, string | null> = {
  label: 'Signature',
  editor: { type: 'hidden' },
  valid: isTextOrNull,
  alter: { statements: () => [] },
  sample: [],
  compared: false,
  derived: true,
  expressions: oneExpression,
}
