import type { Column } from '../../kinds/column/column.kind.ts'
import type { JsValue } from '../call.ts'

type CheckedColumn = Pick<Column, 'name' | 'type'>

export type Validations = { readonly [rule: string]: JsValue }

/**
 * A check of one column as Sequelize's validations, where they accept exactly what it accepts: bounds of numbers, lists
 * of constants, lengths. Null otherwise. `expression` is written as a person does or as PostgreSQL prints it.
 */
export function validationsOf(expression: string, column: CheckedColumn): Validations | null {
  if (column.type.dimensions > 0) return null
  const plain = withoutCasts(expression)
  const name = `"?${column.name.replaceAll(/[^\w]/g, '')}"?`
  const found = /\sbetween\s/i.test(plain)
    ? [between(unwrapped(plain), name, column)]
    : conditionsOf(plain).map((part) => single(part, name, column))
  if (found.some((rules) => rules === null)) return null
  return Object.assign({}, ...found)
}

/** PostgreSQL prints `a in ('x')` as `a = ANY (ARRAY['x'::text])`. */
function withoutCasts(expression: string): string {
  return expression.replaceAll(
    /::(?:"[^"]+"|[a-z_]+(?: (?:varying|precision|with(?:out)? time zone))?)(?:\(\d+(?:,\d+)?\))?(?:\[\])?/gi,
    '',
  )
}

/** The conditions that all must hold. */
function conditionsOf(text: string): readonly string[] {
  const inner = unwrapped(text)
  const parts: string[] = []
  let start = 0
  for (const { index } of inner.matchAll(/\sand\s/gi)) {
    if (depthAt(inner, index) !== 0) continue
    parts.push(inner.slice(start, index))
    start = index + ' and '.length
  }
  return start === 0 ? [inner] : [...parts, inner.slice(start)].flatMap(conditionsOf)
}

/** Without the parentheses around the whole. */
function unwrapped(text: string): string {
  const inner = text.trim()
  if (!inner.startsWith('(') || !inner.endsWith(')')) return inner
  for (let at = 1; at < inner.length - 1; at += 1) if (depthAt(inner, at) === 0) return inner
  return unwrapped(inner.slice(1, -1))
}

/** Open parentheses before this place, those in strings aside. */
function depthAt(text: string, place: number): number {
  const before = text.slice(0, place).replaceAll(/'(?:[^']|'')*'/g, '')
  return before.split('(').length - before.split(')').length
}

const isWhole = ({ type }: CheckedColumn) => /^(smallint|integer|bigint)$/.test(type.base)
const isNumber = (column: CheckedColumn) =>
  isWhole(column) || /^(numeric|real|double precision)$/.test(column.type.base)
/** Not character(n), which is compared without its padding, nor citext. */
const isText = ({ type }: CheckedColumn) => /^(text|character varying)$/.test(type.base)

function between(text: string, name: string, column: CheckedColumn): Validations | null {
  const match = new RegExp(`^\\(?${name}\\)? between \\(?(-?[\\d.]+)\\)? and \\(?(-?[\\d.]+)\\)?$`, 'i').exec(
    text.trim(),
  )
  if (!match || !isNumber(column)) return null
  return { min: Number(match[1]), max: Number(match[2]) }
}

function single(text: string, name: string, column: CheckedColumn): Validations | null {
  const bound = new RegExp(`^\\(?${name}\\)? (>=|>|<=|<) \\(?(-?[\\d.]+)\\)?$`).exec(text)
  if (bound && isNumber(column)) return boundOf(bound[1] ?? '', Number(bound[2]), column)
  const list = new RegExp(`^\\(?${name}\\)? (?:= ANY \\(+ARRAY\\[(.*)\\]\\)+|in \\((.*)\\))$`, 'i').exec(text)
  const items = list?.[1] ?? list?.[2]
  if (items !== undefined && isText(column)) return listOf(items)
  const length = new RegExp(`^(?:char_)?length\\(\\(?${name}\\)?\\) (>=|<=|<|>) (\\d+)$`, 'i').exec(text)
  if (length && isText(column)) return lengthOf(length[1] ?? '', Number(length[2]))
  return null
}

function boundOf(operator: string, limit: number, column: CheckedColumn): Validations | null {
  if (operator === '>=') return { min: limit }
  if (operator === '<=') return { max: limit }
  // Sequelize's bounds are inclusive.
  if (!isWhole(column)) return null
  return operator === '>' ? { min: limit + 1 } : { max: limit - 1 }
}

function listOf(items: string): Validations | null {
  const texts = [...items.matchAll(/'((?:[^']|'')*)'\s*(?:,|$)/g)].map(([, text = '']) =>
    text.replaceAll("''", "'"),
  )
  const isWholeList = items.replaceAll(/'(?:[^']|'')*'/g, '').replaceAll(/[\s,]/g, '') === ''
  return isWholeList && texts.length > 0 ? { isIn: [texts] } : null
}

function lengthOf(operator: string, limit: number): Validations | null {
  if (operator === '<=') return { len: [0, limit] }
  return operator === '<' ? { len: [0, limit - 1] } : null
}
