import type { ObjectBase } from '../../model/object.ts'

/** An enumerated type (docs 8.7). */
export interface Enum extends ObjectBase {
  readonly kind: 'enum'
  /** Labels in their sort order. */
  readonly labels: readonly string[]
}

export const isEnum = (object: ObjectBase): object is Enum => object.kind === 'enum'
