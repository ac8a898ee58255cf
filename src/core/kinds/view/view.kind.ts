import type { ObjectBase } from '../../model/object.ts'

/** A view (docs CREATE VIEW). */
export interface View extends ObjectBase {
  readonly kind: 'view'
  /** The SELECT, without a final semicolon. */
  readonly query: string
  /** `name type` of each output column as PostgreSQL gave it; empty until it has. Not compared. */
  readonly columns: readonly string[]
  readonly checkOption: 'local' | 'cascaded' | null
  readonly securityInvoker: boolean
  readonly securityBarrier: boolean
}

export const isView = (object: ObjectBase): object is View => object.kind === 'view'
