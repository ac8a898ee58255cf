/** One line of laid-out JSON. */
export interface JsonLine {
  readonly text: string
  /** Keys and indexes from the root to the value on this line. */
  readonly path: readonly (string | number)[]
  /** The JSON text of a scalar on this line; null for objects, arrays and closing lines. */
  readonly scalar: string | null
}

const token = /\s*("(?:[^"\\]|\\.)*"|[-+\w.]+|[[\]{},:])/gy
const inlineLength = 48

/** Lays JSON out line by line; numbers keep every digit. Null when the text is not JSON. */
export function jsonLines(json: string): readonly JsonLine[] | null {
  const tokens: string[] = []
  token.lastIndex = 0
  for (let end = 0; ; end = token.lastIndex) {
    const found = token.exec(json)
    if (found?.[1] === undefined) {
      if (json.slice(end).trim() !== '' || tokens.length === 0) return null
      break
    }
    tokens.push(found[1])
  }
  const reader = { tokens, at: 0 }
  const value = readValue(reader)
  if (value === null || reader.at !== tokens.length) return null
  const lines: JsonLine[] = []
  write(value, '', '', [], lines, '')
  return lines
}

/** Number of keys of an object or items of an array; null for anything else. */
export function jsonSize(json: string): string | null {
  const lines = jsonLines(json)
  const first = lines?.[0]
  if (!lines || !first) return null
  const members = lines.filter((line) => line.path.length === 1).map((line) => line.path[0])
  const count = new Set(members).size
  if (first.text.startsWith('{')) return count === 1 ? '1 key' : `${count} keys`
  if (!first.text.startsWith('[')) return null
  const items = lines.length === 1 ? inlineCount(first.text) : count
  return items === 1 ? '1 item' : `${items} items`
}

function inlineCount(text: string): number {
  return text === '[]' ? 0 : (text.match(/"(?:[^"\\]|\\.)*"|[-+\w.]+/g) ?? []).length
}

type Json = string | readonly Json[] | ReadonlyMap<string, Json>
interface Reader {
  readonly tokens: readonly string[]
  at: number
}

function readValue(reader: Reader): Json | null {
  const first = reader.tokens[reader.at]
  reader.at += 1
  if (first === undefined || /^[\]},:]$/.test(first)) return null
  if (first === '[') {
    const items: Json[] = []
    while (reader.tokens[reader.at] !== ']') {
      const item = readValue(reader)
      if (item === null) return null
      items.push(item)
      if (reader.tokens[reader.at] === ',') reader.at += 1
      else if (reader.tokens[reader.at] !== ']') return null
    }
    reader.at += 1
    return items
  }
  if (first !== '{') return first
  const members = new Map<string, Json>()
  while (reader.tokens[reader.at] !== '}') {
    const key = reader.tokens[reader.at]
    if (key === undefined || !key.startsWith('"') || reader.tokens[reader.at + 1] !== ':') return null
    reader.at += 2
    const value = readValue(reader)
    if (value === null) return null
    members.set(key, value)
    if (reader.tokens[reader.at] === ',') reader.at += 1
    else if (reader.tokens[reader.at] !== '}') return null
  }
  reader.at += 1
  return members
}

function write(
  value: Json,
  indent: string,
  lead: string,
  path: readonly (string | number)[],
  lines: JsonLine[],
  tail: string,
): void {
  if (typeof value === 'string') {
    lines.push({ text: `${indent}${lead}${value}${tail}`, path, scalar: value })
    return
  }
  const members: [string, string | number, Json][] =
    value instanceof Map
      ? [...value].map(([key, member]) => [`${key}: `, String(JSON.parse(key)), member])
      : [...value.values()].map((member, index) => ['', index, member])
  const [open, close] = value instanceof Map ? ['{', '}'] : ['[', ']']
  const flat = members.every(([, , member]) => typeof member === 'string')
  const inline = `${open}${members.map(([key, , member]) => `${key}${member}`).join(', ')}${close}`
  if (members.length === 0 || (Array.isArray(value) && flat && inline.length <= inlineLength)) {
    lines.push({ text: `${indent}${lead}${inline}${tail}`, path, scalar: null })
    return
  }
  lines.push({ text: `${indent}${lead}${open}`, path, scalar: null })
  for (const [index, [key, name, member]] of members.entries()) {
    write(member, `${indent}  `, key, [...path, name], lines, index < members.length - 1 ? ',' : '')
  }
  lines.push({ text: `${indent}${close}${tail}`, path, scalar: null })
}
