import type { EngineResult, RawResult } from './engine.ts'

type Parse = (text: string) => unknown

const asNumber: Parse = Number
const asFlag: Parse = (text) => text === 't'
const asJson: Parse = (text) => JSON.parse(text)
const asText: Parse = (text) => text

/** Scalar types by oid (pg_type.dat) that are not left as text. */
const scalars: Readonly<Record<number, Parse>> = {
  16: asFlag,
  21: asNumber,
  23: asNumber,
  26: asNumber,
  114: asJson,
  700: asNumber,
  701: asNumber,
  3802: asJson,
}

/** Array types by oid: how their elements are read. */
const arrays: Readonly<Record<number, Parse>> = {
  199: asJson,
  1000: asFlag,
  1002: asText,
  1003: asText,
  1005: asNumber,
  1007: asNumber,
  1009: asText,
  1015: asText,
  1016: asText,
  1021: asNumber,
  1022: asNumber,
  1028: asNumber,
  3807: asJson,
}

/** A value in PostgreSQL's text form as data; types without a safe counterpart stay text. */
function parseValue(text: string | null, typeOid: number): unknown {
  if (text === null) return null
  const element = arrays[typeOid]
  return element ? parseArray(text, element) : (scalars[typeOid] ?? asText)(text)
}

/** An array literal (docs 8.15.6), with bounds or without. */
function parseArray(text: string, element: Parse): readonly unknown[] {
  let at = text.indexOf('{')
  const read = (): unknown[] => {
    const items: unknown[] = []
    at += 1
    while (text[at] !== '}' && at < text.length) {
      if (text[at] === ',') at += 1
      else if (text[at] === '{') items.push(read())
      else if (text[at] === '"') items.push(element(quoted()))
      else items.push(bare())
    }
    at += 1
    return items
  }
  const quoted = (): string => {
    let value = ''
    for (at += 1; text[at] !== '"'; at += 1) {
      if (text[at] === '\\') at += 1
      value += text[at] ?? ''
    }
    at += 1
    return value
  }
  const bare = (): unknown => {
    const start = at
    while (text[at] !== ',' && text[at] !== '}') at += 1
    const value = text.slice(start, at)
    return value === 'NULL' ? null : element(value)
  }
  return read()
}

/** A parameter in PostgreSQL's text form; objects become json. */
export function printValue(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Uint8Array) {
    return '\\x'.concat(...Array.from(value, (byte) => byte.toString(16).padStart(2, '0')))
  }
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.map(printElement).join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function printElement(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(printElement).join(',')}}`
  const text = printValue(value)
  return text === null ? 'NULL' : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** The result of a text's last statement, its values parsed. */
export function lastResult(results: readonly RawResult[]): EngineResult {
  const { command = '', fields, rows = [] } = results.at(-1) ?? {}
  return {
    command,
    rows: rows.map((row) =>
      Object.fromEntries(
        (fields ?? []).map((field, index) => [field.name, parseValue(row[index] ?? null, field.typeOid)]),
      ),
    ),
    affected: Number(/\d+$/.exec(command)?.[0] ?? 0),
  }
}
