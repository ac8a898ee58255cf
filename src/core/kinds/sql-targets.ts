import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { qualifiedName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { functionTarget } from './function/function.ddl.ts'
import { isFunction } from './function/function.kind.ts'

/** How a statement about any kind of object names one: `TABLE app.contacts`. */
export type SqlTarget = (object: ObjectBase, schema: Schema) => string

export type SqlTargets = Readonly<Record<string, SqlTarget>>

export const called =
  (word: string): SqlTarget =>
  (object, schema) =>
    `${word} ${qualifiedName(object, schema)}`

/** By kind, what both GRANT … ON and ALTER … OWNER TO call the same. */
export const sqlTargets: SqlTargets = {
  schema: (object) => `SCHEMA ${quoteName(object.name)}`,
  table: called('TABLE'),
  partition: called('TABLE'),
  sequence: called('SEQUENCE'),
  enum: called('TYPE'),
  'composite type': called('TYPE'),
  'range type': called('TYPE'),
  function: (object, schema) => (isFunction(object) ? functionTarget(object, schema) : ''),
}
