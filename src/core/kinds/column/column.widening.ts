import type { PgType } from '../../model/pg-type.ts'

/**
 * True when every value is stored alike in both types, so that PostgreSQL changes the type without a rewrite and without
 * reading rows. What is not listed may rewrite: then the change takes more steps than it needs, and no harm.
 */
export function isWidening(from: PgType, to: PgType): boolean {
  if (from.dimensions !== to.dimensions) return false
  const [a, b] = [from.base, to.base]
  if (a === 'character varying' && (b === a || b === 'text')) return b === 'text' || isLonger(from, to)
  if (a === 'text') return b === 'character varying' && to.modifiers === ''
  if (a === 'cidr') return b === 'inet'
  if (a !== b) return false
  if (a === 'numeric') return isMorePrecise(from, to)
  if (a === 'bit varying' || /^(time|timestamp)\b/.test(a)) return isLonger(from, to)
  return from.modifiers === to.modifiers && from.ref === to.ref
}

/** No limit is the longest. */
function isLonger(from: PgType, to: PgType): boolean {
  return to.modifiers === '' || (from.modifiers !== '' && Number(to.modifiers) >= Number(from.modifiers))
}

/** More digits before the point, the same number after it. */
function isMorePrecise(from: PgType, to: PgType): boolean {
  if (to.modifiers === '') return true
  const [precision = 0, scale = 0] = from.modifiers.split(',').map(Number)
  const [newPrecision = 0, newScale = 0] = to.modifiers.split(',').map(Number)
  return from.modifiers !== '' && newPrecision >= precision && newScale === scale
}
