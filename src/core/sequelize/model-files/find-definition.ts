import {
  isMark,
  isWord,
  objectAt,
  partsOf,
  type Source,
  type Span,
  stringAt,
  textOf,
} from './js-structure.ts'

/** Where a file says what a model is: indexes of the tokens that open the two objects. */
export interface Definition {
  readonly attributes: number
  /** null: it gives none. */
  readonly options: number | null
  /** The call's arguments. */
  readonly open: number
}

/**
 * The one call of `define` or `init` that is about the model, whose attributes stand in it or in a constant of the same
 * file. null where there are several or none that can be told for sure.
 */
export function findDefinition(source: Source, model: string): Definition | null {
  const calls = source.tokens.flatMap((_, at) => callAt(source, at) ?? [])
  const named = calls.filter((call) => nameOf(source, call) === model)
  const [found, ...more] = named.length > 0 ? named : calls.length === 1 && calls[0] ? [calls[0]] : []
  if (!found || more.length > 0) return null
  const [attributes, options] = found.isDefine ? found.args.slice(1) : found.args
  const first = attributes ? literalOf(source, attributes) : null
  if (first === null) return null
  const second = options ? literalOf(source, options) : null
  return options && second === null ? null : { attributes: first, options: second, open: found.open }
}

interface Call {
  readonly at: number
  readonly open: number
  readonly isDefine: boolean
  readonly args: readonly Span[]
}

/** `sequelize.define('Name', {` or `Name.init({`. */
function callAt(source: Source, at: number): Call | null {
  const isDefine = isWord(source, at, 'define')
  if (!(isDefine || isWord(source, at, 'init')) || !isMark(source, at - 1, '.')) return null
  const open = source.tokens.findIndex((_, index) => index > at && isMark(source, index, '('))
  const between = source.tokens.slice(at + 1, open)
  // Types of TypeScript may stand between: define<UserInstance>('User', …).
  const isCalled =
    open > 0 && (between.length === 0 || (between[0]?.text === '<' && between.at(-1)?.text === '>'))
  if (!isCalled) return null
  const args = partsOf(source, open)
  const [first] = args
  if (!first || (isDefine ? stringAt(source, first) === null : literalOf(source, first) === null)) return null
  return { at, open, isDefine, args }
}

function nameOf(source: Source, { at, isDefine, args: [first, second] }: Call): string | null {
  if (isDefine) return first ? stringAt(source, first) : null
  const options = second ? literalOf(source, second) : null
  if (options !== null) {
    for (const part of partsOf(source, options)) {
      const name = isWord(source, part.first, 'modelName')
        ? stringAt(source, { ...part, first: part.first + 2 })
        : null
      if (name !== null) return name
    }
  }
  const holder = source.tokens[at - 2]?.text ?? ''
  return holder === 'super' || holder === 'this' ? classAround(source, at) : holder
}

function classAround(source: Source, at: number): string | null {
  for (let index = at; index >= 0; index -= 1) {
    if (!isWord(source, index, 'class')) continue
    const open = source.tokens.findIndex((_, later) => later > index && isMark(source, later, '{'))
    if ((source.partners.get(open) ?? 0) > at) return source.tokens[index + 1]?.text ?? null
  }
  return null
}

/** An object literal, there or in the constant that is named there. */
function literalOf(source: Source, span: Span): number | null {
  const direct = objectAt(source, span)
  if (direct !== null) return direct
  const name = span.first === span.last && isWord(source, span.first) ? textOf(source, span) : null
  if (name === null) return null
  const places = source.tokens.flatMap((_, at) => {
    if (!isWord(source, at, name) || !/^(const|let|var)$/.test(source.tokens[at - 1]?.text ?? '')) return []
    const equals = source.tokens.findIndex((_, later) => later > at && isMark(source, later, '='))
    const open = equals + 1
    const end = source.partners.get(open)
    return isMark(source, open, '{') && end !== undefined && equals - at < 12 ? [open] : []
  })
  return places.length === 1 ? (places[0] ?? null) : null
}
