import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isFunction } from '../../core/kinds/function/function.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { isView } from '../../core/kinds/view/view.kind.ts'
import type { Schema } from '../../core/model/schema.ts'
import { qualifiedName, typeName } from '../../core/sql/names.ts'
import { quoteName } from '../../core/sql/quote.ts'
import type { Completion } from '../../ui/monaco/completion.ts'

const words = `SELECT FROM WHERE JOIN LEFT JOIN ON GROUP BY ORDER BY HAVING LIMIT WITH RECURSIVE INSERT INTO VALUES UPDATE SET
  DELETE FROM RETURNING DISTINCT COUNT SUM AVG MIN MAX COALESCE CASE WHEN THEN ELSE END AND OR NOT NULL IS EXISTS
  UNION ALL OVER PARTITION EXPLAIN ANALYZE`

/** Tables, views, their columns, functions and the words of a query. */
export function queryCompletions(schema: Schema): readonly Completion[] {
  const tables = schema.all(isTable)
  const relations = [...tables, ...schema.all(isView)].map(
    (relation): Completion => ({
      label: relation.name,
      insert: qualifiedName(relation, schema),
      kind: 'relation',
    }),
  )
  const columns = tables.flatMap((table) =>
    schema.childrenOf(table.id, isColumn).map(
      (column): Completion => ({
        label: column.name,
        insert: quoteName(column.name),
        kind: 'field',
        owner: table.name,
        detail: `${table.name}, ${typeName(column.type, schema)}`,
      }),
    ),
  )
  const functions = schema
    .all(isFunction)
    .map((each): Completion => ({ label: each.name, insert: qualifiedName(each, schema), kind: 'routine' }))
  const keywords = [...new Set(words.split(/\s+/))].map((label): Completion => ({ label, kind: 'keyword' }))
  return [...relations, ...columns, ...functions, ...keywords]
}
