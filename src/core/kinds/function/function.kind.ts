import type { ObjectBase } from '../../model/object.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import {
  commentField,
  isFlag,
  isNumberOrNull,
  isOneOf,
  isText,
  isTextOrNull,
  isTexts,
  nameField,
  oneExpression,
  requiredExpression,
  signatureField,
} from '../fields.ts'
import type { Field, Kind } from '../kind.ts'
import { argumentTypes } from './function.arguments.ts'
import { functionCatalog } from './function.catalog.ts'
import { alterFunction, createFunctionSql, functionTarget, isStandardBody, redefine } from './function.ddl.ts'

/** A function or procedure (docs CREATE FUNCTION). Its name is not unique: argument types tell overloads apart. */
export interface FunctionObject extends ObjectBase {
  readonly kind: 'function'
  readonly procedure: boolean
  /** As between the parentheses of CREATE FUNCTION, with names, modes and defaults. */
  readonly arguments: string
  /** As pg_get_function_identity_arguments prints it; null until PostgreSQL has said it. Not compared. */
  readonly identityArguments: string | null
  /** What follows RETURNS, null for a procedure or OUT parameters only. */
  readonly returns: string | null
  readonly language: string
  /** The text between the dollar quotes; for BEGIN ATOMIC bodies, from BEGIN to END. */
  readonly body: string
  /** A SQL-standard body (BEGIN ATOMIC … END or RETURN …), parsed when created, instead of a string. */
  readonly standardBody: boolean
  readonly volatility: 'volatile' | 'stable' | 'immutable'
  readonly strict: boolean
  readonly securityDefiner: boolean
  readonly leakproof: boolean
  readonly parallel: 'unsafe' | 'restricted' | 'safe'
  /** null: PostgreSQL's default (100; 1 for C and internal). */
  readonly cost: number | null
  /** Estimated rows of a set; null: the default, 1000. */
  readonly rows: number | null
  /** SET clauses as `name=value`. */
  readonly settings: readonly string[]
}

export const isFunction = (object: ObjectBase): object is FunctionObject => object.kind === 'function'

function flagField(
  label: string,
  on: string,
  off: string,
  read: (object: FunctionObject) => boolean,
): Field<FunctionObject, boolean> {
  return {
    label,
    editor: { type: 'boolean' },
    valid: isFlag,
    alter: { statements: (from, to, schema) => [alterFunction(from, schema, read(to) ? on : off)] },
    sample: [true, false],
  }
}

function wordField<const V extends string>(
  label: string,
  words: readonly V[],
  action: (object: FunctionObject) => string,
): Field<FunctionObject, V> {
  return {
    label,
    editor: { type: 'choice', options: words.map((value) => ({ value, label: value })) },
    valid: isOneOf(words),
    alter: { statements: (from, to, schema) => [alterFunction(from, schema, action(to))] },
    sample: words.toReversed(),
  }
}

