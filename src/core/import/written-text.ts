import { Scanner } from '../sql/scanner.ts'
import type { SourceStatement } from '../sql/split.ts'

/** Words that PostgreSQL prints otherwise than people write them, or not at all: they tell no expression from another. */
const ignored = new Set(
  `in any all array between symmetric and or not like ilike similar to is null cast as operator pg_catalog public
   text integer int bigint smallint numeric decimal varchar character varying char boolean bool uuid json jsonb interval
   date time timestamp timestamptz with without zone double precision real escape collate select from where distinct
   current_timestamp now`.split(/\s+/),
)

const casts =
  /::\s*(?:"[^"]+"|[a-z_][\w.]*(?:\s+(?:varying|precision|with(?:out)?\s+time\s+zone))?)(?:\s*\(\s*\d+(?:\s*,\s*\d+)?\s*\))?(?:\[\])*/gi

/** What an expression is about, so that its text can be told from others: names and constants, each once, sorted. */
export function signatureOf(expression: string): string {
  const scanner = new Scanner(expression.replaceAll(casts, ' '), 0)
  const found = new Set<string>()
  for (let token = scanner.next(); token !== null; token = scanner.next()) {
    if (token !== 'word' && token !== 'quoted' && token !== 'other') continue
    const piece = token === 'quoted' ? scanner.text() : scanner.word()
    const plain = piece.replace(/^e?'-?|^"|'$|"$/gi, '')
    if (token === 'other' ? /\d/.test(plain) : !ignored.has(plain)) found.add(plain)
  }
  return [...found].sort().join(' ')
}

/** True when the two differ by white space alone. */
export function sameButForLayout(a: string, b: string): boolean {
  return a === b || a.replaceAll(/\s/g, '') === b.replaceAll(/\s/g, '')
}

const creators = new Set([
  'CreateStmt',
  'AlterTableStmt',
  'IndexStmt',
  'CreateTrigStmt',
  'CreatePolicyStmt',
  'CreateDomainStmt',
  'AlterDomainStmt',
])

/** Views and materialized views. */
const views = new Set(['ViewStmt', 'CreateTableAsStmt'])

/** Words before an expression in parentheses. */
const holdsExpression = new Set('check as when using'.split(' '))

/** Where a DEFAULT expression ends. */
const endsDefault = new Set(
  'constraint not null check primary unique references generated deferrable initially storage compression collate'.split(
    ' ',
  ),
)

/** Every text in a statement that may be an expression of what it makes. Some are none: PostgreSQL judges them. */
export function expressionTexts({ content, sql }: SourceStatement): readonly string[] {
  if (content.type !== 'statement') return []
  if (views.has(content.parsed.type)) return viewQuery(sql)
  return creators.has(content.parsed.type) ? clauses(sql, content.parsed.type === 'IndexStmt') : []
}

interface Piece {
  readonly token: string
  readonly word: string
  readonly start: number
  readonly end: number
  /** Parentheses open before it. */
  readonly depth: number
}

function piecesOf(sql: string): readonly Piece[] {
  const scanner = new Scanner(sql, 0)
  const pieces: Piece[] = []
  let depth = 0
  for (let token = scanner.next(); token !== null; token = scanner.next()) {
    if (token === 'comment') continue
    if (token === ')') depth -= 1
    pieces.push({ token, word: scanner.word(), start: scanner.start, end: scanner.end, depth })
    if (token === '(') depth += 1
  }
  return pieces
}

function clauses(sql: string, isIndex: boolean): readonly string[] {
  const pieces = piecesOf(sql)
  const texts: string[] = []
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1]
    if (piece.token !== 'word' || !next) continue
    const { word, depth } = piece
    if (next.token === '(' && holdsExpression.has(word)) {
      texts.push(inParentheses(sql, pieces, index + 1))
    } else if (word === 'default') {
      const stop = pieces.findIndex(
        (other, at) =>
          at > index + 1 &&
          (other.depth < depth ||
            (other.depth === depth && (other.word === ',' || endsDefault.has(other.word)))),
      )
      texts.push(sql.slice(next.start, pieces[(stop === -1 ? pieces.length : stop) - 1]?.end))
    } else if (isIndex && word === 'where' && depth === 0) texts.push(sql.slice(next.start))
  }
  if (isIndex) texts.push(...indexKeys(sql, pieces))
  return texts.map((text) => text.trim())
}

/** The keys of CREATE INDEX that are expressions; all but function calls need their parentheses. */
function indexKeys(sql: string, pieces: readonly Piece[]): readonly string[] {
  const texts: string[] = []
  const open = pieces.findIndex(({ token }) => token === '(')
  for (let index = open + 1; index > 0 && index < pieces.length; index += 1) {
    const piece = pieces[index]
    if (!piece || piece.depth === 0) break
    if (piece.token !== '(' || piece.depth !== 1) continue
    const inner = inParentheses(sql, pieces, index)
    const before = pieces[index - 1]
    const called = before?.token === 'word' && before.depth === 1
    texts.push(called ? `${before.word}(${inner})` : isWrapped(inner) ? inner : `(${inner})`)
  }
  return texts
}

/** True when one pair of parentheses holds all of it. */
function isWrapped(text: string): boolean {
  const pieces = piecesOf(text)
  return (
    pieces.at(0)?.token === '(' &&
    pieces.findIndex(({ token, depth }) => token === ')' && depth === 0) === pieces.length - 1
  )
}

function inParentheses(sql: string, pieces: readonly Piece[], open: number): string {
  const from = pieces[open]
  const close = pieces.find((piece, at) => at > open && piece.token === ')' && piece.depth === from?.depth)
  return from && close ? sql.slice(from.end, close.start) : ''
}

/** What follows AS in CREATE VIEW, without WITH CHECK OPTION or WITH NO DATA. */
function viewQuery(sql: string): readonly string[] {
  const as = piecesOf(sql).find(({ word, depth, token }) => token === 'word' && word === 'as' && depth === 0)
  if (!as) return []
  return [
    sql
      .slice(as.end)
      .replace(/\bwith\s+(?:(?:(?:local|cascaded)\s+)?check\s+option|(?:no\s+)?data)\s*$/i, '')
      .trim(),
  ]
}
