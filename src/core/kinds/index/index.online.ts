import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { isColumn } from '../column/column.kind.ts'
import { isFilled } from '../column/column.online.ts'
import type { Online, StageEdit } from '../online.ts'
import { builtByPartition, isOnPartitions, outside } from '../partition-builds.ts'
import { createIndexSql } from './index.ddl.ts'
import type { Index } from './index.kind.ts'

export const indexOnline: Online<Index> = {
  added: (index, context) => {
    // A unique index stops code that writes duplicates; one on columns that are filled is built faster after that.
    const filled = index.keys.some(({ column }) => {
      const fresh =
        column !== null && !context.from.get(column) ? context.to.find(column, isColumn) : undefined
      return fresh !== undefined && isFilled(fresh, context)
    })
    if (!index.unique && !filled) return null
    const gates = index.unique
      ? { backfill: `Deploy code that writes no two rows with the same key of ${index.name}.` }
      : {}
    return { edits: [{ stage: 'guard', put: [index] }], gates }
  },

  changed(from, to, fields, context) {
    if (fields.every((name) => name === 'name' || name === 'comment' || name === 'with')) return null
    const old = `${from.id}~old`
    const fresh = context.like(to, (index) => ({
      ...index,
      id: `${to.id}~new`,
      name: context.spareName(to.name, 'new'),
    }))
    const becomes = new Map([
      [from.id, old],
      [fresh.id, to.id],
    ])
    const edits: StageEdit[] = [
      { stage: 'guard', put: [fresh] },
      { stage: 'finish', becomes, put: [to], remove: [old] },
    ]
    return { edits }
  },

  create: (index, schema) =>
    isOnPartitions(index, schema)
      ? builtByPartition(index, schema, {
          clear: (copy) => [`DROP INDEX IF EXISTS ${qualifiedName(copy, schema)}`],
          whole: (copy) => createIndexSql(copy, schema, true),
          part: (copy) => concurrently(copy, schema),
        })
      : concurrently(index, schema).map((sql) => outside(index, sql)),
  /** PostgreSQL drops no partitioned index concurrently (docs DROP INDEX); it has nothing to wait for but readers. */
  drop: (index, schema, isPlain) => [
    isPlain || isOnPartitions(index, schema)
      ? statement(index, `DROP INDEX IF EXISTS ${qualifiedName(index, schema)}`)
      : outside(index, `DROP INDEX CONCURRENTLY IF EXISTS ${qualifiedName(index, schema)}`),
  ],
}

/** First without what a build that failed left behind, which a second attempt must not meet. */
export function concurrently(index: Index, schema: Schema): readonly string[] {
  return [
    `DROP INDEX CONCURRENTLY IF EXISTS ${qualifiedName(index, schema)}`,
    createIndexSql(index, schema).replace(/^CREATE (UNIQUE )?INDEX /, '$&CONCURRENTLY '),
  ]
}
