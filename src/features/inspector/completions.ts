import { useMemo } from 'react'
import { columnsBeside } from '../../core/kinds/column-holder.ts'
import { isFunction } from '../../core/kinds/function/function.kind.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { typeName } from '../../core/sql/names.ts'
import { quoteName } from '../../core/sql/quote.ts'
import type { Completion } from '../../ui/monaco/completion.ts'

/** What expressions of an object may name: columns beside it, then functions. */
export function useCompletions(object: ObjectBase, schema: Schema): () => readonly Completion[] {
  return useMemo(() => {
    let list: readonly Completion[] | null = null
    return () => {
      list ??= completionsFor(object, schema)
      return list
    }
  }, [object, schema])
}

const commonFunctions =
  'now() gen_random_uuid() current_timestamp current_date length() lower() upper() trim() coalesce() nullif() array[]'

function completionsFor(object: ObjectBase, schema: Schema): readonly Completion[] {
  const columns = columnsBeside(object, schema).map(
    (column): Completion => ({
      label: column.name,
      insert: quoteName(column.name),
      kind: 'field',
      detail: typeName(column.type, schema),
    }),
  )
  const functions = schema
    .all(isFunction)
    .map((each): Completion => ({ label: each.name, insert: quoteName(each.name), kind: 'routine' }))
  const builtIn = commonFunctions.split(' ').map((label): Completion => ({ label, kind: 'routine' }))
  return [...columns, ...functions, ...builtIn]
}
