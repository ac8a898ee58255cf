import type { JsCode, JsValue } from './call.ts'
import { type CodeStyle, padding, paddingWidth, usualCode } from './code-style.ts'

/** Lines of a migration are at most this long where they can be broken. */
export const lineWidth = 100

type JsRecord = { readonly [key: string]: JsValue }

/** True for JavaScript to be printed as it stands: a record with a text `code`, its arguments and nothing else. */
export function isJsCode(value: JsValue): value is JsCode {
  if (!isRecordLike(value) || typeof value.code !== 'string') return false
  const { code: _code, args, ...rest } = value
  return Object.keys(rest).length === 0 && (args === undefined || isList(args))
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
  return { code: 'Sequelize.literal', args: [sql] }
}

/** A string literal in the style's quotes, unless the others need fewer escapes. */
export function jsString(text: string, { quotes }: Pick<CodeStyle, 'quotes'> = usualCode): string {
  const [usual, other] = quotes === 'single' ? (["'", '"'] as const) : (['"', "'"] as const)
  const quote = text.split(usual).length > text.split(other).length ? other : usual
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
export function jsKey(key: string, style: CodeStyle = usualCode): string {
  if (key === '__proto__') return `[${jsString(key, style)}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : jsString(key, style)
}

/**
 * A value on as few lines as fit. `column` is where it begins, `after` what follows it on its last line; `indent`, as
 * everywhere here, is that of its line at two columns a level, of which the style makes its own.
 */
export function printJsValue(
  value: JsValue,
  indent: number,
  column: number,
  after: number,
  style = usualCode,
): string {
  const flat = printFlat(value, style)
  const fits = column + flat.length + after <= lineWidth
  return (fits && !mustBreak(value)) || isEmpty(value) ? flat : printBroken(value, indent, style)
}

/** `callee(arguments)` on as few lines as fit, the last record hugging the parentheses where that is enough. */
export function printCall(
  callee: string,
  args: readonly JsValue[],
  indent: number,
  style = usualCode,
): string {
  const start = paddingWidth(indent, style)
  const flat = `${callee}(${args.map((value) => printFlat(value, style)).join(', ')})`
  if (start + flat.length + 1 <= lineWidth && !args.some(mustBreak)) return flat
  const last = args.at(-1)
  const before = args.slice(0, -1)
  if (last !== undefined && canHug(last, before.at(-1)) && !before.some(mustBreak)) {
    const head = `${callee}(${before.map((value) => `${printFlat(value, style)}, `).join('')}`
    if (start + head.length + 1 <= lineWidth) return `${head}${printBroken(last, indent, style)})`
  }
  const printed = args.map((value) => printItem(value, indent + 2, style))
  return printArguments(callee, printed, indent, style)
}

/** `callee(` with each printed argument on lines of its own. */
export function printArguments(
  callee: string,
  printed: readonly string[],
  indent: number,
  style = usualCode,
): string {
  const pad = padding(indent + 2, style)
  const lines = printed.map((text) => `${pad}${text},\n`)
  return `${callee}(\n${lines.join('')}${padding(indent, style)})`
}

/** A value that begins its line. */
function printItem(value: JsValue, indent: number, style: CodeStyle): string {
  return printJsValue(value, indent, paddingWidth(indent, style), 1, style)
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

function printFlat(value: JsValue, style: CodeStyle): string {
  if (typeof value === 'string') return jsString(value, style)
  if (isJsCode(value)) return printCode(value, style)
  if (isList(value)) return `[${value.map((item) => printFlat(item, style)).join(', ')}]`
  if (!isRecord(value)) return String(value)
  const properties = Object.entries(value).map(([key, item]) =>
    property(key, item, printFlat(item, style), style),
  )
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
}

function printCode({ code, args }: JsCode, style: CodeStyle): string {
  const callee = codeIn(code, style)
  return args ? `${callee}(${args.map((text) => jsString(text, style)).join(', ')})` : callee
}

/** Data types are members of Sequelize and of DataTypes; Deferrable stands alone where the types have Sequelize without it. */
function codeIn(code: string, { library }: CodeStyle): string {
  if (library === 'Sequelize') return code
  const types = code.replace(/\bSequelize\.(?=[A-Z][A-Z\d]+\b)/g, `${library}.`)
  return types.replace(/\bSequelize\.(?=Deferrable\.)/g, '')
}

function property(key: string, value: JsValue, printed: string, style: CodeStyle): string {
  return isJsCode(value) && value.code === key && !value.args ? key : `${jsKey(key, style)}: ${printed}`
}

function printBroken(value: JsValue, indent: number, style: CodeStyle): string {
  const inner = indent + 2
  const pad = padding(inner, style)
  const end = padding(indent, style)
  if (isList(value)) {
    const items = value.map((item) => `${pad}${printItem(item, inner, style)},\n`)
    return `[\n${items.join('')}${end}]`
  }
  if (isJsCode(value) && value.args) {
    const args = value.args.map((text) => jsString(text, style))
    return printArguments(codeIn(value.code, style), args, indent, style)
  }
  if (!isRecord(value)) return printFlat(value, style)
  const lines = Object.entries(value).map(([key, item]) => {
    const column = paddingWidth(inner, style) + jsKey(key, style).length + 2
    const printed = printJsValue(item, inner, column, 1, style)
    return `${pad}${property(key, item, printed, style)},\n`
  })
  return `{\n${lines.join('')}${end}}`
}
