import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { called, type SqlTargets, sqlTargets } from '../sql-targets.ts'

/** What GRANT … ON calls an object, by its kind: kinds that are not here have no rights of their own. */
const targets: SqlTargets = {
  ...sqlTargets,
  view: called('TABLE'),
  'materialized view': called('TABLE'),
  domain: called('TYPE'),
}

export const grantableKinds: readonly string[] = Object.keys(targets)

/** `TABLE app.contacts`. */
export function grantTarget(object: ObjectBase, schema: Schema): string {
  const target = targets[object.kind]
  if (!target) throw new Error(`Nobody can be granted anything on a ${object.kind}`)
  return target(object, schema)
}
