import { type CodeStyle, usualCode } from '../code-style.ts'
import { jsString } from '../js-value.ts'
import { tokensOf } from './js-tokens.ts'

/** Code that Relata wrote in its usual style, set in another: quotation marks, semicolons, indentation. */
export function restyled(source: string, style: CodeStyle): string {
  let result = ''
  let at = 0
  for (const token of tokensOf(source) ?? []) {
    result += source.slice(at, token.start)
    at = token.end
    const isEnd = /^\s*(?:\n|$)/.test(source.slice(token.end))
    if (token.text === ';' && isEnd && !style.semicolons) continue
    result += token.type === 'text' ? quoted(token.text, style) : token.text
  }
  return withIndent(result + source.slice(at), style)
}

function quoted(text: string, style: CodeStyle): string {
  const inner = text.slice(1, -1)
  return /['"\\]/.test(inner) ? text : jsString(inner, style)
}

function withIndent(text: string, { indent }: CodeStyle): string {
  if (indent === usualCode.indent) return text
  return text.replaceAll(/^(?: {2})+/gm, (space) => indent.repeat(space.length / 2))
}
