/** A Prisma schema as it is written (prisma.io/docs/orm/reference/prisma-schema-reference). Lines are from 1. */
export interface PrismaFile {
  readonly blocks: readonly PrismaBlock[]
}

export interface PrismaBlock {
  /** `model`, `enum`, `view`, `type`; `datasource` and `generator` are empty here. */
  readonly keyword: string
  readonly name: string
  /** The text after `///` above it. */
  readonly comment: string | null
  readonly fields: readonly PrismaField[]
  /** Those with `@@`. */
  readonly attributes: readonly PrismaAttribute[]
  readonly line: number
}

export interface PrismaField {
  readonly name: string
  /** Empty in an enum. */
  readonly type: string
  /** What stands in `Unsupported("…")`. */
  readonly unsupported: string | null
  readonly isList: boolean
  readonly isOptional: boolean
  readonly attributes: readonly PrismaAttribute[]
  readonly comment: string | null
  readonly line: number
}

export interface PrismaAttribute {
  /** Without `@`: `id`, `db.VarChar`. */
  readonly name: string
  readonly arguments: readonly PrismaArgument[]
  readonly line: number
}

export interface PrismaArgument {
  /** null where it has none. */
  readonly name: string | null
  readonly value: PrismaValue
}

export type PrismaValue =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly text: string }
  /** A word, or a call with its arguments. */
  | { readonly type: 'word'; readonly text: string; readonly arguments: readonly PrismaArgument[] }
  | { readonly type: 'list'; readonly items: readonly PrismaValue[] }

/** Thrown inside the parser alone. */
class Unexpected extends Error {
  readonly token: Token

  constructor(token: Token, wanted: string) {
    const found =
      token.type === 'end' ? 'the end' : token.type === 'newline' ? 'the end of the line' : token.text
    super(`Expected ${wanted}, found ${found.slice(0, 40)}`)
    this.token = token
  }
}

interface Token {
  readonly type: 'word' | 'text' | 'number' | 'sign' | 'comment' | 'newline' | 'other' | 'end'
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Deeper nesting is no schema of a person. */
const maxDepth = 50

/** Reads a Prisma schema, or says what is wrong with it and where. */
export function parsePrisma(
  text: string,
): PrismaFile | { readonly message: string; readonly line: number; readonly column: number } {
  try {
    return new Parser(tokensOf(text)).file()
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error
    return { message: error.message, line: error.token.line, column: error.token.column }
  }
}

/** A comment or text that never closes is one token: else each of its signs would look for the end again. */
const pattern =
  /[^\S\n]+|(?<comment>\/\/\/[^\n]*)|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<newline>\n)|(?<text>"(?:[^"\\\n]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*)|(?<sign>@@|[@{}()[\],:?=])|(?<other>\/\*[\s\S]*|"(?:[^"\\\n]|\\.)*|[\s\S])/guy

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let lineStart = 0
  for (const match of text.matchAll(pattern)) {
    const [type] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? []
    const place = { text: match[0], line, column: match.index - lineStart + 1 }
    if (isTokenType(type)) tokens.push({ type, ...place })
    for (let at = match[0].indexOf('\n'); at !== -1; at = match[0].indexOf('\n', at + 1)) {
      line += 1
      lineStart = match.index + at + 1
    }
  }
  tokens.push({ type: 'end', text: '', line, column: text.length - lineStart + 1 })
  return tokens
}

