import { padding, paddingWidth, usualCode } from './code-style.ts'
import { lineWidth } from './js-value.ts'

/** A sentence as line comments within the width. Line ends in it (of hostile names) become spaces. */
export function jsComment(sentence: string, indent: number, style = usualCode): readonly string[] {
  const lines: string[] = []
  const room = lineWidth - paddingWidth(indent, style) - 3
  let line = ''
  for (const word of sentence.split(/[\s\u2028\u2029]+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  if (line !== '') lines.push(line)
  return lines.map((text) => `${padding(indent, style)}// ${text}`)
}
