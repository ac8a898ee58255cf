import type { ObjectId } from '../model/object.ts'
import type { OrderNode } from './order.ts'

/** One action of a plan, to be rendered at its place. */
export interface Action extends OrderNode {
  readonly type: 'create' | 'drop' | 'rename' | 'move' | 'alter' | 'defer'
  readonly id: ObjectId
  /** Created or dropped together with `id`, without a statement of their own. */
  readonly members: Set<ObjectId>
  rank: readonly number[]
}
