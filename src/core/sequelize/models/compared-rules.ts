import type { JsValue } from '../call.ts'
import type { Validations } from './validations.ts'

const comparable = new Set(['min', 'max', 'len', 'isIn'])

/** Of what a model validates, the rules that `validationsOf` can give, in its form: a message beside them is left out. */
export function comparedRules(validate: unknown): Validations {
  if (typeof validate !== 'object' || validate === null) return {}
  const rules: [string, JsValue][] = []
  for (const [rule, said] of Object.entries(validate)) {
    if (!comparable.has(rule)) continue
    const wanted: unknown =
      typeof said === 'object' && said !== null && 'args' in said ? Reflect.get(said, 'args') : said
    const single = Array.isArray(wanted) && (rule === 'min' || rule === 'max') ? wanted[0] : wanted
    if (isPlain(single)) rules.push([rule, single])
  }
  return Object.fromEntries(rules)
}

function isPlain(value: unknown): value is JsValue {
  return Array.isArray(value) ? value.every(isPlain) : typeof value === 'number' || typeof value === 'string'
}
