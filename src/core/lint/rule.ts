import type { ParsedStatement } from '../sql/split.ts'

/** One statement of a migration, parsed. */
export interface LintedStatement extends ParsedStatement {
  readonly sql: string
  /** Statements of one number share a transaction; null: it runs in none. */
  readonly transaction: number | null
}

/** What a rule may look at beside the statement. */
export interface LintContext {
  /** The statements before it, in order. */
  readonly before: readonly LintedStatement[]
  /** Those of them in its transaction. */
  readonly inTransaction: readonly LintedStatement[]
  /** False for a table that the same migration creates: nobody else uses it yet. */
  isInUse(relation: string | null): boolean
}

/** One thing that a statement of a migration should not do to a database in use. */
export interface StatementRule {
  /** In kebab case, as a person writes it to leave the rule out. */
  readonly code: string
  /** Why, as a sentence. */
  readonly message: string
  /** What to do instead. */
  readonly fix: string
  /** True where running code breaks rather than waits, which after a deploy is no fault. */
  readonly breaksCode?: boolean
  applies(statement: LintedStatement, context: LintContext): boolean
  /** Migrations that it finds fault with, and ones that it does not: its test. */
  readonly examples: { readonly bad: readonly string[]; readonly good: readonly string[] }
}
