import {
  entryNamed,
  isMark,
  isWord,
  objectAt,
  partsOf,
  type Source,
  type Span,
  stringAt,
  textOf,
} from './js-structure.ts'

/** A call that joins two models, with its options as an object literal. */
export interface AssociationCall {
  readonly type: string
  /** The last word of its first argument: `Customer` of `models.Customer`. */
  readonly target: string
  readonly foreignKey: string | null
  /** The token that opens its options; null without any. */
  readonly options: number | null
  /** The whole statement with its semicolon; null where the call is part of another. */
  readonly statement: Span | null
}

const types = new Set(['belongsTo', 'hasOne', 'hasMany', 'belongsToMany'])

/** Every call that joins models in the file. */
export function associationCalls(source: Source): readonly AssociationCall[] {
  return source.tokens.flatMap(({ text }, at) => {
    const open = at + 1
    if (!types.has(text) || !isMark(source, at - 1, '.') || !isMark(source, open, '(')) return []
    const [target, second] = partsOf(source, open)
    if (!target) return []
    const options = second ? objectAt(source, second) : null
    return [
      {
        type: text,
        target: source.tokens[target.last]?.text ?? '',
        foreignKey: options === null ? null : foreignKeyIn(source, options),
        options,
        statement: statementAround(source, at, source.partners.get(open) ?? open),
      },
    ]
  })
}

function foreignKeyIn(source: Source, options: number): string | null {
  const value = entryNamed(source, options, 'foreignKey')?.value
  if (!value) return null
  const object = objectAt(source, value)
  const name = object === null ? value : entryNamed(source, object, 'name')?.value
  return name ? stringAt(source, name) : null
}

/** From the beginning of `A.belongsTo(…)` or `this.belongsTo(…)` to its end, where nothing else is said with it. */
function statementAround(source: Source, at: number, close: number): Span | null {
  let first = at - 2
  while (first > 1 && isMark(source, first - 1, '.') && isWord(source, first - 2)) first -= 2
  const last = isMark(source, close + 1, ';') ? close + 1 : close
  const before = source.tokens[first - 1]
  const starts = !before || /^[;{})\]]$/.test(before.text)
  const startsLine = startsItsLine(source, first)
  const ends = last > close || isMark(source, close + 1, '}') || startsItsLine(source, close + 1)
  const goesOn = isMark(source, close + 1, '.') || isMark(source, close + 1, ',')
  return isWord(source, first) && (starts || startsLine) && ends && !goesOn ? { first, last } : null
}

function startsItsLine({ text, tokens }: Source, at: number): boolean {
  const start = tokens[at]?.start
  return start === undefined || /(?:^|\n)[ \t]*$/.test(text.slice(0, start))
}

/** The body in which a model is joined with others. */
export interface AssociateBody {
  /** The token that opens it. */
  readonly open: number
  /** What the other models are members of: `models`; empty where they are at hand by their names. */
  readonly parameter: string
  /** What its calls begin with: `Order`, `this`. */
  readonly receiver: string
}

/** The one function `associate` of the model in the file; null where there is none or its parameter is taken apart. */
export function associateBody(source: Source, model: string): AssociateBody | null {
  const places = source.tokens.flatMap((_, at) => (isWord(source, at, 'associate') ? [at] : []))
  const found = places.flatMap((at) => bodyBehind(source, at) ?? [])
  const mine = found.filter(({ owner }) => owner === null || owner === model)
  const [only, ...more] = mine
  if (!only || more.length > 0) return null
  const { open, parameter } = only
  const end = source.partners.get(open) ?? open
  const call = source.tokens.findIndex(
    (token, at) => at > open && at < end && types.has(token.text) && isMark(source, at - 1, '.'),
  )
  const receiver =
    call > 0 ? (source.tokens[call - 2]?.text ?? model) : isNamed(source, model) ? model : 'this'
  return { open, parameter, receiver }
}

function isNamed(source: Source, name: string): boolean {
  return source.tokens.some((_, at) => isWord(source, at, name))
}

/** `associate(models) {`, `associate = (models) => {`, `associate = function (models) {`. */
function bodyBehind(
  source: Source,
  at: number,
): { open: number; parameter: string; owner: string | null } | null {
  const owner = isMark(source, at - 1, '.') ? (source.tokens[at - 2]?.text ?? null) : null
  let next = at + 1
  if (isMark(source, next, '=') || isMark(source, next, ':')) next += 1
  while (
    isWord(source, next, 'function') ||
    isWord(source, next, 'associate') ||
    isWord(source, next, 'async')
  )
    next += 1
  let parameter = ''
  if (isMark(source, next, '(')) {
    const close = source.partners.get(next) ?? next
    const [first] = partsOf(source, next)
    if (first && !isWord(source, first.first)) return null
    parameter = first ? textOf(source, { ...first, last: first.first }) : ''
    next = close + 1
  } else if (isWord(source, next) && isMark(source, next + 1, '=>')) {
    parameter = source.tokens[next]?.text ?? ''
    next += 1
  } else return null
  // The type of what it returns.
  if (isMark(source, next, ':')) next += 2
  if (isMark(source, next, '=>')) next += 1
  return isMark(source, next, '{') ? { open: next, parameter, owner } : null
}
