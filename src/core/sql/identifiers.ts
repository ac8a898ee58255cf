import { quoteName } from './quote.ts'
import { isKeyword } from './reserved-words.ts'

/** An identifier or a keyword in a piece of SQL, folded as PostgreSQL folds it. */
export interface Identifier {
  readonly name: string
  /** UTF-16 offsets into the text, of the identifier with its quotes. */
  readonly start: number
  readonly end: number
  /** What stands right before it, after a dot: `a.b` has `a` for `b`; null when unqualified. */
  readonly qualifier: string | null
  /** It stands before a dot: `a` in `a.b`. */
  readonly qualifies: boolean
  /** A parenthesis follows: a function call, or a type with modifiers. */
  readonly called: boolean
  /** Without quotes it is never a name: `ORDER` of ORDER BY, `END` of CASE. */
  readonly keyword: boolean
  /** It stands inside a string constant that is read as a name: `'app.seq'::regclass`, `nextval('seq')`. */
  readonly quotedAsText: boolean
}

const token =
  /--[^\n]*|\/\*|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'|(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|(?:[uU]&)?"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\.|\d[\w.]*|\s+|[\s\S]/y

/** Every identifier in the text, in order. Comments, numbers and string constants hold none, but see `quotedAsText`. */
export function identifiersIn(text: string): readonly Identifier[] {
  return wordsIn(text).filter(({ keyword }) => !keyword)
}

/** The same with the keywords between them. */
export function wordsIn(text: string): readonly Identifier[] {
  const found: Identifier[] = []
  let qualifier: string | null = null
  let last: { name: string } | null = null
  let lastName: string | null = null
  let position = 0
  while (position < text.length) {
    token.lastIndex = position
    const match = token.exec(text)
    const piece = match?.[0] ?? text.charAt(position)
    const start = position
    position += piece.length
    if (piece === '/*') {
      position = endOfComment(text, start)
      continue
    }
    if (match?.[1] !== undefined) {
      const end = text.indexOf(piece, position)
      position = end < 0 ? text.length : end + piece.length
      last = qualifier = null
      continue
    }
    if (piece.startsWith('--') || piece.trim() === '') continue
    if (piece === '.') {
      qualifier = last?.name ?? null
      last = null
      continue
    }
    if (isName(piece)) {
      const name = unquoteName(piece)
      const next = text.slice(position, position + 8)
      const called = /^\s*\(/.test(next)
      found.push({
        name,
        start,
        end: position,
        qualifier,
        qualifies: /^\s*\./.test(next),
        called,
        keyword: !piece.startsWith('"') && isKeyword(name, called),
        quotedAsText: false,
      })
      last = { name }
      lastName = name
      qualifier = null
      continue
    }
    if (piece.endsWith("'") && namesAnObject(text, position, lastName))
      found.push(...namesInText(piece, start))
    if (piece !== '(') lastName = null
    last = qualifier = null
  }
  return found
}

/** The text with identifiers replaced by what `rename` gives for each among all words; undefined leaves one as it is. */
export function renameIdentifiers(
  text: string,
  rename: (identifier: Identifier, words: readonly Identifier[]) => string | undefined,
): string {
  let result = ''
  let done = 0
  const words = wordsIn(text)
  for (const identifier of words) {
    if (identifier.keyword) continue
    const name = rename(identifier, words)
    if (name === undefined || name === identifier.name) continue
    const written = quoteName(name)
    result += text.slice(done, identifier.start)
    result += identifier.quotedAsText ? written.replaceAll("'", "''") : written
    done = identifier.end
  }
  return result + text.slice(done)
}

function isName(piece: string): boolean {
  return /^[A-Za-z_\u0080-\uffff]/.test(piece) ? !piece.endsWith("'") : piece.startsWith('"')
}

/** `"A""b"` → `A"b`, `Name` → `name`. Only ASCII letters fold (docs 4.1.1). */
export function unquoteName(piece: string): string {
  if (piece.startsWith('"')) return piece.slice(1, -1).replaceAll('""', '"')
  return piece.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function endOfComment(text: string, start: number): number {
  const bounds = /\/\*|\*\//g
  bounds.lastIndex = start
  let depth = 0
  for (let match = bounds.exec(text); match; match = bounds.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return bounds.lastIndex
  }
  return text.length
}

const readsNames = new Set(['nextval', 'currval', 'setval', 'to_regclass', 'pg_get_serial_sequence'])

function namesAnObject(text: string, end: number, called: string | null): boolean {
  return (called !== null && readsNames.has(called)) || /^\s*::\s*reg[a-z]+/i.test(text.slice(end, end + 24))
}

function namesInText(piece: string, start: number): readonly Identifier[] {
  const open = piece.indexOf("'") + 1
  const inner = piece.slice(open, -1)
  return wordsIn(inner).map((identifier) => ({
    ...identifier,
    keyword: false,
    start: start + open + identifier.start,
    end: start + open + identifier.end,
    quotedAsText: true,
  }))
}
