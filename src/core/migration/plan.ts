import type { OnlineQuestion, Phase } from '../kinds/online.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import type { SequelizeCall } from '../sequelize/call.ts'
import type { Statement } from '../sql/statement.ts'
import type { Batches } from './fill.ts'
import type { LockTrace } from './lock-trace.ts'
import type { StepHazard } from './step-hazards.ts'

/** One unit of a migration: what it does to one object (and to what is made together with it). */
export interface Step {
  /** `hand over`: its successor takes over what it holds, then it is dropped. */
  readonly action: 'create' | 'drop' | 'rename' | 'move' | 'alter' | 'fill' | 'hand over' | 'become'
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
  /** For `fill`: what its statement does batch by batch. */
  readonly batches?: Batches
  /** The place of its part among those of a zero-downtime plan: steps of different parts share no transaction. */
  readonly part?: number
}

/** What one migration file does and undoes. */
export interface PlanPart {
  readonly up: readonly Step[]
  readonly down: readonly Step[]
  /** Of a zero-downtime plan. */
  readonly phase?: Phase
}

/** One difference and how a zero-downtime plan makes it, for a panel where a person may decide otherwise. */
export interface PlannedChange {
  readonly id: ObjectId
  /** "Add column posts.status" */
  readonly title: string
  /** `plain`: its ordinary statement stops nobody; `safe`: in stages; `simple`: at once, by choice; `asks`: undecided. */
  readonly way: 'plain' | 'safe' | 'simple' | 'asks'
  readonly question?: OnlineQuestion
  /** An expression for rows that lack a value would be used. */
  readonly fills?: boolean
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
  /** Where another way is taken than on the newest server, as sentences. */
  readonly notes?: readonly string[]
  /** What must be deployed before a phase of a zero-downtime plan, as sentences. */
  readonly gates?: { readonly [P in Phase]?: readonly string[] }
  /** Of a zero-downtime plan, also of one that is refused because a person must decide. */
  readonly changes?: readonly PlannedChange[]
  /** How its statements were seen to run on empty tables; absent: they were not run yet. */
  readonly trace?: LockTrace
}

export const emptyPlan: Plan = { up: [], down: [], refusals: [] }
