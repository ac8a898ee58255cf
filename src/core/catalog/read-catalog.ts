import type { Kind } from '../kinds/kind.ts'
import { allKinds } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'
import { CatalogRow } from './row.ts'

/** Runs one SELECT. Values come as `EngineResult` says: json as data, arrays as arrays, null as null. */
export type Query = (
  sql: string,
  parameters: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>

/**
 * Every object that a kind models, parents before children, under catalogue keys. `scope` limits it to relations and
 * other objects with these oids (see CatalogReader); null reads everything. `search_path` must be `public`, so that
 * names are printed as the document writes them.
 */
export async function readCatalog(
  query: Query,
  scope: readonly number[] | null,
  kinds: readonly Kind<ObjectBase>[] = allKinds(),
): Promise<readonly ObjectBase[]> {
  // Asked all at once: a session answers in turn, and one that is far away gets them in one message.
  const read = kinds.map(async ({ catalog }) => {
    if (!catalog) return []
    const rows = await query(scope === null ? catalog.query : scoped(catalog.query), [scope])
    return rows.map((row) => catalog.read(new CatalogRow(row)))
  })
  return (await Promise.all(read)).flat()
}

const scopedQueries = new Map<string, string>()

/** Without the branch for "everything", a plan that is kept for all parameters can use the indexes on oid. */
function scoped(query: string): string {
  const known = scopedQueries.get(query)
  if (known !== undefined) return known
  const sql = query.replace(
    /\(\$1::oid\[\] is null or (\S+) = any \(\$1\)\)/,
    (_condition, oid: string) => `${oid} = any ($1::oid[])`,
  )
  scopedQueries.set(query, sql)
  return sql
}
