import { sqlKeywords } from './sql-words.ts'

export type TokenKind = 'keyword' | 'string' | 'number' | 'name' | 'comment' | 'plain'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const sqlToken =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|((?:[eEbBxXnN]|U&)?'(?:[^']|'')*(?:'|$)|\$(\w*)\$[\s\S]*?(?:\$\3\$|$))|("(?:[^"]|"")*(?:"|$))|(\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|([A-Za-z_]\w*)|([\s\S])/giu

/** SQL as coloured pieces. Display only: every character of the text is in exactly one token. */
export function highlightSql(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const [piece, comment, string, , , number, word] of text.matchAll(sqlToken)) {
    if (comment !== undefined) push(tokens, 'comment', piece)
    else if (string !== undefined) push(tokens, 'string', piece)
    else if (number !== undefined) push(tokens, 'number', piece)
    else if (word !== undefined && sqlKeywords.has(word.toLowerCase())) push(tokens, 'keyword', piece)
    else push(tokens, 'plain', piece)
  }
  return tokens
}

const jsonToken = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([\s\S])/g

/** JSON as coloured pieces: keys as names, words as keywords. */
export function highlightJson(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const [piece, string, colon, number, word] of text.matchAll(jsonToken)) {
    if (string !== undefined) {
      push(tokens, colon === undefined ? 'string' : 'name', string)
      push(tokens, 'plain', colon ?? '')
    } else if (number !== undefined) push(tokens, 'number', piece)
    else if (word !== undefined) push(tokens, 'keyword', piece)
    else push(tokens, 'plain', piece)
  }
  return tokens
}

function push(tokens: Token[], kind: TokenKind, text: string): void {
  if (text === '') return
  const last = tokens.at(-1)
  if (last && last.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + text }
  else tokens.push({ kind, text })
}
