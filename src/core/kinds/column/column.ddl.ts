import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf, typeName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { allHeirsOf, dropPart, onlyClause } from '../inheritance.ts'
import { sequenceTypeOf, writtenOptions } from '../sequence/sequence-options.ts'
import { inheritedOtherwise } from './column.inherited.ts'
import type { Column, Identity } from './column.kind.ts'

/** The column's line in CREATE TABLE and after ADD COLUMN. */
export function columnClause(column: Column, schema: Schema): string {
  return `${quoteName(column.name)} ${columnDefinition(column, schema)}`
}

/** The fields that `columnDefinition` writes. */
export const definedFields = ['type', 'collation', 'generated', 'identity', 'notNull', 'default'] as const

/** What stands after the column's name in its line. */
export function columnDefinition(column: Column, schema: Schema): string {
  const parts = [typeName(column.type, schema)]
  if (column.collation !== null) parts.push(`COLLATE ${column.collation}`)
  if (column.generated) {
    const { expression, storage } = column.generated
    parts.push(`GENERATED ALWAYS AS (${expression}) ${storage.toUpperCase()}`)
  }
  if (column.identity) parts.push(identityClause(column.identity, column.type.base))
  if (column.notNull) parts.push('NOT NULL')
  if (column.default !== null) parts.push(`DEFAULT ${column.default}`)
  return parts.join(' ')
}

export function identityClause(identity: Identity, base: string): string {
  const options = writtenOptions(identity.options, sequenceTypeOf(base))
  const clause = `GENERATED ${identity.generation.toUpperCase()} AS IDENTITY`
  return options.length === 0 ? clause : `${clause} (${options.join(' ')})`
}

/** `ALTER TABLE <the column's table> ALTER COLUMN <name> <action>`. */
export function alterColumn(column: Column, schema: Schema, action: string): Statement {
  return alterColumnTogether(column, schema, [action])
}

/** Several actions on one column in one statement: PostgreSQL drops first, then converts, then sets. */
export function alterColumnTogether(column: Column, schema: Schema, actions: readonly string[]): Statement {
  const parts = actions.map((action) => `ALTER COLUMN ${quoteName(column.name)} ${action}`)
  const separator = parts.length === 1 ? ' ' : '\n  '
  const table = qualifiedNameOf(column.parent, schema)
  return statement(column, `ALTER TABLE ${table}${separator}${parts.join(`,${separator}`)}`)
}

/** Not on those that inherit the column: each of them says for itself what PostgreSQL does not make it follow. */
export function alterColumnAlone(column: Column, schema: Schema, action: string): Statement {
  const table = `${onlyClause(column.parent, schema)}${qualifiedNameOf(column.parent, schema)}`
  return statement(column, `ALTER TABLE ${table} ALTER COLUMN ${quoteName(column.name)} ${action}`)
}

/** What the table only inherits is there with the column that it comes from. */
export function addColumn(column: Column, schema: Schema): readonly Statement[] {
  return column.local
    ? [addition(column, schema), ...heirsOtherwise(column, schema)]
    : inheritedOtherwise(column, schema)
}

/** In a table that has rows, with `value` in them. */
export function addFilledColumn(column: Column, value: string, schema: Schema): readonly Statement[] {
  return [
    addition({ ...column, default: value }, schema),
    alterColumn(column, schema, 'DROP DEFAULT'),
    ...allHeirsOf(column, schema)
      .filter((heir) => heir.local && heir.default !== null)
      .map((heir) => alterColumnAlone(heir, schema, `SET DEFAULT ${heir.default}`)),
    ...heirsOtherwise(column, schema),
  ]
}

function addition(column: Column, schema: Schema): Statement {
  const table = qualifiedNameOf(column.parent, schema)
  return statement(column, `ALTER TABLE ${table} ADD COLUMN ${columnClause(column, schema)}`)
}

function heirsOtherwise(column: Column, schema: Schema): readonly Statement[] {
  return allHeirsOf(column, schema)
    .filter(({ local }) => !local)
    .flatMap((heir) => inheritedOtherwise(heir, schema))
}

export function dropColumn(column: Column, schema: Schema): readonly Statement[] {
  return dropPart(column, schema, `DROP COLUMN ${quoteName(column.name)}`)
}
