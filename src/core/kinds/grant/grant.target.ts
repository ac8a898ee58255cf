import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { functionTarget } from '../function/function.ddl.ts'
import { isFunction } from '../function/function.kind.ts'

type Target = (object: ObjectBase, schema: Schema) => string

const called =
  (word: string): Target =>
  (object, schema) =>
    `${word} ${qualifiedName(object, schema)}`

/** What GRANT … ON calls an object, by its kind: kinds that are not here have no rights of their own. */
const targets: Readonly<Record<string, Target>> = {
  schema: (object) => `SCHEMA ${quoteName(object.name)}`,
  table: called('TABLE'),
  partition: called('TABLE'),
  view: called('TABLE'),
  'materialized view': called('TABLE'),
  sequence: called('SEQUENCE'),
  enum: called('TYPE'),
  domain: called('TYPE'),
  'composite type': called('TYPE'),
  'range type': called('TYPE'),
  function: (object, schema) => (isFunction(object) ? functionTarget(object, schema) : ''),
}

export const grantableKinds: readonly string[] = Object.keys(targets)

/** `TABLE app.contacts`. */
export function grantTarget(object: ObjectBase, schema: Schema): string {
  const target = targets[object.kind]
  if (!target) throw new Error(`Nobody can be granted anything on a ${object.kind}`)
  return target(object, schema)
}
