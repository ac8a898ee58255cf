import type { Problem } from '../../model/problem.ts'
import type { SourcePlace } from '../folder/source-place.ts'

/** What a Sequelize model says of its table, as Sequelize itself reads it. Plain data: it can be copied by postMessage. */
export interface ModelFacts {
  readonly name: string
  /** Where it is defined, as far as that is known. */
  readonly place: SourcePlace | null
  readonly table: ModelTable
  /** Those with a column. */
  readonly attributes: readonly AttributeFacts[]
  readonly links: readonly LinkFacts[]
  /** The table's name while it is read, in the schema `modelsSchema`. */
  readonly scratch: string
  /** What `sync()` sends for its table under that name, without foreign keys: the order of models does not matter. */
  readonly statements: readonly string[]
}

export interface ModelTable {
  /** null: the first of the search path. */
  readonly schema: string | null
  readonly name: string
}

export interface AttributeFacts {
  readonly name: string
  readonly column: string
  /** Sequelize computes a value where none is given, or PostgreSQL is left to: no DEFAULT says so. */
  readonly isFilled: boolean
  /** Only an association made it: whether it may be null was not said. */
  readonly isImplied: boolean
  /** It counts by itself. */
  readonly counts: boolean
}

/** A column that refers to another, by `references` or by an association that asks for a foreign key. */
export interface LinkFacts {
  readonly attribute: string
  readonly column: string
  readonly target: ModelTable
  readonly key: string
  /** `Order.belongsTo(Customer)`; null where only `references` says it. */
  readonly association: string | null
}

/** The models of a folder, and what could not be loaded of it. */
export interface ModelReading {
  readonly models: readonly ModelFacts[]
  readonly problems: readonly ModelProblem[]
}

export interface ModelProblem {
  readonly problem: Problem
  readonly place: SourcePlace | null
}

/** The schema in which the tables of models are made to be read. */
export const modelsSchema = 'relata_models'
