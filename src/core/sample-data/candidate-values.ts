import type { PgType } from '../model/pg-type.ts'

/** Constants found in check constraints, which are the likeliest values to satisfy them. */
export interface Hints {
  readonly texts: readonly string[]
  readonly numbers: readonly string[]
}

/** String and number constants in SQL expressions. */
export function hintsIn(expressions: readonly string[]): Hints {
  const texts = new Set<string>()
  const numbers = new Set<string>()
  for (const expression of expressions) {
    for (const [, text = ''] of expression.matchAll(/'((?:[^']|'')*)'/g))
      texts.add(text.replaceAll("''", "'"))
    const bare = expression.replace(/'(?:[^']|'')*'/g, ' ')
    for (const [number] of bare.matchAll(/(?<![\w.])\d+(?:\.\d+)?/g)) numbers.add(number)
  }
  return { texts: [...texts], numbers: [...numbers] }
}

/** Everyday words, so that rows read like data. */
const words = ['Ada', 'Grace', 'Linus', 'Edsger', 'Barbara', 'Donald', 'Margaret', 'Tim']

type Make = (row: number, type: PgType) => readonly string[]

const inQuotes = (...texts: readonly string[]): readonly string[] =>
  texts.map((text) => `'${text.replaceAll("'", "''")}'`)

const day = (row: number): string => `2026-01-${String((row % 28) + 1).padStart(2, '0')}`

const makers: Readonly<Record<string, Make>> = {
  smallint: (row) => [String(row + 1), '0', String(row + 10)],
  integer: (row) => [String(row + 1), '0', String(row + 100)],
  bigint: (row) => [String(row + 1), '0', String(row + 1000)],
  numeric: (row) => [String(row + 1), `${row}.5`, '0'],
  real: (row) => [`${row + 1}.5`, '0'],
  'double precision': (row) => [`${row + 1}.25`, '0'],
  money: (row) => inQuotes(`${row + 1}.00`),
  boolean: (row) => (row % 2 === 0 ? ['true', 'false'] : ['false', 'true']),
  date: (row) => inQuotes(day(row), '2030-12-31'),
  'timestamp without time zone': (row) => inQuotes(`${day(row)} 09:30:00`, '2030-12-31 00:00:00'),
  'timestamp with time zone': (row) => inQuotes(`${day(row)} 09:30:00+00`, '2030-12-31 00:00:00+00'),
  'time without time zone': (row) => inQuotes(`${String(row % 24).padStart(2, '0')}:15:00`),
  'time with time zone': (row) => inQuotes(`${String(row % 24).padStart(2, '0')}:15:00+00`),
  interval: (row) => inQuotes(`${row + 1} days`),
  uuid: (row) => inQuotes(`00000000-0000-4000-8000-${String(row + 1).padStart(12, '0')}`),
  json: (row) => inQuotes(`{"row": ${row + 1}}`, '{}', '[]'),
  jsonb: (row) => inQuotes(`{"row": ${row + 1}}`, '{}', '[]'),
  bytea: (row) => inQuotes(`\\x${String(row % 100).padStart(2, '0')}ff`),
  inet: (row) => inQuotes(`192.0.2.${(row % 250) + 1}`),
  cidr: (row) => inQuotes(`198.51.${row % 250}.0/24`),
  macaddr: (row) => inQuotes(`08:00:2b:01:02:${String(row % 100).padStart(2, '0')}`),
  macaddr8: (row) => inQuotes(`08:00:2b:01:02:03:04:${String(row % 100).padStart(2, '0')}`),
  xml: (row) => inQuotes(`<row n="${row + 1}"/>`),
  tsvector: (row) => inQuotes(`word${row + 1}`),
  tsquery: (row) => inQuotes(`word${row + 1}`),
  point: (row) => inQuotes(`(${row},1)`),
  line: (row) => inQuotes(`{1,-1,${row}}`),
  lseg: (row) => inQuotes(`[(0,0),(${row + 1},1)]`),
  box: (row) => inQuotes(`((0,0),(${row + 1},1))`),
  path: (row) => inQuotes(`((0,0),(${row + 1},1))`),
  polygon: (row) => inQuotes(`((0,0),(0,1),(${row + 1},1))`),
  circle: (row) => inQuotes(`<(0,0),${row + 1}>`),
  int4range: (row) => inQuotes(`[${row * 10},${row * 10 + 5})`),
  int8range: (row) => inQuotes(`[${row * 10},${row * 10 + 5})`),
  numrange: (row) => inQuotes(`[${row * 10},${row * 10 + 5})`),
  daterange: (row) => inQuotes(`[${day(row)},${day(row)}]`),
  tsrange: (row) => inQuotes(`[${day(row)} 08:00,${day(row)} 09:00)`),
  tstzrange: (row) => inQuotes(`[${day(row)} 08:00+00,${day(row)} 09:00+00)`),
  ltree: (row) => inQuotes(`top.row${row + 1}`),
  hstore: (row) => inQuotes(`row=>${row + 1}`),
  oid: (row) => [String(row + 1)],
  pg_lsn: (row) => inQuotes(`0/${row + 1}`),
  bit: (row, { modifiers }) => [`B'${(row % 2).toString().repeat(Number(modifiers) || 1)}'`],
  'bit varying': (row) => [`B'${(row + 1).toString(2)}'`],
}

const textTypes = new Set(['text', 'character varying', 'character', 'bpchar', 'citext', 'name', '"char"'])
const numberTypes = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'])

/**
 * SQL constants to try for a column in the `row`-th row, the likeliest first; null is not among them. Empty for a type
 * of which no value is known.
 */
export function candidateValues(type: PgType, name: string, row: number, hints: Hints): readonly string[] {
  if (type.dimensions > 0) {
    const items = candidateValues({ ...type, dimensions: 0 }, name, row, hints)
    const [item] = items
    return item === undefined ? inQuotes('{}') : [`ARRAY[${item}]`, ...inQuotes('{}')]
  }
  if (textTypes.has(type.base)) return inQuotes(...texts(type, name, row, hints))
  const plain = makers[type.base]?.(row, type) ?? []
  if (!numberTypes.has(type.base)) return plain
  // A bound of zero asks for a positive number; zero itself makes poor rows, whose sums nothing can be divided by.
  const bounds = hints.numbers.filter((number) => Number(number) !== 0)
  const hinted = rotate(bounds, row)
  return [...hinted.flatMap((number) => [number, String(Number(number) + row)]), ...plain]
}

function texts(type: PgType, name: string, row: number, hints: Hints): readonly string[] {
  const longest = type.base === '"char"' ? 1 : Number(type.modifiers) || (type.modifiers === '' ? 60 : 1)
  const word = words[row % words.length] ?? 'Ada'
  const email = `${word.toLowerCase()}${row + 1}@example.com`
  const made = /mail/i.test(name)
    ? [email]
    : /url|website|link/i.test(name)
      ? [`https://example.com/${row + 1}`]
      : [`${word} ${row + 1}`, email]
  const short = row.toString(36)
  // A constant with % is most likely the pattern of a LIKE.
  const hinted = rotate(hints.texts, row).map((text) => text.replaceAll('%', `x${row + 1}`))
  const fitting = [...hinted, ...made, `${name.slice(0, 8)}${row + 1}`, short]
  return fitting.filter((text) => [...text].length <= longest)
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  if (items.length === 0) return items
  const shift = by % items.length
  return [...items.slice(shift), ...items.slice(0, shift)]
}
