import type { Drift } from '../sequelize/models/drift.ts'
import type { ObjectId } from './object.ts'
import type { Patch } from './patch.ts'

export type Severity = 'error' | 'warning' | 'info' | 'blocked'

/** A patch that cures a problem, as a person sees it. `title` is a verb with its object: "Create index". */
export interface Fix {
  readonly title: string
  readonly patch: Patch
  /** What it takes out goes from the baseline and from what is kept of the past too: it is nothing to migrate. */
  readonly inPast?: 'passwords'
  /** The SQL that the patch amounts to, for the preview. */
  readonly sql?: string
}

/** Anything wrong, from lint, import or PostgreSQL: one shape, so one renderer. */
export interface Problem {
  /** SQLSTATE for PostgreSQL's own (`42804`), a kebab-case name for ours (`blocked-by`). */
  readonly code: string
  readonly severity: Severity
  readonly source: 'PostgreSQL' | 'Blocked' | 'Lint' | 'Import' | 'Migration' | 'Models' | 'Relata'
  readonly object?: ObjectId
  /** The field of the object that the inspector marks. */
  readonly field?: string
  /** PostgreSQL's words unchanged, or our sentence. */
  readonly message: string
  readonly detail?: string
  readonly hint?: string
  /** 1-based code point offset into `sql`. */
  readonly position?: number
  /** The statement that was refused. */
  readonly sql?: string
  readonly fix?: Fix
  /** Of `Models`: what the model says, and what would be written in it instead. */
  readonly drift?: Drift
}

/** True when PostgreSQL said it, of what is drawn or of its migration: the code is an SQLSTATE (docs appendix A). */
export function saidByPostgres({ code }: Problem): boolean {
  return /^[0-9A-Z]{5}$/.test(code)
}
