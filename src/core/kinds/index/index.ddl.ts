import type { Schema } from '../../model/schema.ts'
import { namesOf, qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import type { AlterRule } from '../kind.ts'
import { isOnPartitions } from '../partition-builds.ts'
import { setTablespace, tablespaceClause } from '../storage.ts'
import { changedParameters, parameterActions, printParameter, splitParameter } from '../storage-parameters.ts'
import type { Index, IndexKey } from './index.kind.ts'

/** `only`: not on the partitions of its table. */
export function createIndexSql(index: Index, schema: Schema, only = false): string {
  const unique = index.unique ? 'UNIQUE ' : ''
  const table = `${only ? 'ONLY ' : ''}${qualifiedNameOf(index.parent, schema)}`
  const using = index.method === 'btree' ? '' : ` USING ${quoteName(index.method)}`
  const keys = index.keys.map((key) => printKey(key, schema)).join(', ')
  const parts = [`CREATE ${unique}INDEX ${quoteName(index.name)} ON ${table}${using} (${keys})`]
  if (index.include.length > 0) parts.push(`INCLUDE (${namesOf(index.include, schema).join(', ')})`)
  if (index.nullsNotDistinct) parts.push('NULLS NOT DISTINCT')
  if (index.with.length > 0) parts.push(`WITH (${index.with.map(printParameter).join(', ')})`)
  parts.push(tablespaceClause(index).trim())
  if (index.where !== null) parts.push(`WHERE ${index.where}`)
  return parts.filter((part) => part !== '').join(' ')
}

export function printKey(key: IndexKey, schema: Schema): string {
  const parts = [
    key.column === null ? printExpression(key.expression ?? '') : (namesOf([key.column], schema)[0] ?? ''),
  ]
  if (key.collation !== null) parts.push(`COLLATE ${key.collation}`)
  if (key.opclass !== null) parts.push(key.opclass)
  if (key.order === 'desc') parts.push('DESC')
  if (key.nulls !== null) parts.push(`NULLS ${key.nulls.toUpperCase()}`)
  return parts.join(' ')
}

/** Only a bare function call may stand without parentheses (docs CREATE INDEX); more of them do no harm. */
function printExpression(expression: string): string {
  return /^[a-z_][\w.]*\([^()]*\)$/i.test(expression) || isParenthesized(expression)
    ? expression
    : `(${expression})`
}

/** `(a) + (b)` is not; strings and quoted names with parentheses in them make the answer no, which is safe. */
function isParenthesized(expression: string): boolean {
  if (!expression.startsWith('(') || /['"$]/.test(expression)) return false
  let depth = 0
  for (const [place, letter] of [...expression].entries()) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (depth === 0) return place === [...expression].length - 1
  }
  return false
}

/** Parameters that matter from now on; any other shapes the index when it is built. */
const changeable = new Set([
  'fillfactor',
  'deduplicate_items',
  'fastupdate',
  'gin_pending_list_limit',
  'buffering',
  'autosummarize',
])

export const alterWith: AlterRule<Index> = {
  statements: (from, to, schema) => {
    const { set, reset } = changedParameters(from.with, to.with)
    const names = [...set.map((parameter) => splitParameter(parameter)[0]), ...reset]
    if (!names.every((name) => changeable.has(name))) return 'replace'
    return parameterActions(from.with, to.with).map((action) =>
      statement(from, `ALTER INDEX ${qualifiedName(from, schema)} ${action}`),
    )
  },
}

const moveTo = setTablespace<Index>((index, schema) => `ALTER INDEX ${qualifiedName(index, schema)}`)

/** On a partitioned table that decides only where the indexes of partitions to come are made. */
export const alterTablespace: AlterRule<Index> = {
  statements: (from, to, schema) =>
    isOnPartitions(from, schema) ? 'replace' : moveTo.statements(from, to, schema),
}