export const functionKind: Kind<FunctionObject> = {
  name: 'function',
  label: 'Function',
  plural: 'Functions',
  icon: 'square-function',
  order: 40,
  parents: ['schema'],
  mentionedBy: 'anything',
  isCalled: true,
  nameScope: 'kind',
  fields: {
    name: nameField(
      (object, newName, schema) => `ALTER ${functionTarget(object, schema)} RENAME TO ${newName}`,
    ),
    procedure: {
      label: 'Procedure',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: 'replace',
      sample: [],
    },
    arguments: {
      label: 'Arguments',
      editor: { type: 'text', placeholder: 'amount numeric, at date DEFAULT now()' },
      valid: isText,
      alter: 'replace',
      sample: ['a integer, b text', "a integer DEFAULT 1, VARIADIC more text[] DEFAULT '{}'::text[]", ''],
      expressions: requiredExpression,
    },
    identityArguments: signatureField,
    returns: {
      label: 'Returns',
      editor: { type: 'text', placeholder: 'trigger' },
      valid: isTextOrNull,
      alter: 'replace',
      sample: ['SETOF bigint', 'SETOF integer'],
      expressions: oneExpression,
    },
    language: {
      label: 'Language',
      editor: { type: 'text', placeholder: 'plpgsql' },
      valid: isText,
      alter: redefine,
      sample: [],
    },
    standardBody: {
      label: 'SQL-standard body',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: redefine,
      sample: [],
    },
    body: {
      label: 'Body',
      editor: { type: 'code', language: 'plpgsql' },
      valid: isText,
      alter: redefine,
      sample: ['BEGIN RETURN NEXT 2; END', "\nBEGIN\n  RETURN NEXT length('$$ it''s $body$');\nEND\n"],
      expressions: { map: (body, change) => (isStandardBody(body) ? change(body) : body) },
    },
    volatility: wordField('Volatility', ['volatile', 'stable', 'immutable'], (object) =>
      object.volatility.toUpperCase(),
    ),
    strict: flagField('Null on null input', 'STRICT', 'CALLED ON NULL INPUT', (object) => object.strict),
    securityDefiner: flagField(
      'Runs as its owner',
      'SECURITY DEFINER',
      'SECURITY INVOKER',
      (object) => object.securityDefiner,
    ),
    leakproof: flagField('Leakproof', 'LEAKPROOF', 'NOT LEAKPROOF', (object) => object.leakproof),
    parallel: wordField(
      'Parallel',
      ['unsafe', 'restricted', 'safe'],
      (object) => `PARALLEL ${object.parallel.toUpperCase()}`,
    ),
    cost: {
      label: 'Cost',
      editor: { type: 'number' },
      valid: isNumberOrNull,
      alter: {
        statements: (from, to, schema) => [
          alterFunction(from, schema, `COST ${to.cost ?? usualCost(to.language)}`),
        ],
      },
      sample: [5, 0.5, null],
    },
    rows: {
      label: 'Rows',
      editor: { type: 'number' },
      valid: isNumberOrNull,
      alter: { statements: (from, to, schema) => [alterFunction(from, schema, `ROWS ${to.rows ?? 1000}`)] },
      sample: [10, null],
    },
    settings: {
      label: 'Settings',
      editor: { type: 'texts', placeholder: 'search_path=public' },
      valid: isTexts,
      alter: {
        statements: (from, to, schema) => [
          statement(from, createFunctionSql({ ...from, settings: to.settings }, schema, true)),
        ],
      },
      sample: [
        ['search_path="$user", public, "Odd, name"'],
        ['work_mem=8MB', "app.note=it's", 'search_path=""'],
        [],
      ],
    },
    comment: commentField(functionTarget),
  },
  sample: {
    id: 'function',
    kind: 'function',
    parent: 'schema',
    name: 'numbers',
    comment: null,
    procedure: false,
    arguments: "a integer, b text DEFAULT 'x'::text",
    identityArguments: null,
    returns: 'SETOF integer',
    language: 'plpgsql',
    body: 'BEGIN RETURN NEXT 1; END',
    standardBody: false,
    volatility: 'volatile',
    strict: false,
    securityDefiner: false,
    leakproof: false,
    parallel: 'unsafe',
    cost: null,
    rows: null,
    settings: [],
  },
  identity: (object) =>
    `${object.name}(${argumentTypes(object.identityArguments ?? object.arguments).join(',')})`,
  create: (object, schema) => [statement(object, createFunctionSql(object, schema, false))],
  drop: (object, schema) => [statement(object, `DROP ${functionTarget(object, schema)}`)],
  move: (from, to, schema) => [
    statement(from, `ALTER ${functionTarget(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`),
  ],
  // What it is written over in its arguments, results or a parsed body is fixed when it is made.
  pinsColumns: () => true,
  mentions: checkedNames,
  catalog: functionCatalog,
}

/** What PostgreSQL looks up when it makes the function: all of a body in SQL, the declared types of one in PL/pgSQL. */
function checkedNames(object: FunctionObject): string | null {
  if (object.standardBody) return null
  if (object.language === 'sql') return object.body
  const declarations = object.body.match(/\bdeclare\b[\s\S]*?\bbegin\b/gi)
  return object.language === 'plpgsql' && declarations ? declarations.join(' ') : null
}

function usualCost(language: string): number {
  return language === 'internal' || language === 'c' ? 1 : 100
}
