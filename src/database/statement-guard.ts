import { Scanner } from '../core/sql/scanner.ts'
import { PgError } from './engine.ts'

/**
 * Throws PgError for what must not reach the engine: `COPY … FROM STDIN` waits for data in an endless loop, and fails in
 * the words of node-postgres, which has no data for it either; a zero byte would end the text early.
 */
export function guardStatement(sql: string): void {
  if (sql.includes('\0')) {
    throw refusal('22021', 'invalid byte sequence for encoding "UTF8": 0x00')
  }
  if (/\bstdin\b/i.test(sql) && /\bcopy\b/i.test(sql) && copiesFromStdin(sql)) {
    throw refusal(
      '57014',
      'COPY from stdin failed: No source stream defined',
      'Use INSERT statements, or import the file.',
    )
  }
}

function refusal(code: string, message: string, hint?: string): PgError {
  return new PgError({ severity: 'ERROR', code, message, ...(hint === undefined ? {} : { hint }) })
}

function copiesFromStdin(sql: string): boolean {
  const words = topWords(sql)
  return words.some(
    (statement) =>
      statement[0] === 'copy' &&
      statement.some((word, index) => word === 'from' && statement[index + 1] === 'stdin'),
  )
}

/** Names after CREATE EXTENSION and libraries after LOAD in the text. */
export function extensionsWanted(sql: string): readonly string[] {
  if (!/\b(extension|load)\b/i.test(sql)) return []
  const created = /\bextension\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[a-z_][\w$-]*)/gi
  const loaded = /\bload\s+'(?:\$libdir\/)?(?:plugins\/)?([\w-]+)(?:\.so)?'/gi
  return [...sql.matchAll(created), ...sql.matchAll(loaded)].map(([, name = '']) =>
    name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(),
  )
}

/** The words of each statement, outside comments, strings and parentheses, in lower case. */
function topWords(sql: string): readonly (readonly string[])[] {
  const statements: string[][] = [[]]
  const scanner = new Scanner(sql, 0)
  let depth = 0
  for (let token = scanner.next(); token !== null; token = scanner.next()) {
    if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    else if (token === ';' && depth <= 0) statements.push([])
    else if (token === 'word' && depth <= 0) statements.at(-1)?.push(scanner.word())
  }
  return statements
}
