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
  const found = kinds.length > 1 ? await kindsFound(query, scope, kinds) : new Set(kinds)
  // Asked all at once: a session answers in turn, and one that is far away gets them in one message.
  const read = kinds.map(async (kind) => {
    const { catalog } = kind
    if (!catalog || !found.has(kind)) return []
    const rows = await query(inScopeOnly(catalog.query, scope), [scope])
    return rows.map((row) => catalog.read(new CatalogRow(row)))
  })
  return (await Promise.all(read)).flat()
}

/** Those of the kinds that may have objects in the scope. */
async function kindsFound(
  query: Query,
  scope: readonly number[] | null,
  kinds: readonly Kind<ObjectBase>[],
): Promise<ReadonlySet<Kind<ObjectBase>>> {
  const [row] = await query(inScopeOnly(foundQuery(kinds), scope), [scope])
  const found = row?.found
  if (!Array.isArray(found)) throw new Error('PostgreSQL did not say which kinds there are')
  return new Set(kinds.filter((_, index) => found[index] === true))
}

/** A SELECT of one row whose `found` has a boolean for each kind: false where it has no objects in the scope. */
export function foundQuery(kinds: readonly Kind<ObjectBase>[]): string {
  const asked = kinds.map(({ catalog }) => (catalog?.some ? `exists (${catalog.some})` : 'true'))
  return `select array[${asked.join(',\n')}] as found from (select $1::oid[]) as scope`
}

const scopedQueries = new Map<string, string>()

/** Without the branch for "everything", a plan that is kept for all parameters can use the indexes on oid. */
function inScopeOnly(query: string, scope: readonly number[] | null): string {
  if (scope === null) return query
  const known = scopedQueries.get(query)
  if (known !== undefined) return known
  const sql = query.replaceAll(
    /\(\$1::oid\[\] is null or (\S+) = any \(\$1\)\)/g,
    (_condition, oid: string) => `${oid} = any ($1::oid[])`,
  )
  scopedQueries.set(query, sql)
  return sql
}
