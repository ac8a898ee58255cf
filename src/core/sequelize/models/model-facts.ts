import type { ReferentialAction } from '../../kinds/foreign-key/foreign-key.kind.ts'
import type { Problem } from '../../model/problem.ts'
import type { JsValue } from '../call.ts'
import type { SourcePlace } from '../folder/source-place.ts'

/** What a Sequelize model says of its table, as Sequelize itself reads it. Plain data: it can be copied by postMessage. */
export interface ModelFacts {
  readonly name: string
  /** Where it is defined, as far as that is known. */
  readonly place: SourcePlace | null
  readonly table: ModelTable
  /** What it says of its table in words; null: nothing. */
  readonly comment: string | null
  /** Whether Sequelize finds the column `first_name` for `firstName` by itself. */
  readonly underscored: boolean
  /** Those with a column. */
  readonly attributes: readonly AttributeFacts[]
  readonly links: readonly LinkFacts[]
  /** Names of indexes by their place among those of `statements`; null where Sequelize makes one up. */
  readonly indexNames: readonly (string | null)[]
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
  /** What it says in words; null: nothing. */
  readonly comment: string | null
  /** Rules that Sequelize checks before it sends a row, of those that a check of PostgreSQL can say too. */
  readonly validate: { readonly [rule: string]: JsValue }
}

/** A column that refers to another, by `references` or by an association that asks for a foreign key. */
export interface LinkFacts {
  readonly attribute: string
  readonly column: string
  readonly target: ModelTable
  readonly key: string
  /** `Order.belongsTo(Customer)`; null where only `references` says it. */
  readonly association: string | null
  /** null: a person said nothing of it, whatever Sequelize takes then. */
  readonly onDelete: ReferentialAction | null
  readonly onUpdate: ReferentialAction | null
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

export const noModels: ModelReading = { models: [], problems: [] }

/** The schema in which the tables of models are made to be read. */
export const modelsSchema = 'relata_models'
