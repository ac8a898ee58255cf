import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'

/** What takes the statements that do not stop others. */
export interface OnlineRendering {
  /** True for what lives in something that is in use. */
  isInUse(object: ObjectBase, schema: Schema): boolean
  /** By key, the finished index that it takes over. */
  readonly adopts: ReadonlyMap<ObjectId, ObjectId>
  /** What others become outside of transactions. */
  readonly apart: ReadonlySet<ObjectId>
  /** True: all in one transaction, whatever it stops. */
  readonly isPlain?: boolean
}
