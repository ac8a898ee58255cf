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

/** Before a change of type: a default that an heir has for itself would be cast, which fails where there is no cast. */
export function withoutHeirDefaults(from: Column, schema: Schema): readonly Statement[] {
  return allHeirsOf(from, schema)
    .filter((heir) => heir.generated === null && heir.default !== null && heir.default !== from.default)
    .map((heir) => alterColumnAlone(heir, schema, 'DROP DEFAULT'))
}

/** After the change of type of what it is inherited from, which took its default along: the default that it keeps. */
export function keptDefault(from: Column, to: Column, schema: Schema): readonly Statement[] {
  if (from.generated !== null || from.default !== to.default) return []
  if (to.default === null && firstDefault(inheritedFrom(from, schema)) === null) return []
  return [alterColumnAlone(from, schema, defaultAction(to))]
}
