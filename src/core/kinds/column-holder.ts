import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { type Column, isColumn } from './column/column.kind.ts'
import { kindOf } from './registry.ts'

/** The object whose children are the columns that the object has: itself, or what its kind says. */
export function columnHolder(id: ObjectId | null, schema: Schema): ObjectId | null {
  const object = id === null ? undefined : schema.get(id)
  const from = (object && kindOf(object).columnsFrom?.(object)) ?? null
  return from === null ? id : columnHolder(from, schema)
}

/** The columns that a part of a table or partition is about. */
export function columnsBeside({ parent }: ObjectBase, schema: Schema): readonly Column[] {
  return schema.childrenOf(columnHolder(parent, schema), isColumn)
}
