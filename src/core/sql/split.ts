import { endlessRun } from './endless-run.ts'
import { type Chunk, chunksOf } from './lexical-split.ts'

/** One parsed statement: the name of its node in PostgreSQL's parse tree ("CreateStmt") and the node itself. */
export interface ParsedStatement {
  readonly type: string
  readonly node: SqlNode
}

/** A node of PostgreSQL's parse tree as libpg_query gives it in JSON. */
export type SqlNode = Readonly<Record<string, unknown>>

/** Why the parser refused a text. */
export interface SyntaxProblem {
  readonly message: string
  /** 1-based, in code points. */
  readonly position: number
}

/** PostgreSQL's own parser, passed in: core has no package with side effects. */
export type ParseSql = (sql: string) => readonly ParsedStatement[] | SyntaxProblem

/** One statement of a source text. */
export interface SourceStatement {
  /** Without surrounding comments and final semicolon. */
  readonly sql: string
  /** 1-based line on which it starts. */
  readonly line: number
  /** UTF-16 offset of its first character. */
  readonly start: number
  readonly content:
    | { readonly type: 'statement'; readonly parsed: ParsedStatement }
    /** What the parser refuses. */
    | { readonly type: 'broken'; readonly problem: SyntaxProblem }
    /** A line that psql would take: `\connect app`. */
    | { readonly type: 'meta-command' }
    /** Lines between `COPY … FROM stdin;` and `\.`: `sql` is empty, as it may be large. */
    | { readonly type: 'copy-data'; readonly rows: number; readonly end: number }
}

/**
 * Splits SQL text into statements, each classified by PostgreSQL's parser. Never fails: what the parser refuses is
 * isolated, so that the statements around it survive.
 */
export function splitSql(source: string, parse: ParseSql): SourceStatement[] {
  const statements: SourceStatement[] = []
  for (const chunk of chunksOf(source)) classify(chunk, source, parse, statements)
  return statements
}

function classify(chunk: Chunk, source: string, parse: ParseSql, into: SourceStatement[]): void {
  const { line, start } = chunk
  if (chunk.type === 'meta-command') {
    into.push({ sql: source.slice(start, chunk.end), line, start, content: { type: 'meta-command' } })
    return
  }
  if (chunk.type === 'copy-data') {
    into.push({ sql: '', line, start, content: { type: 'copy-data', rows: chunk.rows, end: chunk.end } })
    return
  }
  const sql = source.slice(start, chunk.end)
  const parsed = refusalOf(sql) ?? parse(chunk.innerSemicolon ? sql : shortened(sql))
  if ('message' in parsed) {
    if (chunk.innerSemicolon) {
      const parts = chunksOf(source.slice(start, chunk.end), { flat: true })
      for (const part of parts) {
        const moved = {
          ...part,
          start: part.start + start,
          end: part.end + start,
          line: part.line + line - 1,
        }
        classify({ ...moved, innerSemicolon: false }, source, parse, into)
      }
      return
    }
    into.push({ sql, line, start, content: { type: 'broken', problem: parsed } })
    return
  }
  const [first] = parsed
  if (first) into.push({ sql, line, start, content: { type: 'statement', parsed: first } })
}

/** What no parser is asked. */
function refusalOf(sql: string): SyntaxProblem | null {
  const refuse = (message: string, at: number) => ({ message, position: [...sql.slice(0, at)].length + 1 })
  const nul = sql.indexOf('\0')
  if (nul !== -1) return refuse('a NUL character, with which a text of PostgreSQL ends', nul)
  const run = endlessRun(sql)
  if (!run) return null
  return refuse(run.what === 'operator' ? 'operator too long' : 'comments are nested too deeply', run.at)
}

/** Rows by the megabyte make a parse tree of gigabytes: of a long INSERT only the target is parsed. */
function shortened(sql: string): string {
  if (sql.length < longInsert) return sql
  const [, target] = /^insert\s+into\s+((?:(?:"(?:[^"]|"")+"|[^\s"(.]+)\.?)+)/i.exec(sql.slice(0, 500)) ?? []
  return target === undefined ? sql : `INSERT INTO ${target} DEFAULT VALUES`
}

const longInsert = 10_000
