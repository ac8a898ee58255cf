import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import type { SequelizeCall } from '../sequelize/call.ts'
import type { Statement } from '../sql/statement.ts'
import type { LockTrace } from './lock-trace.ts'
import type { StepHazard } from './step-hazards.ts'

/** One unit of a migration: what it does to one object (and to what is made together with it). */
export interface Step {
  readonly action: 'create' | 'drop' | 'rename' | 'move' | 'alter'
  readonly object: ObjectId
  readonly kind: string
  /** The table (or other top object) it belongs to, for grouping. */
  readonly group: ObjectId
  /** For a person: "Add column contacts.full_name". */
  readonly title: string
  readonly statements: readonly Statement[]
  /** The same effect as idiomatic calls; null: the statements are sent as raw queries. */
  readonly calls: readonly SequelizeCall[] | null
  /** False: it must run outside a transaction, and so must its whole file. */
  readonly transactional: boolean
  readonly hazards: readonly StepHazard[]
  /** Fields it changes, for `alter`. */
  readonly fields: readonly string[]
  /** Objects as the database has them once the step has run: its own and what is made together with it. */
  readonly puts: readonly ObjectBase[]
  /** Objects that are gone once it has run. */
  readonly removes: readonly ObjectId[]
}

/** What one migration file does and undoes. */
export interface PlanPart {
  readonly up: readonly Step[]
  readonly down: readonly Step[]
}

/** How to get from one schema to another and back. */
export interface Plan extends PlanPart {
  /**
   * The same steps in parts that are each undone alone, where some steps cannot share a transaction with others.
   * Absent: all is one part.
   */
  readonly parts?: readonly PlanPart[]
  /** What cannot be planned and why. With any, nothing may be exported. */
  readonly refusals: readonly Problem[]
  /** How its statements were seen to run on empty tables; absent: they were not run yet. */
  readonly trace?: LockTrace
}

export const emptyPlan: Plan = { up: [], down: [], refusals: [] }
