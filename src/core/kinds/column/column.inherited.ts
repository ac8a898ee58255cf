import type { Schema } from '../../model/schema.ts'
import type { Statement } from '../../sql/statement.ts'
import { allHeirsOf, inheritedFrom } from '../inheritance.ts'
import { alterColumn, alterColumnAlone } from './column.ddl.ts'
import type { Column } from './column.kind.ts'

/** What a column, just made together with those that it inherits from, has otherwise than they. */
export function inheritedOtherwise(column: Column, schema: Schema): readonly Statement[] {
  const above = inheritedFrom(column, schema)
  if (above.length === 0) return []
  const actions: string[] = []
  const given = column.local && column.default !== null ? column.default : firstDefault(above)
  if (column.generated === null && given !== column.default) actions.push(defaultAction(column))
  if (
    column.generated !== null &&
    !column.local &&
    column.generated.expression !== above[0]?.generated?.expression
  )
    actions.push(`SET EXPRESSION AS (${column.generated.expression})`)
  if (column.notNull && !column.local && !above.some(({ notNull }) => notNull)) actions.push('SET NOT NULL')
  if (above.some(({ storage }) => storage !== null))
    actions.push(`SET STORAGE ${(column.storage ?? 'default').toUpperCase()}`)
  if (above.some(({ compression }) => compression !== null))
    actions.push(`SET COMPRESSION ${column.compression ?? 'DEFAULT'}`)
  return actions.map((action) => alterColumn(column, schema, action))
}

function firstDefault(columns: readonly Column[]): string | null {
  return columns.find((column) => column.default !== null)?.default ?? null
}

export function defaultAction(column: Column): string {
  return column.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${column.default}`
}

/** The statements before and after a change of type that takes the defaults of all heirs along. */
export function heirDefaults(
  from: Column,
  to: Column,
  schema: Schema,
): { readonly before: readonly Statement[]; readonly after: readonly Statement[] } {
  const others = allHeirsOf(from, schema).filter(
    (heir) => heir.generated === null && heir.default !== from.default,
  )
  const given = others.filter((heir) => heir.default !== null)
  const taken = from.default !== null && from.default === to.default
  return {
    before: given.map((heir) => alterColumnAlone(heir, schema, 'DROP DEFAULT')),
    after: (taken ? others : given).map((heir) => alterColumnAlone(heir, schema, defaultAction(heir))),
  }
}
