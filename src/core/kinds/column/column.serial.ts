import type { Schema } from '../../model/schema.ts'
import { identifiersIn } from '../../sql/identifiers.ts'
import { qualifiedName } from '../../sql/names.ts'
import { quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { isSequence, type Sequence } from '../sequence/sequence.kind.ts'
import { copyPosition, sequenceOfColumn } from '../sequence/sequence-position.ts'
import type { Column } from './column.kind.ts'

/** The sequence that its default takes the next number of: what `serial` stands for (docs 8.1.4). */
export function serialOf({ default: text }: Column, schema: Schema): Sequence | undefined {
  const [call, ...names] = text === null ? [] : identifiersIn(text)
  if (call?.name !== 'nextval') return undefined
  const read = names.filter(({ quotedAsText }) => quotedAsText).at(-1)
  const named = schema.all(isSequence).filter(({ name }) => name === read?.name)
  const qualified = named.find((sequence) => text?.includes(qualifiedName(sequence, schema)))
  return named.length > 1 ? qualified : named[0]
}

/** An identity goes on where the sequence of its column is. The column has its own only once that owns nothing. */
export function identityGoesOn(from: Column, schema: Schema): readonly Statement[] {
  const sequence = serialOf(from, schema)
  const table = from.parent === null ? undefined : schema.get(from.parent)
  if (!sequence || !table) return []
  const name = qualifiedName(sequence, schema)
  const release =
    sequence.ownedBy === from.id ? [statement(from, `ALTER SEQUENCE ${name} OWNED BY NONE`)] : []
  return [...release, statement(from, copyPosition(quoteText(name), sequenceOfColumn(table, from, schema)))]
}

/** A sequence goes on where the identity of the column is that it is for. */
export function serialGoesOn(from: Column, to: Column, schema: Schema): readonly Statement[] {
  const sequence = serialOf(to, schema)
  const table = from.parent === null ? undefined : schema.get(from.parent)
  if (!sequence || !table) return []
  const name = quoteText(qualifiedName(sequence, schema))
  return [statement(from, copyPosition(sequenceOfColumn(table, from, schema), name))]
}
