import { Scanner } from './scanner.ts'

/** A piece of a source text, found without understanding it. Offsets are UTF-16. */
export interface Chunk {
  readonly type: 'statement' | 'meta-command' | 'copy-data'
  readonly start: number
  /** Behind its last character; the semicolon is not part of it. */
  readonly end: number
  /** 1-based. */
  readonly line: number
  /** A semicolon that did not end the statement, in parentheses or a BEGIN ATOMIC body. */
  readonly innerSemicolon: boolean
  /** Rows of COPY data. */
  readonly rows: number
}

export interface SplitOptions {
  /** Every semicolon outside quotes and comments ends a statement: for text with a missing parenthesis or END. */
  readonly flat?: boolean
}

/** Each search for an end reads the rest of the text: after so many in vain, the rest is one broken statement. */
const mostUnclosed = 100

const isRoutine = /^create\s+(or\s+replace\s+)?(function|procedure)\b/i
const isCopyFromStdin = /^copy\b[\s\S]*\bfrom\s+stdin\b/i

/** Cuts a text as psql does (its psqlscan.l), and recovers from quotes that never close. */
export function chunksOf(source: string, options: SplitOptions = {}): Chunk[] {
  const chunks: Chunk[] = []
  const lines = new LineCounter(source)
  let offset = 0
  let unclosed = 0
  let hasCopyData = true
  while (offset < source.length) {
    const found = nextChunk(source, offset, options.flat ?? false)
    if (found.isUnclosed) unclosed += 1
    if (unclosed > mostUnclosed) found.end = found.next = source.length
    if (found.end > found.start) {
      chunks.push({
        type: found.meta ? 'meta-command' : 'statement',
        start: found.start,
        end: found.end,
        line: lines.at(found.start),
        innerSemicolon: found.inner,
        rows: 0,
      })
    }
    offset = found.next
    if (hasCopyData && !found.meta && found.end > found.start && isCopyAt(source, found.start, found.end)) {
      const data = copyData(source, offset)
      hasCopyData = data !== null
      if (data) {
        chunks.push({
          type: 'copy-data',
          start: data.start,
          end: data.end,
          line: lines.at(data.start),
          innerSemicolon: false,
          rows: data.rows,
        })
        offset = data.next
      }
    }
  }
  return chunks
}

interface Found {
  readonly start: number
  end: number
  next: number
  readonly inner: boolean
  readonly meta: boolean
  /** It was cut off at a quote or comment that never closes. */
  readonly isUnclosed?: boolean
}

function nextChunk(source: string, from: number, flat: boolean): Found {
  const scanner = new Scanner(source, from)
  let start = -1
  let end = from
  let parentheses = 0
  let bodies = 0
  let inner = false
  let routine: boolean | null = null
  for (let token = scanner.next(); token !== null; token = scanner.next()) {
    if (token === 'comment') continue
    if (token === 'unclosed') {
      const cut = lineEndSemicolon(source, start === -1 ? scanner.start : start)
      const begin = start === -1 ? scanner.start : start
      return { start: begin, ...cut, inner: false, meta: false, isUnclosed: true }
    }
    if (token === '\\') {
      if (start !== -1) return { start, end, next: scanner.start, inner, meta: false }
      const lineEnd = endOfLine(source, scanner.start)
      const metaEnd = source.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd
      return { start: scanner.start, end: metaEnd, next: lineEnd, inner: false, meta: true }
    }
    if (token === ';') {
      if (parentheses <= 0 && bodies === 0) {
        return { start: start === -1 ? from : start, end, next: scanner.end, inner, meta: false }
      }
      inner = true
      end = scanner.end
      continue
    }
    if (start === -1) start = scanner.start
    end = scanner.end
    if (flat) continue
    if (token === '(') parentheses += 1
    else if (token === ')') parentheses -= 1
    else if (token === 'word') {
      const word = scanner.word()
      if (word === 'begin' || word === 'case') {
        routine ??= isRoutine.test(source.slice(start, start + 60))
        if (word === 'begin' ? routine && /^\s+atomic\b/i.test(source.slice(end, end + 40)) : bodies > 0)
          bodies += 1
      } else if (word === 'end' && bodies > 0) bodies -= 1
    }
  }
  return {
    start: start === -1 ? source.length : start,
    end: start === -1 ? source.length : end,
    next: source.length,
    inner,
    meta: false,
  }
}

/** Where a statement with an unclosed quote most likely ends: the first semicolon at the end of a line. */
function lineEndSemicolon(source: string, from: number): { readonly end: number; readonly next: number } {
  const match = /;[ \t\r]*(\n|$)/g
  match.lastIndex = from
  const found = match.exec(source)
  return found ? { end: found.index, next: found.index + 1 } : { end: source.length, next: source.length }
}

function isCopyAt(source: string, start: number, end: number): boolean {
  return (source.charCodeAt(start) | 32) === 99 && isCopyFromStdin.test(source.slice(start, end))
}

/** The data block behind a COPY statement; null when no line `\.` closes it. */
function copyData(
  source: string,
  from: number,
): { start: number; end: number; next: number; rows: number } | null {
  const start = endOfLine(source, from) + 1
  let rows = 0
  for (let line = start; line < source.length; rows += 1) {
    const lineEnd = endOfLine(source, line)
    if (source.charCodeAt(line) === 92 && /^\\\.\r?$/.test(source.slice(line, lineEnd))) {
      return { start, end: line, next: lineEnd, rows }
    }
    line = lineEnd + 1
  }
  return null
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from)
  return end === -1 ? source.length : end
}

/** Line numbers of rising offsets. */
class LineCounter {
  readonly #source: string
  #line = 1
  #lineEnd: number

  constructor(source: string) {
    this.#source = source
    this.#lineEnd = endOfLine(source, 0)
  }

  at(offset: number): number {
    while (this.#lineEnd < offset) {
      this.#line += 1
      this.#lineEnd = endOfLine(this.#source, this.#lineEnd + 1)
    }
    return this.#line
  }
}