function isTokenType(type: string | undefined): type is Token['type'] {
  return type !== undefined
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  file(): PrismaFile {
    const blocks: PrismaBlock[] = []
    for (let comment = this.#comment(); this.#next.type !== 'end'; comment = this.#comment()) {
      blocks.push(this.#block(comment))
    }
    return { blocks }
  }

  get #next(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1)
    if (!token) throw new Error('There is always the end')
    return token
  }

  #take(): Token {
    const token = this.#next
    this.#at += 1
    return token
  }

  #is(sign: string): boolean {
    return this.#next.type === 'sign' && this.#next.text === sign
  }

  #accept(sign: string): boolean {
    const found = this.#is(sign)
    if (found) this.#at += 1
    return found
  }

  #expect(sign: string): void {
    if (!this.#accept(sign)) throw new Unexpected(this.#next, sign)
  }

  #word(wanted: string): Token {
    if (this.#next.type !== 'word') throw new Unexpected(this.#next, wanted)
    return this.#take()
  }

  /** The lines of `///` before what comes next. */
  #comment(): string | null {
    const lines: string[] = []
    while (this.#next.type === 'comment' || this.#next.type === 'newline') {
      const { type, text } = this.#take()
      if (type === 'comment') lines.push(text.slice(3).trim())
    }
    return lines.length === 0 ? null : lines.join('\n')
  }

  #block(comment: string | null): PrismaBlock {
    const keyword = this.#word('model, enum, view, type, datasource or generator')
    if (!/^(model|enum|view|type|datasource|generator)$/.test(keyword.text)) {
      throw new Unexpected(keyword, 'model, enum, view, type, datasource or generator')
    }
    const name = this.#word('a name').text
    this.#expect('{')
    const head = { keyword: keyword.text, name, comment, line: keyword.line }
    if (head.keyword === 'datasource' || head.keyword === 'generator') {
      while (!this.#is('}')) if (this.#take().type === 'end') throw new Unexpected(this.#next, '}')
      this.#take()
      return { ...head, fields: [], attributes: [] }
    }
    const fields: PrismaField[] = []
    const attributes: PrismaAttribute[] = []
    for (let about = this.#comment(); !this.#accept('}'); about = this.#comment()) {
      if (this.#accept('@@')) attributes.push(this.#attribute())
      else fields.push(this.#field(head.keyword === 'enum', about))
    }
    return { ...head, fields, attributes }
  }

  #field(isLabel: boolean, comment: string | null): PrismaField {
    const name = this.#word('a field, @@ or }')
    let type = ''
    let unsupported: string | null = null
    let [isList, isOptional] = [false, false]
    if (!isLabel) {
      type = this.#word('a type').text
      if (type === 'Unsupported') {
        this.#expect('(')
        if (this.#next.type !== 'text') throw new Unexpected(this.#next, 'a text')
        unsupported = plainText(this.#take().text)
        this.#expect(')')
      }
      if (this.#accept('[')) {
        this.#expect(']')
        isList = true
      }
      isOptional = this.#accept('?')
    }
    const attributes: PrismaAttribute[] = []
    while (this.#accept('@')) attributes.push(this.#attribute())
    const beside = this.#next.type === 'comment' ? this.#take().text.slice(3).trim() : null
    if (this.#next.type !== 'newline' && !this.#is('}'))
      throw new Unexpected(this.#next, 'the end of the line')
    const about = comment ?? beside
    return {
      name: name.text,
      type,
      unsupported,
      isList,
      isOptional,
      attributes,
      comment: about,
      line: name.line,
    }
  }

  #attribute(): PrismaAttribute {
    const { text, line } = this.#word('an attribute')
    return { name: text, arguments: this.#accept('(') ? this.#arguments(0) : [], line }
  }

  /** Up to the closing parenthesis. */
  #arguments(depth: number): readonly PrismaArgument[] {
    const found: PrismaArgument[] = []
    for (this.#comment(); !this.#accept(')'); this.#comment()) {
      if (found.length > 0) this.#expect(',')
      this.#comment()
      const value = this.#value(depth)
      const isName = value.type === 'word' && this.#accept(':')
      this.#comment()
      found.push(isName ? { name: value.text, value: this.#value(depth) } : { name: null, value })
    }
    return found
  }

  #value(depth: number): PrismaValue {
    const token = this.#take()
    if (depth > maxDepth) throw new Unexpected(token, 'less nesting')
    if (token.type === 'text') return { type: 'text', text: plainText(token.text) }
    if (token.type === 'number') return { type: 'number', text: token.text }
    if (token.type === 'word') {
      return {
        type: 'word',
        text: token.text,
        arguments: this.#accept('(') ? this.#arguments(depth + 1) : [],
      }
    }
    if (token.type !== 'sign' || token.text !== '[') throw new Unexpected(token, 'a value')
    const items: PrismaValue[] = []
    for (this.#comment(); !this.#accept(']'); this.#comment()) {
      if (items.length > 0) this.#expect(',')
      this.#comment()
      items.push(this.#value(depth + 1))
    }
    return { type: 'list', items }
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function plainText(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replaceAll(/\\(u[0-9a-fA-F]{4}|.)/g, (_escape, part: string) =>
      part.length > 1 ? String.fromCharCode(Number.parseInt(part.slice(1), 16)) : (escapes[part] ?? part),
    )
}
