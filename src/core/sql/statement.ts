import type { ObjectId } from '../model/object.ts'

/** One SQL statement, without a final semicolon, and the object that it belongs to. */
export interface Statement {
  readonly sql: string
  readonly owner: ObjectId
  /** False for what PostgreSQL refuses inside a transaction block (25001). Absent means true. */
  readonly transactional?: boolean
}

export function statement(owner: { readonly id: ObjectId }, sql: string): Statement {
  return { sql, owner: owner.id }
}
