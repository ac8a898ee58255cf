import type { Column } from '../../kinds/column/column.kind.ts'
import type { Table } from '../../kinds/table/table.kind.ts'
import type { JsValue } from '../call.ts'

/** A table as a Sequelize model. */
export interface Model {
  /** `Account`, a JavaScript identifier. */
  readonly name: string
  /** Without an ending: `account`, `audit-log`. */
  readonly fileName: string
  readonly table: Table
  readonly attributes: readonly Attribute[]
  readonly options: { readonly [option: string]: JsValue }
  readonly associations: readonly Association[]
  /** Sequelize adds an `id` to what has no primary key. */
  readonly hasKey: boolean
  /** What a model cannot say, as sentences. */
  readonly notes: readonly string[]
}

export interface Attribute {
  readonly name: string
  readonly column: Column
  /** As `define` and `init` take it. */
  readonly definition: { readonly [property: string]: JsValue }
  /** Its type in TypeScript, without null. */
  readonly tsType: string
  readonly isNullable: boolean
  /** True where a new row may leave it out. */
  readonly isOptional: boolean
  /** True when PostgreSQL computes it, so that nobody sets it. */
  readonly isComputed: boolean
}

/** One association, on the model that has it. */
export interface Association {
  readonly type: 'belongsTo' | 'hasOne' | 'hasMany' | 'belongsToMany'
  /** The name of the other model. */
  readonly target: string
  readonly as: string
  /** Attribute names. Of `belongsTo` on this model, of `hasOne` and `hasMany` on the other, of `belongsToMany` between. */
  readonly foreignKey: string
  readonly otherKey?: string
  /** The model between. */
  readonly through?: string
  /** The attribute referred to where it is not the primary key: `targetKey` of belongsTo, `sourceKey` of the others. */
  readonly referredKey?: string
}
