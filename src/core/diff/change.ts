import type { ObjectBase, ObjectId } from '../model/object.ts'

/** One difference between two schemas. */
export type Change =
  | { readonly type: 'added'; readonly id: ObjectId; readonly to: ObjectBase }
  | { readonly type: 'removed'; readonly id: ObjectId; readonly from: ObjectBase }
  | {
      readonly type: 'changed'
      readonly id: ObjectId
      readonly from: ObjectBase
      readonly to: ObjectBase
      /** Names of the fields that differ; `parent` when it moved. */
      readonly fields: readonly string[]
    }
