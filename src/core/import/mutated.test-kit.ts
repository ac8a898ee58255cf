import fc from 'fast-check'

/** Inputs to try per importer; `FUZZ_RUNS` asks for more. */
export const fuzzRuns = (usual: number): number => Math.ceil(usual * Number(process.env.FUZZ_RUNS ?? 1))

type Mutation = (text: string) => string

const fraction = fc.double({ min: 0, max: 1, noNaN: true })

const cut = fraction.map(
  (at): Mutation =>
    (text) =>
      text.slice(0, Math.floor(at * text.length)),
)

/** What parsers stumble over: the ends of their brackets and quotes, and what is no character of a name. */
const oddity = fc.constantFrom(
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    "'",
    '"',
    '`',
    '$$',
    '/*',
    '--',
    '\\',
    ';',
    ',',
    ':',
    '\n',
    '\0',
    '\ud800',
  ],
  ...['null', '-1', '1e999', '__proto__', 'toString', '🐘', '\ufeff', 'x'.repeat(100_000)],
)

const splice = fc
  .tuple(fraction, fc.nat({ max: 12 }), fc.oneof(oddity, fc.string({ maxLength: 8, unit: 'binary' })))
  .map(
    ([at, length, insert]): Mutation =>
      (text) => {
        const place = Math.floor(at * text.length)
        return text.slice(0, place) + insert + text.slice(place + length)
      },
  )

const repeated = fc.tuple(fraction, fc.nat({ max: 400 }), fc.constantFrom(2, 50, 500)).map(
  ([at, length, times]): Mutation =>
    (text) => {
      const place = Math.floor(at * text.length)
      const piece = text.slice(place, place + length)
      return text.slice(0, place) + piece.repeat(times) + text.slice(place + length)
    },
)

const nested = fc
  .tuple(
    fraction,
    fc.constantFrom('(', '[', '{', '{"a":', '[[', '/* ', 'not ', 'select ('),
    fc.constantFrom(300, 50_000),
  )
  .map(
    ([at, piece, times]): Mutation =>
      (text) => {
        const place = Math.floor(at * text.length)
        return text.slice(0, place) + piece.repeat(times) + text.slice(place)
      },
  )

/** A text that was cut off, changed in places, repeated or nested without end. */
export function mutated(...originals: readonly string[]): fc.Arbitrary<string> {
  const mutation = fc.oneof(
    { arbitrary: cut, weight: 2 },
    { arbitrary: splice, weight: 5 },
    { arbitrary: repeated, weight: 1 },
    { arbitrary: nested, weight: 1 },
  )
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) => mutations.reduce((now, mutate) => mutate(now), text))
}

const oddValue = fc.constantFrom<unknown>(
  ...[null, true, 0, -1, 1e21, 2.5, '', 'x', 'public', '\0', [], [null], ['x'], {}, { a: 1 }, [[]]],
)

/** JSON in which some values are others, or missing; `from`: at which depth the first. */
export function mutatedJson(json: string, from = 1): fc.Arbitrary<string> {
  const change = fc.tuple(fc.array(fraction, { minLength: from, maxLength: 7 }), oddValue)
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    const value: unknown = JSON.parse(json)
    for (const [way, odd] of changes) replaceAt(value, way, odd)
    return JSON.stringify(value)
  })
}

function replaceAt(value: unknown, way: readonly number[], odd: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const keys = Object.keys(value)
  const [at = 0, ...rest] = way
  const key = keys[Math.min(keys.length - 1, Math.floor(at * keys.length))]
  if (key === undefined) return
  const inner: unknown = Reflect.get(value, key)
  const isEnd = rest.length === 0 || typeof inner !== 'object' || inner === null
  if (!isEnd) replaceAt(inner, rest, odd)
  else if (odd === true) Reflect.deleteProperty(value, key)
  else Reflect.set(value, key, structuredClone(odd))
}
