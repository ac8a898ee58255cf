import type { Identifier } from './identifiers.ts'

interface Clause {
  /** Where relations are named, where columns are put out, or any other place. */
  readonly clause: 'select' | 'from' | 'where'
  /** UTF-16 offset of the end of the keyword. */
  readonly end: number
}

const clauses: Readonly<Record<string, Clause['clause']>> = {
  select: 'select',
  distinct: 'select',
  from: 'from',
  join: 'from',
  only: 'from',
  where: 'where',
  on: 'where',
  using: 'where',
  group: 'where',
  order: 'where',
  having: 'where',
  window: 'where',
  limit: 'where',
  union: 'where',
}

/** The clause that an identifier stands in, by the last keyword before it. */
export function clauseBefore(found: Identifier, identifiers: readonly Identifier[]): Clause['clause'] | null {
  return lastClause(found, identifiers)?.clause ?? null
}

/** The last such keyword before an identifier, and where it ends. */
export function lastClause(found: Identifier, identifiers: readonly Identifier[]): Clause | null {
  let last: Clause | null = null
  for (const identifier of identifiers) {
    if (identifier.start >= found.start) break
    // JOIN before a parenthesis might be a call.
    const clause = identifier.keyword || identifier.called ? clauses[identifier.name] : undefined
    if (clause !== undefined) last = { clause, end: identifier.end }
  }
  return last
}
