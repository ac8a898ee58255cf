import type { Field } from '../../../core/kinds/kind.ts'
import type { ObjectBase } from '../../../core/model/object.ts'
import type { Problem } from '../../../core/model/problem.ts'
import type { Schema } from '../../../core/model/schema.ts'

/** What every field editor gets. */
export interface EditorProps {
  readonly object: ObjectBase
  readonly name: string
  readonly field: Field<ObjectBase, unknown>
  readonly value: unknown
  readonly schema: Schema
  /** What is wrong with this field at present. */
  readonly problems: readonly Problem[]
  /** The value was too long for one line when it was shown first; stays, so that typing never changes the editor. */
  readonly isLong: boolean
  /** The id of the visible label. */
  readonly controlId: string
  /** Applies a value; gives a sentence when the field cannot take it. */
  readonly set: (value: unknown) => string | null
}

export function hasError(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}
