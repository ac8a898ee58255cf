import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { dollarQuote, quoteName, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import type { AlterRule } from '../kind.ts'
import { argumentTypes, splitList } from './function.arguments.ts'
import type { FunctionObject } from './function.kind.ts'

/** `FUNCTION app.total(integer)`: how other statements name it. */
export function functionTarget(object: FunctionObject, schema: Schema): string {
  const signature = object.identityArguments ?? argumentTypes(object.arguments).join(', ')
  return `${word(object)} ${qualifiedName(object, schema)}(${signature})`
}

function word(object: FunctionObject): string {
  return object.procedure ? 'PROCEDURE' : 'FUNCTION'
}

export function alterFunction(object: FunctionObject, schema: Schema, action: string): Statement {
  return statement(object, `ALTER ${functionTarget(object, schema)} ${action}`)
}

/** CREATE OR REPLACE with the new body; everything else stays, and has rules of its own. */
export const redefine: AlterRule<FunctionObject> = {
  statements: (from, to, schema) => {
    const { body, language, standardBody } = to
    return [statement(from, createFunctionSql({ ...from, body, language, standardBody }, schema, true))]
  },
}

export function createFunctionSql(object: FunctionObject, schema: Schema, replace: boolean): string {
  const create = replace ? 'CREATE OR REPLACE' : 'CREATE'
  const head = `${create} ${word(object)} ${qualifiedName(object, schema)}(${object.arguments})`
  const lines = [
    object.returns === null || object.procedure ? head : `${head} RETURNS ${object.returns}`,
    `LANGUAGE ${quoteName(object.language)}`,
  ]
  const properties = [
    object.volatility === 'volatile' ? '' : object.volatility.toUpperCase(),
    object.strict ? 'STRICT' : '',
    object.securityDefiner ? 'SECURITY DEFINER' : '',
    object.leakproof ? 'LEAKPROOF' : '',
    object.parallel === 'unsafe' ? '' : `PARALLEL ${object.parallel.toUpperCase()}`,
    object.cost === null ? '' : `COST ${object.cost}`,
    object.rows === null ? '' : `ROWS ${object.rows}`,
  ].filter((property) => property !== '')
  if (properties.length > 0) lines.push(properties.join(' '))
  for (const setting of object.settings) lines.push(`SET ${printSetting(setting)}`)
  lines.push(object.standardBody ? object.body : `AS ${dollarQuote(object.body)}`)
  return lines.join('\n')
}

/** A body that PostgreSQL parses when the function is made. No string body in plpgsql or SQL starts like this. */
export function isStandardBody(body: string): boolean {
  return /^\s*(begin\s+atomic|return)\b/i.test(body)
}

/** Parameters whose value is a list of names, each quoted by itself (GUC_LIST_QUOTE in guc_tables.c). */
const listParameters = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
  'shared_preload_libraries',
  'unix_socket_directories',
])

function printSetting(setting: string): string {
  const at = setting.indexOf('=')
  const name = setting.slice(0, at)
  const value = setting.slice(at + 1)
  const values = listParameters.has(name.toLowerCase()) ? splitList(value).map(unquote) : [value]
  return `${name.split('.').map(quoteName).join('.')} TO ${values.map(quoteText).join(', ')}`
}

function unquote(item: string): string {
  return item.startsWith('"') ? item.slice(1, -1).replaceAll('""', '"') : item
}
