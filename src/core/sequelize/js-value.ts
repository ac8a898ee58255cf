import type { JsCode, JsValue } from './call.ts'

/** Lines of a migration are at most this long where they can be broken. */
export const lineWidth = 100

type JsRecord = { readonly [key: string]: JsValue }

/** True for JavaScript to be printed as it stands: a record with a text `code` and nothing else. */
export function isJsCode(value: JsValue): value is JsCode {
  return isRecordLike(value) && typeof value.code === 'string' && Object.keys(value).length === 1
}

function isRecordLike(value: JsValue): value is JsRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for an object literal. */
export function isRecord(value: JsValue): value is JsRecord {
  return isRecordLike(value) && !isJsCode(value)
}

function isList(value: JsValue): value is readonly JsValue[] {
  return Array.isArray(value)
}

/** `Sequelize.literal('…')`: SQL that Sequelize passes on unchanged. */
export function sqlLiteral(sql: string): JsCode {
  return { code: `Sequelize.literal(${jsString(sql)})` }
}

/** A string literal: single quotes unless double quotes need fewer escapes. */
export function jsString(text: string): string {
  const singles = text.split("'").length
  const quote = singles > text.split('"').length ? '"' : "'"
  let result = quote
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (character === quote || character === '\\') result += `\\${character}`
    else if (character === '\n') result += '\\n'
    else if (character === '\r') result += '\\r'
    else if (character === '\t') result += '\\t'
    else if (code < 0x20 || code === 0x7f || isLineSeparator(code)) result += unicodeEscape(code)
    else result += character
  }
  return result + quote
}

/** U+2028 and U+2029: line terminators of JavaScript's source text outside strings and comments. */
function isLineSeparator(code: number): boolean {
  return code === 0x2028 || code === 0x2029
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}

/** Text between backticks. A template turns CR and CRLF into LF, so CR is escaped too (ECMA-262 12.9.6). */
export function templateText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll('\r', '\\r')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

/** A property name; `__proto__` would set the prototype unless computed. */
function jsKey(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : jsString(key)
}

/** A value on as few lines as fit. `column` is where it begins, `after` what follows it on its last line. */
export function printJsValue(value: JsValue, indent: number, column: number, after: number): string {
  const flat = printFlat(value)
  const fits = column + flat.length + after <= lineWidth
  return (fits && !mustBreak(value)) || isEmpty(value) ? flat : printBroken(value, indent)
}

/** `callee(arguments)` on as few lines as fit, the last record hugging the parentheses where that is enough. */
export function printCall(callee: string, args: readonly JsValue[], indent: number): string {
  const flat = `${callee}(${args.map(printFlat).join(', ')})`
  if (indent + flat.length + 1 <= lineWidth && !args.some(mustBreak)) return flat
  const last = args.at(-1)
  const before = args.slice(0, -1)
  if (last !== undefined && canHug(last, before.at(-1)) && !before.some(mustBreak)) {
    const head = `${callee}(${before.map((value) => `${printFlat(value)}, `).join('')}`
    if (indent + head.length + 1 <= lineWidth) return `${head}${printBroken(last, indent)})`
  }
  return printArguments(
    callee,
    args.map((value) => printJsValue(value, indent + 2, indent + 2, 1)),
    indent,
  )
}

/** `callee(` with each printed argument on lines of its own. */
export function printArguments(callee: string, printed: readonly string[], indent: number): string {
  const pad = ' '.repeat(indent + 2)
  const lines = printed.map((text) => `${pad}${text},\n`)
  return `${callee}(\n${lines.join('')}${' '.repeat(indent)})`
}

/** As formatters do: not beside another argument of the same sort, which would read as two halves. */
function canHug(last: JsValue, penultimate: JsValue | undefined): boolean {
  if (isEmpty(last) || !(isRecord(last) || isList(last))) return false
  if (penultimate === undefined) return true
  return !(isRecord(last) && isRecord(penultimate)) && !(isList(last) && isList(penultimate))
}

function isEmpty(value: JsValue): boolean {
  return (isList(value) && value.length === 0) || (isRecord(value) && Object.keys(value).length === 0)
}

/** Lists of several records (or lists) are read line by line, so formatters always break them. */
function mustBreak(value: JsValue): boolean {
  if (isList(value)) {
    const several = (item: JsValue) =>
      (isRecord(item) && Object.keys(item).length > 1) || (isList(item) && item.length > 1)
    const alike = value.every(isRecord) || value.every(isList)
    return (value.length > 1 && alike && value.every(several)) || value.some(mustBreak)
  }
  return isRecord(value) && Object.values(value).some(mustBreak)
}

function printFlat(value: JsValue): string {
  if (typeof value === 'string') return jsString(value)
  if (isJsCode(value)) return value.code
  if (isList(value)) return `[${value.map(printFlat).join(', ')}]`
  if (!isRecord(value)) return String(value)
  const properties = Object.entries(value).map(([key, item]) => property(key, item, printFlat(item)))
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
}

function property(key: string, value: JsValue, printed: string): string {
  return isJsCode(value) && value.code === key ? key : `${jsKey(key)}: ${printed}`
}

function printBroken(value: JsValue, indent: number): string {
  const inner = indent + 2
  const pad = ' '.repeat(inner)
  if (isList(value)) {
    const items = value.map((item) => `${pad}${printJsValue(item, inner, inner, 1)},\n`)
    return `[\n${items.join('')}${' '.repeat(indent)}]`
  }
  if (!isRecord(value)) return brokenLiteral(printFlat(value), indent)
  const lines = Object.entries(value).map(([key, item]) => {
    const printed = printJsValue(item, inner, inner + jsKey(key).length + 2, 1)
    return `${pad}${property(key, item, printed)},\n`
  })
  return `{\n${lines.join('')}${' '.repeat(indent)}}`
}

/** `Sequelize.literal('…')` with its text on a line of its own. */
function brokenLiteral(code: string, indent: number): string {
  const call = /^(Sequelize\.literal)\((.*)\)$/.exec(code)
  return call ? printArguments(call[1] ?? '', [call[2] ?? ''], indent) : code
}
