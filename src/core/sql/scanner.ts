/** What a scanner finds: a lone character by itself, longer things by their sort. */
export type Token = 'comment' | 'quoted' | 'word' | 'unclosed' | 'other' | '(' | ')' | ';' | '\\'

const quote = 39
const doubleQuote = 34
const dollar = 36
const backslash = 92

/** Finds the tokens that matter for cutting SQL into statements (docs 4.1). White space is passed over. */
export class Scanner {
  readonly #source: string
  /** Offsets of the last token. */
  start: number
  end: number
  /** How deep the last token nests, if it is a block comment. */
  nesting = 0

  constructor(source: string, offset: number) {
    this.#source = source
    this.start = offset
    this.end = offset
  }

  /** The last token in lower case. */
  word(): string {
    return this.#source.slice(this.start, this.end).toLowerCase()
  }

  /** The last token as it stands. */
  text(): string {
    return this.#source.slice(this.start, this.end)
  }

  /** The next token, null at the end of the text. */
  next(): Token | null {
    const source = this.#source
    let at = this.end
    while (at < source.length && isSpace(source.charCodeAt(at))) at += 1
    this.start = at
    this.nesting = 0
    if (at >= source.length) {
      this.end = at
      return null
    }
    const code = source.charCodeAt(at)
    if (isWordStart(code)) return this.#wordOrPrefixedString(at)
    this.end = at + 1
    switch (code) {
      case quote:
        return this.#until(quoteEnd(source, at + 1, quote, false))
      case doubleQuote:
        return this.#until(quoteEnd(source, at + 1, doubleQuote, false))
      case dollar:
        return this.#dollarQuote(at)
      case 45:
        return source.charCodeAt(at + 1) === 45 ? this.#lineComment(at) : 'other'
      case 47:
        return source.charCodeAt(at + 1) === 42 ? this.#blockComment(at) : 'other'
      case 40:
        return '('
      case 41:
        return ')'
      case 59:
        return ';'
      case backslash:
        return '\\'
      default:
        return 'other'
    }
  }

  #wordOrPrefixedString(at: number): Token {
    const source = this.#source
    let end = at + 1
    while (end < source.length && isWordPart(source.charCodeAt(end))) end += 1
    this.end = end
    if (end === at + 1 && source.charCodeAt(end) === quote && (source.charCodeAt(at) | 32) === 101) {
      return this.#until(quoteEnd(source, end + 1, quote, true))
    }
    return 'word'
  }

  #until(end: number): Token {
    this.end = end === -1 ? this.#source.length : end
    return end === -1 ? 'unclosed' : 'quoted'
  }

  #dollarQuote(at: number): Token {
    const source = this.#source
    let tagEnd = at + 1
    if (!isDigit(source.charCodeAt(tagEnd))) {
      while (isWordPart(source.charCodeAt(tagEnd)) && source.charCodeAt(tagEnd) !== dollar) tagEnd += 1
    }
    if (source.charCodeAt(tagEnd) !== dollar) return 'other'
    const tag = source.slice(at, tagEnd + 1)
    const close = source.indexOf(tag, tagEnd + 1)
    return this.#until(close === -1 ? -1 : close + tag.length)
  }

  #lineComment(at: number): Token {
    const end = this.#source.indexOf('\n', at)
    this.end = end === -1 ? this.#source.length : end
    return 'comment'
  }

  /** Block comments nest (docs 4.1.5). */
  #blockComment(at: number): Token {
    const marks = /\/\*|\*\//g
    marks.lastIndex = at + 2
    let depth = 1
    this.nesting = 1
    for (let mark = marks.exec(this.#source); mark; mark = marks.exec(this.#source)) {
      depth += mark[0] === '/*' ? 1 : -1
      this.nesting = Math.max(this.nesting, depth)
      if (depth === 0) {
        this.end = marks.lastIndex
        return 'comment'
      }
    }
    this.end = this.#source.length
    return 'unclosed'
  }
}

/** Behind the closing quote, -1 when there is none. Doubled quotes stay inside. */
function quoteEnd(source: string, from: number, mark: number, escapes: boolean): number {
  const closing = String.fromCharCode(mark)
  for (let at = from; ; at += 2) {
    if (escapes) {
      while (at < source.length && source.charCodeAt(at) !== mark) {
        at += source.charCodeAt(at) === backslash ? 2 : 1
      }
      if (at >= source.length) return -1
    } else {
      at = source.indexOf(closing, at)
      if (at === -1) return -1
    }
    if (source.charCodeAt(at + 1) !== mark) return at + 1
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 128 && code !== 0xfeff)
  )
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === dollar
}
