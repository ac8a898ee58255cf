/** A piece of JavaScript or TypeScript that is neither space nor comment. */
export interface Token {
  readonly type: 'word' | 'text' | 'template' | 'pattern' | 'number' | 'mark'
  readonly text: string
  /** Offsets into the source. */
  readonly start: number
  readonly end: number
}

const parts = {
  space: /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  word: /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy,
  number: /\.?\d[\w.]*/y,
  text: /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y,
  pattern: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  mark: /=>|\?\.|\.\.\.|[\s\S]/y,
} as const

/** Words after which a slash begins a pattern, not a division. */
const beforePattern = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await)$/

/**
 * The tokens of a source, where a template is one of them whatever is in it. null where a text, a comment or a template
 * does not end.
 */
export function tokensOf(source: string): readonly Token[] | null {
  const tokens: Token[] = []
  let at = 0
  const take = (type: keyof typeof parts): string | null => {
    const pattern = parts[type]
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  while (at < source.length) {
    const space = take('space')
    if (space !== null) {
      at += space.length
      continue
    }
    const token = nextToken(source, at, tokens.at(-1), take)
    if (token === null) return null
    tokens.push(token)
    at = token.end
  }
  return tokens
}

function nextToken(
  source: string,
  start: number,
  last: Token | undefined,
  take: (type: keyof typeof parts) => string | null,
): Token | null {
  const made = (type: Token['type'], text: string): Token => ({ type, text, start, end: start + text.length })
  const first = source.charAt(start)
  if (first === "'" || first === '"') {
    const text = take('text')
    return text === null ? null : made('text', text)
  }
  if (first === '`') {
    const end = endOfTemplate(source, start)
    return end === null ? null : made('template', source.slice(start, end))
  }
  if (first === '/') {
    if (source.startsWith('/*', start)) return null
    const pattern = beginsPattern(last) ? take('pattern') : null
    return pattern === null ? made('mark', '/') : made('pattern', pattern)
  }
  const word = take('word')
  if (word !== null) return made('word', word)
  const number = take('number')
  return number === null ? made('mark', take('mark') ?? first) : made('number', number)
}

function beginsPattern(last: Token | undefined): boolean {
  if (!last) return true
  if (last.type === 'mark') return !/^[)\]}]$/.test(last.text)
  return last.type === 'word' && beforePattern.test(last.text)
}

/** Behind the closing backtick; braces in `${…}` are counted, and texts and templates in them passed over. */
function endOfTemplate(source: string, start: number): number | null {
  let depth = 0
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source.charAt(at)
    if (character === '\\') at += 1
    else if (depth === 0 && character === '`') return at + 1
    else if (depth === 0 && source.startsWith('${', at)) {
      depth = 1
      at += 1
    } else if (depth > 0 && character === '`') {
      const inner = endOfTemplate(source, at)
      if (inner === null) return null
      at = inner - 1
    } else if (depth > 0 && (character === "'" || character === '"')) {
      parts.text.lastIndex = at
      const text = parts.text.exec(source)?.[0]
      if (text === undefined) return null
      at += text.length - 1
    } else if (depth > 0 && character === '{') depth += 1
    else if (depth > 0 && character === '}') depth -= 1
  }
  return null
}
