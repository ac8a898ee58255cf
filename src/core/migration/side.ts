import type { SchemaDocument } from '../model/document.ts'

/** One end of a plan. Without `canonical`, expressions are compared as they were written. */
export interface Side {
  readonly written: SchemaDocument
  /** The same objects as PostgreSQL prints them. */
  readonly canonical?: SchemaDocument
}
