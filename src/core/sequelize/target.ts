import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { defaultSchemaName, namespaceOf } from '../sql/names.ts'
import type { JsValue } from './call.ts'

/** The table argument of queryInterface: its name in `public`, `{ tableName, schema }` elsewhere. */
export function tableTarget(table: ObjectBase, schema: Schema): JsValue {
  const namespace = namespaceOf(table, schema)
  if (namespace === null || namespace === defaultSchemaName) return table.name
  return { tableName: table.name, schema: namespace }
}
