import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import {
  commentField,
  isText,
  isTexts,
  listOfExpressions,
  nameField,
  requiredExpression,
  signatureField,
} from '../fields.ts'
import { argumentTypes } from '../function/function.arguments.ts'
import type { Kind } from '../kind.ts'
import { aggregateCatalog } from './aggregate.catalog.ts'

/** A function over many rows (docs CREATE AGGREGATE). Argument types tell it from its namesakes. */
export interface Aggregate extends ObjectBase {
  readonly kind: 'aggregate'
  /** As between the parentheses of CREATE AGGREGATE; empty for one over any row: `*`. */
  readonly arguments: string
  /** As pg_get_function_identity_arguments prints it; null until PostgreSQL has said it. Not compared. */
  readonly identityArguments: string | null
  /** The function that takes one row in, as written in SQL. */
  readonly transition: string
  readonly stateType: string
  /** The other parameters as `NAME` or `NAME = value`, in the order of the documentation. */
  readonly options: readonly string[]
}

export const isAggregate = (object: ObjectBase): object is Aggregate => object.kind === 'aggregate'

export const aggregateKind: Kind<Aggregate> = {
  name: 'aggregate',
  label: 'Aggregate',
  plural: 'Aggregates',
  icon: 'square-function',
  order: 44,
  parents: ['schema'],
  nameScope: 'kind',
  isCalled: true,
  mentionedBy: 'anything',
  fields: {
    name: nameField((object, newName, schema) => alterAggregate(object, schema, `RENAME TO ${newName}`)),
    arguments: {
      label: 'Arguments',
      editor: { type: 'text', placeholder: 'amount numeric' },
      valid: isText,
      alter: 'replace',
      sample: ['value integer', 'integer'],
      expressions: requiredExpression,
    },
    identityArguments: signatureField,
    transition: {
      label: 'Takes a row in',
      editor: { type: 'text', placeholder: 'int4pl' },
      valid: isText,
      alter: 'replace',
      sample: [],
      expressions: requiredExpression,
    },
    stateType: {
      label: 'State',
      editor: { type: 'text', placeholder: 'integer' },
      valid: isText,
      alter: 'replace',
      sample: [],
      expressions: requiredExpression,
    },
    options: {
      label: 'Parameters',
      editor: { type: 'texts', placeholder: "INITCOND = '0'" },
      valid: isTexts,
      alter: 'replace',
      sample: [[`COMBINEFUNC = int8pl`, `INITCOND = '1'`, 'PARALLEL = SAFE'], []],
      expressions: listOfExpressions,
    },
    comment: commentField(aggregateTarget),
  },
  sample: {
    id: 'aggregate',
    kind: 'aggregate',
    parent: 'schema',
    name: 'add_up',
    comment: null,
    arguments: 'integer',
    identityArguments: null,
    transition: 'int4_sum',
    stateType: 'bigint',
    options: [],
  },
  identity: (object) =>
    `${object.name}(${argumentTypes((object.identityArguments ?? object.arguments).replace(/\s*ORDER BY\s*/i, ', ')).join(',')})`,
  create: (object, schema): readonly Statement[] => {
    const parameters = [`SFUNC = ${object.transition}`, `STYPE = ${object.stateType}`, ...object.options]
    const head = `CREATE AGGREGATE ${qualifiedName(object, schema)}(${object.arguments || '*'})`
    return [statement(object, `${head} (\n  ${parameters.join(',\n  ')}\n)`)]
  },
  drop: (object, schema) => [statement(object, `DROP ${aggregateTarget(object, schema)}`)],
  move: (from, to, schema) => [
    statement(from, alterAggregate(from, schema, `SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`)),
  ],
  pinsColumns: () => true,
  catalog: aggregateCatalog,
}

/** `AGGREGATE app.add_up(integer)`: how other statements name it. */
export function aggregateTarget(object: Aggregate, schema: Schema): string {
  const signature = object.identityArguments ?? object.arguments
  return `AGGREGATE ${qualifiedName(object, schema)}(${signature || '*'})`
}

function alterAggregate(object: Aggregate, schema: Schema, action: string): string {
  return `ALTER ${aggregateTarget(object, schema)} ${action}`
}
