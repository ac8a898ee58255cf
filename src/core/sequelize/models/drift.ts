import type { Column } from '../../kinds/column/column.kind.ts'
import type { Index } from '../../kinds/index/index.kind.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Severity } from '../../model/problem.ts'
import type { SourcePlace } from '../folder/source-place.ts'

/** One difference between a Sequelize model and the schema. Plain data: it can be copied by postMessage. */
export interface Drift {
  readonly code: DriftCode
  readonly severity: Severity
  /** Null for a table without a model. */
  readonly model: string | null
  readonly place: SourcePlace | null
  /** The object of the schema that it is about. */
  readonly object?: ObjectId
  readonly field?: string
  readonly message: string
  readonly detail?: string
  /** What makes the schema what the model says; null where a person has to decide. */
  readonly cure: Cure | null
  /** What makes the model say what the schema is: code to write in it; null where nothing is to be written. */
  readonly text: string | null
}

export type DriftCode =
  | 'model-refused'
  | 'model-without-table'
  | 'table-without-model'
  | 'attribute-without-column'
  | 'column-without-attribute'
  | 'attribute-type'
  | 'attribute-labels'
  | 'attribute-nullability'
  | 'attribute-default'
  | 'attribute-counting'
  | 'model-key'
  | 'model-unique'
  | 'model-index'
  | 'table-indexes'
  | 'index-name'
  | 'association-without-foreign-key'
  | 'foreign-key-without-association'
  | 'foreign-key-action'
  | 'attribute-validation'
  | 'model-comment'

/** A column as a model has it. */
export type ModelColumn = Pick<Column, 'name' | 'type' | 'notNull' | 'default' | 'identity'> & {
  /** The labels of an enum of its own, which the schema lacks. */
  readonly labels: readonly string[] | null
}

/** An edit of the schema. Ids are those of the document. */
export type Cure =
  | {
      readonly type: 'add-table'
      readonly schema: string | null
      readonly name: string
      readonly columns: readonly ModelColumn[]
      readonly key: readonly string[]
    }
  | { readonly type: 'add-column'; readonly table: ObjectId; readonly column: ModelColumn }
  | { readonly type: 'set-type'; readonly column: ObjectId; readonly to: ModelColumn }
  | {
      readonly type: 'set-field'
      readonly object: ObjectId
      readonly field:
        | 'notNull'
        | 'default'
        | 'labels'
        | 'identity'
        | 'name'
        | 'comment'
        | 'onDelete'
        | 'onUpdate'
      readonly value: boolean | string | null | readonly string[] | Column['identity']
    }
  | { readonly type: 'set-key'; readonly table: ObjectId; readonly columns: readonly ObjectId[] }
  | { readonly type: 'add-unique'; readonly table: ObjectId; readonly columns: readonly ObjectId[] }
  | {
      readonly type: 'add-index'
      readonly table: ObjectId
      readonly index: Pick<Index, 'method' | 'keys' | 'where'>
      readonly isUnique: boolean
    }
  | {
      readonly type: 'add-foreign-key'
      readonly table: ObjectId
      readonly column: ObjectId
      readonly referencedTable: ObjectId
      readonly referencedColumn: ObjectId
    }
