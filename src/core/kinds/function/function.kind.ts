import type { ObjectBase } from '../../model/object.ts'

/** A function or procedure (docs CREATE FUNCTION). Its name is not unique: argument types tell overloads apart. */
export interface FunctionObject extends ObjectBase {
  readonly kind: 'function'
  readonly procedure: boolean
  /** As between the parentheses of CREATE FUNCTION, with names, modes and defaults. */
  readonly arguments: string
  /** As pg_get_function_identity_arguments prints it; null until PostgreSQL has said it. Not compared. */
  readonly identityArguments: string | null
  /** What follows RETURNS, null for a procedure or OUT parameters only. */
  readonly returns: string | null
  readonly language: string
  /** The text between the dollar quotes; for BEGIN ATOMIC bodies, from BEGIN to END. */
  readonly body: string
  /** A SQL-standard body (BEGIN ATOMIC … END or RETURN …), parsed when created, instead of a string. */
  readonly standardBody: boolean
  readonly volatility: 'volatile' | 'stable' | 'immutable'
  readonly strict: boolean
  readonly securityDefiner: boolean
  readonly leakproof: boolean
  readonly parallel: 'unsafe' | 'restricted' | 'safe'
  /** null: PostgreSQL's default (100; 1 for C and internal). */
  readonly cost: number | null
  /** Estimated rows of a set; null: the default, 1000. */
  readonly rows: number | null
  /** SET clauses as `name=value`. */
  readonly settings: readonly string[]
}

export const isFunction = (object: ObjectBase): object is FunctionObject => object.kind === 'function'
