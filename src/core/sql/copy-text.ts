import { quoteName, quoteText } from './quote.ts'
import type { SqlNode } from './split.ts'

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The rows of `COPY … FROM stdin` in text format (PostgreSQL's manual, COPY, "Text Format"); null is NULL. */
export function copyRows(data: string): readonly (readonly (string | null)[])[] {
  const lines = data.replace(/\r?\n$/, '').split(/\r?\n/)
  if (data === '') return []
  return lines.map((line) => line.split('\t').map((field) => (field === '\\N' ? null : unescaped(field))))
}

function unescaped(field: string): string {
  if (!field.includes('\\')) return field
  return field.replace(/\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi, (_all, hex, octal, sign) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    return escapes[String(sign)] ?? String(sign)
  })
}

/** Rows in one INSERT. */
const stride = 500

/** The data of a COPY as INSERTs; null where it is not in text format. `node` is the statement's CopyStmt. */
export function insertsOfCopy(node: SqlNode, data: string): readonly string[] | null {
  const relation = Object(node.relation)
  if (node.options !== undefined || typeof relation.relname !== 'string') return null
  const schema = typeof relation.schemaname === 'string' ? `${quoteName(relation.schemaname)}.` : ''
  const columns = Array.isArray(node.attlist)
    ? ` (${node.attlist.map((column) => quoteName(String(column.String.sval))).join(', ')})`
    : ''
  const rows = copyRows(data)
  const head = `INSERT INTO ${schema}${quoteName(relation.relname)}${columns} OVERRIDING SYSTEM VALUE VALUES`
  return Array.from({ length: Math.ceil(rows.length / stride) }, (_none, at) => {
    const values = rows.slice(at * stride, (at + 1) * stride).map((row) => `(${row.map(literal).join(', ')})`)
    return `${head}\n${values.join(',\n')}`
  })
}

function literal(value: string | null): string {
  return value === null ? 'NULL' : quoteText(value)
}
