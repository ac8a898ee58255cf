import { type Token, tokensOf } from './js-tokens.ts'

/** A source with its tokens and the partner of every bracket. */
export interface Source {
  readonly text: string
  readonly tokens: readonly Token[]
  /** By index of the opening token that of the closing one, and the other way. */
  readonly partners: ReadonlyMap<number, number>
}

/** What is between two tokens, both included. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** One entry of an object literal or list, without its comma. */
export interface Entry extends Span {
  /** Without its quotation marks; null for `...others` and what is computed. */
  readonly key: string | null
  /** The tokens behind the colon; null for a method, for `name` alone, and in lists. */
  readonly value: Span | null
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** null where its brackets do not match. */
export function sourceOf(text: string): Source | null {
  const tokens = tokensOf(text)
  if (!tokens) return null
  const partners = new Map<number, number>()
  const open: number[] = []
  for (const [index, { type, text: mark }] of tokens.entries()) {
    if (type !== 'mark') continue
    if (closing[mark] !== undefined) open.push(index)
    else if (/^[)\]}]$/.test(mark)) {
      const start = open.pop()
      if (start === undefined || closing[tokens[start]?.text ?? ''] !== mark) return null
      partners.set(start, index)
      partners.set(index, start)
    }
  }
  return open.length > 0 ? null : { text, tokens, partners }
}

/** The parts between the commas of the brackets that open there. */
export function partsOf({ tokens, partners }: Source, open: number): readonly Span[] {
  const end = partners.get(open) ?? open
  const parts: Span[] = []
  let first = open + 1
  for (let at = open + 1; at <= end; at += 1) {
    const isEnd = at === end
    if (isEnd || (tokens[at]?.type === 'mark' && tokens[at]?.text === ',')) {
      if (first < at) parts.push({ first, last: at - 1 })
      first = at + 1
    } else at = after(at, partners)
  }
  return parts
}

/** The closing bracket where one opens, else the token itself. */
function after(at: number, partners: Source['partners']): number {
  const partner = partners.get(at)
  return partner !== undefined && partner > at ? partner : at
}

/** The entries of the object literal that opens there. */
export function entriesOf(source: Source, open: number): readonly Entry[] {
  return partsOf(source, open).map((span) => {
    const key = source.tokens[span.first]
    const next = source.tokens[span.first + 1]
    const isNamed = key?.type === 'word' || key?.type === 'text'
    if (!isNamed) return { ...span, key: null, value: null }
    const name = key.type === 'text' ? key.text.slice(1, -1) : key.text
    const hasValue = next?.type === 'mark' && next.text === ':' && span.last > span.first + 1
    return { ...span, key: name, value: hasValue ? { first: span.first + 2, last: span.last } : null }
  })
}

export function entryNamed(source: Source, open: number, key: string): Entry | undefined {
  return entriesOf(source, open).find((entry) => entry.key === key)
}

/** The index of the brace where the tokens are an object literal and nothing else, types behind it aside. */
export function objectAt({ tokens, partners }: Source, { first, last }: Span): number | null {
  const end = tokens[first]?.text === '{' ? partners.get(first) : undefined
  if (end === undefined || end > last) return null
  return end === last || /^(as|satisfies)$/.test(tokens[end + 1]?.text ?? '') ? first : null
}

export function isMark({ tokens }: Source, at: number, mark: string): boolean {
  return tokens[at]?.type === 'mark' && tokens[at]?.text === mark
}

export function isWord({ tokens }: Source, at: number, word?: string): boolean {
  return tokens[at]?.type === 'word' && (word === undefined || tokens[at]?.text === word)
}

/** The text of a string literal; null for anything else. */
export function stringAt({ tokens }: Source, { first, last }: Span): string | null {
  const token = tokens[first]
  return first === last && token?.type === 'text' ? token.text.slice(1, -1) : null
}

/** What is written there. */
export function textOf({ text, tokens }: Source, { first, last }: Span): string {
  return text.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0)
}

/** Offset of the beginning of the line in which the offset is. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** The space with which the line of an offset begins. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}
