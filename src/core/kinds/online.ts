import type { TargetVersion } from '../migration/target-version.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import type { Statement } from '../sql/statement.ts'
import type { Own } from './kind.ts'

/** What a zero-downtime plan does, in order; code is deployed before `backfill` and before `contract`. */
export const phases = ['expand', 'backfill', 'validate', 'contract'] as const
export type Phase = (typeof phases)[number]

/** The schemas that a database in use passes through, in order. */
export const stages = [
  /** What old code does not notice. */
  'add',
  /** What needs that: defaults of new columns, triggers that keep two columns equal, views under a new name. */
  'join',
  /** Rows are filled; the schema stays. */
  'fill',
  /** Indexes are built concurrently, constraints hold for new rows only (NOT VALID). */
  'guard',
  /** Constraints are checked against the rows that were there. */
  'check',
  /** What needed the proof: NOT NULL, keys on finished indexes, new constraints under their names. */
  'settle',
  /** What was only there for the way goes; columns exchange their names. */
  'tidy',
  /** What is dropped lets go of other tables. */
  'release',
  /** What only old code uses goes: the drawn schema. */
  'finish',
] as const
export type Stage = (typeof stages)[number]

export const phaseOf: { readonly [S in Stage]: Phase } = {
  add: 'expand',
  join: 'expand',
  fill: 'backfill',
  guard: 'validate',
  check: 'validate',
  settle: 'validate',
  tidy: 'validate',
  release: 'contract',
  finish: 'contract',
}

/** Rows that get a value, some at a time. */
export interface Fill {
  readonly table: ObjectId
  readonly column: ObjectId
  /** May use the columns of the table. */
  readonly expression: string
  /** Also rows that have a value, where it is another one. Default: only those without. */
  readonly corrects?: boolean
}

/** What one stage makes of a change. */
export interface StageEdit {
  readonly stage: Stage
  /** Objects as they are from now on. */
  readonly put?: readonly ObjectBase[]
  /** Objects that go, with what lives in them. */
  readonly remove?: readonly ObjectId[]
  readonly fill?: Fill
  /** Runs when the stage is undone, after its schema is back. */
  readonly fillBack?: Fill
  /** From now on the object is known under another id: a copy takes the place of its original. */
  readonly becomes?: ReadonlyMap<ObjectId, ObjectId>
  /** By key, the finished index that it takes over. */
  readonly adopts?: ReadonlyMap<ObjectId, ObjectId>
  /** What others become in this stage outside of transactions, without stopping those who use them. */
  readonly apart?: readonly ObjectId[]
  /** Undoing the stage leaves what it put: it does no harm, or PostgreSQL could only take it back by a rewrite. */
  readonly stays?: boolean
}

/** How a change is made while old and new code run. */
export interface OnlineWay {
  readonly edits: readonly StageEdit[]
  /** Only there for the way: undoing a later stage does not bring them back. */
  readonly passing?: readonly ObjectId[]
  /** The copy that has the final name of the object from the first stage on: what is new rests on it until it takes over. */
  readonly standIn?: ObjectId
  /** What every running instance must do before the phase, as a sentence. */
  readonly gates?: { readonly [P in Phase]?: string }
}

/** There is no way that keeps a system running: the person decides. */
export interface OnlineQuestion {
  /** `backfill`: an expression is asked for; `accept`: only the simple way is left. */
  readonly asks: 'backfill' | 'accept'
  readonly field?: string
  readonly message: string
  readonly hint: string
}

export function isQuestion(answer: OnlineWay | OnlineQuestion): answer is OnlineQuestion {
  return 'asks' in answer
}

/** What a kind may ask while it plans its way. */
export interface OnlineContext {
  readonly from: Schema
  readonly to: Schema
  /** The oldest PostgreSQL that the plan must run on. */
  readonly target: TargetVersion
  /** The expression a person gave for rows that lack a value of this column. */
  backfill(column: ObjectId): string | null
  /** True when it is there before and after, and not the same. */
  isChanged(id: ObjectId): boolean
  /** True when it lives in what this plan creates, which nobody uses yet. */
  isFresh(id: ObjectId): boolean
  /** A changed copy that counts as printed by PostgreSQL wherever the original does. */
  like<T extends ObjectBase>(original: T, change: (object: T) => T): T
  /** A name that neither schema has, from one that it has. */
  spareName(name: string, suffix: string): string
  /** Objects of the old schema that rest on it, by reference or by an expression. */
  users(id: ObjectId): readonly ObjectBase[]
}

/** How objects of a kind change while they are in use. Absent parts: added first, altered first, dropped last. */
export interface Online<T extends ObjectBase> {
  added?(object: T, context: OnlineContext): OnlineWay | OnlineQuestion | null
  removed?(object: T, context: OnlineContext): OnlineWay | OnlineQuestion | null
  changed?(
    from: T,
    to: T,
    fields: readonly string[],
    context: OnlineContext,
  ): OnlineWay | OnlineQuestion | null
  /** How `old`, of another kind, becomes it at the end. Absent or null: nobody can use it meanwhile, the person decides. */
  becomes?(old: ObjectBase, to: T, context: OnlineContext): OnlineWay | null
  /**
   * True: another is made beside it, and what uses the old one moves to it. Then the old one is known as `<id>~old`, is
   * removed, and the new one added.
   */
  isRemade?(from: T, to: T, fields: readonly string[]): boolean
  /** Like the kind's own `create`, without stopping writes; null: the same. `adopted` is the index that it takes over. */
  create?(object: T, schema: Schema, adopted: ObjectBase | null): readonly Statement[] | null
  /** Like the kind's own `drop`, also where it is gone already. `isPlain`: in a transaction, whatever it stops. */
  drop?(object: T, schema: Schema, isPlain: boolean): readonly Statement[]
  readonly alter?: { readonly [F in Own<T>]?: OnlineAlter<T> }
  /** Tables beside its own that creating or dropping it locks. */
  alsoLocks?(object: T): readonly ObjectId[]
}

export interface OnlineAlter<T extends ObjectBase> {
  statements(from: T, to: T, schema: Schema): readonly Statement[]
}
