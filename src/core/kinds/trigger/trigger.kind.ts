import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Deferral } from '../constraint.ts'

export const triggerEvents = ['insert', 'update', 'delete', 'truncate'] as const
export type TriggerEvent = (typeof triggerEvents)[number]

/** A trigger of a table or view (docs CREATE TRIGGER). */
export interface Trigger extends ObjectBase {
  readonly kind: 'trigger'
  readonly timing: 'before' | 'after' | 'instead of'
  readonly events: readonly TriggerEvent[]
  /** UPDATE OF these; empty means any column. */
  readonly updateOf: readonly ObjectId[]
  readonly level: 'row' | 'statement'
  readonly when: string | null
  /** The function's object, or null where an extension or the system owns it: then `functionName` decides. */
  readonly function: ObjectId | null
  readonly functionName: string
  readonly arguments: readonly string[]
  /** A constraint trigger, and when it fires; null for an ordinary trigger. */
  readonly constraint: Deferral | null
  /** Transition tables. */
  readonly oldTable: string | null
  readonly newTable: string | null
  readonly enabled: 'origin' | 'disabled' | 'replica' | 'always'
}

export const isTrigger = (object: ObjectBase): object is Trigger => object.kind === 'trigger'
