import { chunksOf } from '../../core/sql/lexical-split.ts'

const extensionStatement =
  /^(?:\/\*[\s\S]*?\*\/|--[^\n]*\n|\s)*(?:create|drop|alter|comment\s+on)\s+extension\s+(?:if\s+(?:not\s+)?exists\s+)?("(?:[^"]|"")+"|[a-z_][\w$-]*)/i

/** A text without the statements about extensions that this PostgreSQL lacks. */
export interface WithoutMissing {
  readonly sql: string
  /** Their names. */
  readonly missing: readonly string[]
  /** Nothing else is left. */
  readonly isEmpty: boolean
}

/**
 * Takes statements about extensions that are not `available` out of a text. On a server that has them they would run;
 * what depends on them fails on its own here, and can then be told from other failures.
 */
export function withoutMissingExtensions(sql: string, available: ReadonlySet<string>): WithoutMissing {
  if (!/\bextension\b/i.test(sql)) return { sql, missing: [], isEmpty: false }
  const chunks = chunksOf(sql).filter(({ type }) => type === 'statement')
  const gone = chunks.flatMap((chunk) => {
    const name = extensionStatement.exec(sql.slice(chunk.start, chunk.end))?.[1]
    const plain = name?.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name?.toLowerCase()
    return plain === undefined || available.has(plain) ? [] : [{ ...chunk, name: plain }]
  })
  const blanked = gone.reduce(
    (text, { start, end }) =>
      text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end),
    sql,
  )
  return {
    sql: blanked,
    missing: gone.map(({ name }) => name),
    isEmpty: gone.length > 0 && gone.length === chunks.length,
  }
}
