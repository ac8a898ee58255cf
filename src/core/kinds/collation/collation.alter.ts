import { sameValue } from '../../model/equality.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { identifiersIn } from '../../sql/identifiers.ts'
import { commentSql, namespaceOf, qualifiedName } from '../../sql/names.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { isAttribute } from '../attribute/attribute.kind.ts'
import { alterColumn } from '../column/column.ddl.ts'
import { isColumn } from '../column/column.kind.ts'
import { typeAction } from '../column/column.type.ts'
import { isDomain } from '../domain/domain.kind.ts'
import { readField } from '../field-access.ts'
import type { AlterRule } from '../kind.ts'
import { isRange } from '../range-type/range-type.kind.ts'
import { spareName } from '../retyping.ts'
import type { Collation } from './collation.kind.ts'

/** In the order of the fields. */
const definition = ['provider', 'locale', 'lcCollate', 'lcCtype', 'deterministic', 'rules'] as const

/** PostgreSQL has no way to change what a collation does: a new one takes its name, and every column moves over. */
export function alterDefinition(field: (typeof definition)[number]): AlterRule<Collation> {
  return {
    statements: (from, to, schema) => {
      // Of several that change the last does it.
      const later = definition.slice(definition.indexOf(field) + 1)
      if (later.some((name) => !sameValue(readField(from, name), readField(to, name)))) return []
      const old = { ...from, name: spareName(from.name) }
      return [
        statement(from, `ALTER COLLATION ${qualifiedName(from, schema)} RENAME TO ${quoteName(old.name)}`),
        createCollation({ ...to, name: from.name, parent: from.parent }, schema),
        ...(from.comment === null
          ? []
          : [statement(from, commentSql(`COLLATION ${qualifiedName(from, schema)}`, from.comment))]),
        ...columnsIn(from, schema).map((column) =>
          alterColumn(column, schema, typeAction({ ...column, using: null }, schema)),
        ),
        statement(from, `DROP COLLATION ${qualifiedName(old, schema)}`),
      ]
    },
    refuses: (from, _to, schema) => {
      const holder = holderOf(from, schema)
      return holder
        ? `${from.name} would have to be made anew, which ${holder.name} does not allow, being sorted by it. Make the new collation under another name and move ${holder.name} to it.`
        : null
    },
    disturbs: (from, _to, schema) => [from.id, ...columnsIn(from, schema).map(({ id }) => id)],
    converts: () => true,
    hazards: (from) => [
      {
        code: 'may-fail',
        message: `Stops when two rows are the same by the new ${from.name} where they must not be.`,
      },
    ],
  }
}

function columnsIn(collation: Collation, schema: Schema) {
  return schema
    .all(isColumn)
    .filter((column) => column.generated === null && names(column.collation, collation, schema))
}

/** A type that is sorted by it. */
function holderOf(collation: Collation, schema: Schema): ObjectBase | undefined {
  const sorted = [...schema.all(isDomain), ...schema.all(isAttribute), ...schema.all(isRange)]
  return sorted.find((holder) => names(holder.collation, collation, schema))
}

function names(text: string | null, collation: Collation, schema: Schema): boolean {
  const name = text === null ? undefined : identifiersIn(text).at(-1)
  if (name?.name !== collation.name) return false
  return name.qualifier === null || name.qualifier === namespaceOf(collation, schema)
}

/** CREATE COLLATION. */
export function createCollation(collation: Collation, schema: Schema): Statement {
  const text = (word: string, value: string | null) =>
    value === null ? [] : [`${word} = ${quoteText(value)}`]
  const options = [
    `PROVIDER = ${collation.provider}`,
    ...text('LOCALE', collation.locale),
    ...text('LC_COLLATE', collation.lcCollate),
    ...text('LC_CTYPE', collation.lcCtype),
    ...(collation.deterministic ? [] : ['DETERMINISTIC = false']),
    ...text('RULES', collation.rules),
  ]
  return statement(collation, `CREATE COLLATION ${qualifiedName(collation, schema)} (${options.join(', ')})`)
}
