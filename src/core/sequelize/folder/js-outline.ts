/** What a reader of style sees of a JavaScript or TypeScript file; a broken one gives what there is. */
export interface JsOutline {
  /** Lines with strings emptied to `''`, templates to backticks, and without comments. Blank ones stay. */
  readonly lines: readonly string[]
  /** Strings of either sort that hold no quotation mark, so that either would have done. */
  readonly quoted: { readonly single: number; readonly double: number }
}

const token = new RegExp(
  [
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/,
    /'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*(?:'|(?=\n)|$)/,
    /"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*(?:"|(?=\n)|$)/,
    /`[^`\\]*(?:\\[\s\S][^`\\]*)*(?:`|$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** Reads without parsing: a regular expression with quotation marks in it is taken for a string. */
export function jsOutline(text: string): JsOutline {
  const quoted = { single: 0, double: 0 }
  const code = text.replaceAll('\r\n', '\n').replace(token, (found) => {
    if (found.startsWith('/')) return ''
    if (found.startsWith('`')) return '``'
    if (!/['"]/.test(found.slice(1, -1))) quoted[found.startsWith("'") ? 'single' : 'double'] += 1
    return "''"
  })
  return { lines: code.split('\n').map((line) => line.trimEnd()), quoted }
}
