import type { ObjectBase, ObjectId } from '../../model/object.ts'

/** Something PostgreSQL holds that no kind models yet, carried as the statement that made it. */
export interface Raw extends ObjectBase {
  readonly kind: 'raw'
  /** One statement, verbatim. */
  readonly sql: string
  /** PostgreSQL's words for it: "domain", "policy", "GRANT", "ALTER TABLE". */
  readonly objectType: string
  /** DROP statement, null where the effect cannot be undone by one (GRANT): such a change is refused. */
  readonly dropSql: string | null
  /** Its place among all raw statements, counted from 1. */
  readonly ordinal: number
  /** Objects that its statement names, found at import. */
  readonly uses: readonly ObjectId[]
}

export const isRaw = (object: ObjectBase): object is Raw => object.kind === 'raw'
