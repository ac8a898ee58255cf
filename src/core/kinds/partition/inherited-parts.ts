import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { dollarQuote, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { isCheckPart, isForeignKeyPart, isIndexPart } from '../parts-of-tables.ts'
import { commonParts, merging } from './merging-parts.ts'
import type { Partition } from './partition.kind.ts'

/** What a partition has because its table has it, and keeps when it becomes the table `to`. */
function keptParts(to: ObjectBase, schema: Schema): readonly ObjectBase[] {
  return schema.children(to.id).filter(({ kind }) => merging.has(kind))
}

/** All but the columns goes that it has only because its table has it. */
export function dropOthers(table: string, to: ObjectBase, schema: Schema): string {
  const [indexes, constraints] = [true, false].map((isIndex) =>
    keptParts(to, schema).flatMap((part) => (isIndexPart(part) === isIndex ? [part.name] : [])),
  )
  return dropInherited(table, constraints, indexes)
}

/**
 * While it is known which parts of the table they belong to, they get the names that they are to have: PostgreSQL has
 * given them its own.
 */
export function nameKept(partition: Partition, to: ObjectBase, schema: Schema): readonly Statement[] {
  const whole = schema.get(partition.parent ?? '')
  if (!whole) return []
  const common = commonParts(to, schema, whole, schema)
  const kept = keptParts(to, schema).filter((part) => common.has(part.id) && !isCheckPart(part))
  if (kept.length === 0) return []
  const own = keptParts(to, schema).flatMap(({ id, name }) => (common.has(id) ? [] : [quoteText(name)]))
  const [table, home] = [regclass(partition, schema), regclass(whole, schema)]
  const renames = kept.map((part) => {
    const other = schema.get(common.get(part.id) ?? '')
    if (!other) throw new Error(`Nothing in ${whole.name} is like ${part.name}`)
    if (isForeignKeyPart(part)) {
      return `    SELECT format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', p.conrelid::regclass, p.conname, ${quoteText(part.name)})
    FROM pg_constraint p JOIN pg_constraint w ON w.oid = p.conparentid
    WHERE p.conrelid = ${table} AND w.conrelid = ${home} AND w.conname = ${quoteText(other.name)} AND p.conname <> ${quoteText(part.name)}`
    }
    return `    SELECT format('ALTER INDEX %s RENAME TO %I', inhrelid::regclass, ${quoteText(part.name)})
    FROM pg_inherits JOIN pg_index ON indexrelid = inhrelid
    WHERE indrelid = ${table} AND inhparent = ${quoteText(nameOfIndex(other, whole, schema))}::regclass`
  })
  const others = own.length === 0 ? '' : ` AND relname NOT IN (${own.join(', ')})`
  const aside = `    SELECT format('ALTER INDEX %s RENAME TO relata_%s', oid::regclass, oid)
    FROM pg_index JOIN pg_class ON oid = indexrelid
    WHERE indrelid = ${table}${others}`
  return [statement(partition, forEach([aside, renames.join('\n    UNION ALL\n')]))]
}

/** Their names are PostgreSQL's own, but for those that are kept. Primary keys go first: nothing but their index rests on them. */
export function dropInherited(
  table: string,
  constraints: readonly string[] = [],
  indexes: readonly string[] = [],
): string {
  const relation = `${quoteText(table)}::regclass`
  const others = (name: string, kept: readonly string[]) =>
    kept.length === 0 ? '' : ` AND ${name} NOT IN (${kept.map(quoteText).join(', ')})`
  return forEach([
    `    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
    WHERE conrelid = ${relation} AND contype IN ('c', 'f', 'p', 'u', 'x')${others('conname', constraints)}
    UNION ALL
    SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index${indexes.length === 0 ? '' : ' JOIN pg_class ON oid = indexrelid'}
    WHERE indrelid = ${relation} AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)${others('relname', indexes)}`,
  ])
}

/** Runs each statement that the queries give, one query after the other. */
function forEach(queries: readonly string[]): string {
  const loops = queries.map((query) => `  FOR part IN\n${query}\n  LOOP\n    EXECUTE part;\n  END LOOP;`)
  return `DO ${dollarQuote(['', 'DECLARE', '  part text;', 'BEGIN', ...loops, 'END', ''].join('\n'), 'parts')}`
}

function regclass(object: ObjectBase, schema: Schema): string {
  return `${quoteText(qualifiedName(object, schema))}::regclass`
}

/** An index, or that of a key: beside its table. */
function nameOfIndex({ name }: ObjectBase, whole: ObjectBase, schema: Schema): string {
  return qualifiedName({ ...whole, name }, schema)
}
