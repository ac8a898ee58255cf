import { clauseBefore, lastClause } from '../sql/clauses.ts'
import { type Identifier, renameIdentifiers, wordsIn } from '../sql/identifiers.ts'
import { defaultSchemaName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'

/** Turns an expression that uses the old name into one that uses the new one. */
export type Rewrite = (text: string) => string

interface ColumnUse {
  /** Bare mentions mean this column too. */
  readonly unqualified: boolean
  /** In a select list, `old` becomes `new AS old`, so that the view keeps its columns as PostgreSQL does. */
  readonly keepsOutput: boolean
}

/** Mentions of a column: bare, or after its table's name, an alias of it, or NEW and OLD. */
export function rewriteColumn(old: string, name: string, table: string, use: ColumnUse): Rewrite {
  return (text) => {
    const identifiers = wordsIn(text)
    if (use.keepsOutput && !identifiers.some((identifier) => identifier.name === table)) return text
    const owners = new Set([table, 'new', 'old', 'excluded', ...aliasesOf(table, identifiers, text)])
    const isOurs = (identifier: Identifier) =>
      identifier.name === old &&
      !identifier.keyword &&
      !identifier.called &&
      !identifier.quotedAsText &&
      !identifier.qualifies &&
      (identifier.qualifier === null ? use.unqualified : owners.has(identifier.qualifier))
    if (!use.keepsOutput) return renameIdentifiers(text, (found) => (isOurs(found) ? name : undefined))
    return replaceAll(
      text,
      identifiers.filter(isOurs).map((found) => ({
        found,
        written: isOutput(text, found, identifiers)
          ? `${quoteName(name)} AS ${quoteName(old)}`
          : quoteName(name),
      })),
    )
  }
}

function replaceAll(
  text: string,
  changes: readonly { readonly found: Identifier; readonly written: string }[],
): string {
  let result = ''
  let done = 0
  for (const { found, written } of changes) {
    result += text.slice(done, found.start) + written
    done = found.end
  }
  return result + text.slice(done)
}

/** Mentions of a table or view: after FROM, JOIN and the like, or as the qualifier of a column. */
export function rewriteRelation(old: string, name: string, namespace: string | null): Rewrite {
  return (text) => {
    const identifiers = wordsIn(text)
    return renameIdentifiers(text, (found) => {
      if (found.name !== old || found.called) return undefined
      if (found.quotedAsText) return name
      if (found.qualifier !== null && found.qualifier !== namespace) return undefined
      const isRelation = found.qualifies || clauseBefore(found, identifiers) === 'from'
      return isRelation ? name : undefined
    })
  }
}

/** Mentions of a schema (before a dot), sequence (in nextval), function (called) or type (after a cast). */
export function rewriteSpecial(
  kind: 'schema' | 'sequence' | 'function' | 'type',
  old: string,
  name: string,
): Rewrite {
  return (text) =>
    renameIdentifiers(text, (found) => {
      if (found.name !== old) return undefined
      switch (kind) {
        case 'schema':
          return found.qualifier === null && found.qualifies ? name : undefined
        case 'sequence':
          return found.quotedAsText && !found.qualifies ? name : undefined
        case 'function':
          return found.called ? name : undefined
        case 'type':
          return isCast(text, found) ? name : undefined
      }
    })
}

interface Moved {
  readonly kind: 'table' | 'view' | 'sequence' | 'function' | 'enum'
  readonly name: string
  /** Names of the schemas. */
  readonly from: string
  readonly to: string
}

/** Mentions of what moved to another schema get its new prefix; bare ones only where `from` needs none. */
export function rewriteNamespace({ kind, name, from, to }: Moved): Rewrite {
  const path = to === defaultSchemaName ? quoteName(name) : `${quoteName(to)}.${quoteName(name)}`
  return (text) => {
    const identifiers = wordsIn(text)
    const isBareMention = (found: Identifier): boolean => {
      if (found.qualifier !== null || from !== defaultSchemaName) return false
      if (found.quotedAsText) return !found.qualifies
      if (kind === 'function') return found.called
      if (kind === 'enum') return isCast(text, found)
      return !found.called && !found.qualifies && clauseBefore(found, identifiers) === 'from'
    }
    const changes = identifiers.flatMap((found, index) => {
      if (found.name !== name || found.keyword) return []
      const prefix = found.qualifier === from ? identifiers[index - 1] : undefined
      if (!prefix && !isBareMention(found)) return []
      const written = found.quotedAsText ? path.replaceAll("'", "''") : path
      return [{ found: { ...found, start: prefix?.start ?? found.start }, written }]
    })
    return replaceAll(text, changes)
  }
}

function isCast(text: string, found: Identifier): boolean {
  const before = text.slice(0, found.start).replace(/(?:"(?:[^"]|"")*"|[\w$]+)\s*\.\s*$/, '')
  return /::\s*$/.test(before) || /\bcast\s*\([^()]*\bas\s*$/i.test(before)
}

/** True for a column that is an item of a select list of its own, without an alias. */
function isOutput(text: string, found: Identifier, identifiers: readonly Identifier[]): boolean {
  const last = lastClause(found, identifiers)
  if (last?.clause !== 'select') return false
  const before = text.slice(last.end, found.start)
  const open = before.split('(').length - before.split(')').length
  return open === 0 && /(^|,)\s*(?:(?:"(?:[^"]|"")*"|[\w$]+)\s*\.\s*)*$/.test(before) && endsItem(text, found)
}

function endsItem(text: string, found: Identifier): boolean {
  return /^\s*(,|from\b|\)|$)/i.test(text.slice(found.end))
}

const notAnAlias = new Set(
  'where join inner left right full cross natural on using group order having limit window union set as'.split(
    ' ',
  ),
)

/** Names that stand for the table after `FROM table [AS] alias`. */
function aliasesOf(table: string, identifiers: readonly Identifier[], text: string): readonly string[] {
  const aliases: string[] = []
  for (const [index, identifier] of identifiers.entries()) {
    if (identifier.name !== table) continue
    const rest = identifiers.slice(index + 1, index + 3)
    const [next] = rest[0]?.name === 'as' ? rest.slice(1) : rest
    if (!next || notAnAlias.has(next.name)) continue
    if (/^\s+(as\s+)?$/i.test(text.slice(identifier.end, next.start))) aliases.push(next.name)
  }
  return aliases
}
