import type { JsValue, SequelizeCall } from './call.ts'
import { isJsCode } from './js-value.ts'

/**
 * True when Sequelize 6 sends every name in the call as it is. It drops double quotes inside names (removeTicks),
 * splits some at dots (quoteIdentifiers), leaves `*` bare, and keeps columns as keys of a JavaScript object, which
 * reorders those that look like numbers.
 */
export function isFaithful(call: SequelizeCall): boolean {
  switch (call.method) {
    case 'query':
      return true
    case 'createTable':
      return plainTarget(call.args[0]) && plainAttributes(call.args[1])
    case 'addColumn':
      return plainTarget(call.args[0]) && plainName(call.args[1])
    case 'removeIndex':
      return plainTarget(call.args[0]) && plainIndexPath(call.args[0], call.args[1])
    default:
      return call.args.every(plainNames) && plainOptions(call.options)
  }
}

/** Options whose text is SQL that is passed on, not a name. */
const sqlOptions = new Set(['type', 'onDelete', 'onUpdate', 'using', 'order', 'operator', 'deferrable'])

function plainOptions(options: SequelizeCall['options']): boolean {
  return Object.entries(options ?? {}).every(([name, value]) => sqlOptions.has(name) || plainNames(value))
}

function plainName(value: JsValue | undefined): boolean {
  return typeof value === 'string' && !/[".]|^\*?$|^__proto__$/.test(value)
}

/** Every text in the value is a plain name. */
function plainNames(value: JsValue): boolean {
  if (typeof value === 'string') return plainName(value)
  if (typeof value !== 'object' || value === null || isJsCode(value)) return true
  if (Array.isArray(value)) return value.every(plainNames)
  return Object.entries(value).every(([name, item]) => sqlOptions.has(name) || plainNames(item))
}

function plainTarget(target: JsValue | undefined): boolean {
  return target !== undefined && plainNames(target)
}

function plainAttributes(attributes: JsValue | undefined): boolean {
  if (typeof attributes !== 'object' || attributes === null) return false
  return Object.keys(attributes).every((name) => plainName(name) && !/^\d+$/.test(name))
}

/** `schema.index` is how removeIndex reaches another schema; the dot must be the only one. */
function plainIndexPath(target: JsValue | undefined, path: JsValue | undefined): boolean {
  if (typeof path !== 'string') return false
  const schema = typeof target === 'object' && target !== null && 'schema' in target ? target.schema : null
  const name =
    typeof schema === 'string' && path.startsWith(`${schema}.`) ? path.slice(schema.length + 1) : path
  return plainName(name) && (name !== path || schema === null)
}
