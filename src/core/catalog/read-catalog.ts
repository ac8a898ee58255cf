import type { Kind } from '../kinds/kind.ts'
import { allKinds } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'
import { CatalogRow } from './row.ts'
import { anyOf, anyOfEach } from './some-rows.ts'

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
  return readKinds(query, scope, kinds.length > 1 ? await kindsFound(query, scope, kinds) : kinds)
}

/** Like `readCatalog`, without asking first where there is anything to read. */
export async function readKinds(
  query: Query,
  scope: readonly number[] | null,
  kinds: readonly Kind<ObjectBase>[],
): Promise<readonly ObjectBase[]> {
  // Asked all at once: a session answers in turn, and one that is far away gets them in one message.
  const read = kinds.map(async ({ catalog }) => {
    if (!catalog) return []
    const rows = await query(inScopeOnly(catalog.query, scope), [scope])
    return rows.map((row) => catalog.read(new CatalogRow(row)))
  })
  return (await Promise.all(read)).flat()
}

async function kindsFound(
  query: Query,
  scope: readonly number[] | null,
  kinds: readonly Kind<ObjectBase>[],
): Promise<readonly Kind<ObjectBase>[]> {
  const [row] = await query(inScopeOnly(foundQuery(kinds), scope), [scope])
  return foundKinds(row?.found, kinds)
}

/** Those of the kinds that may have objects in the scope: `found` is what `foundQuery` or `foundAmong` gave. */
export function foundKinds(found: unknown, kinds: readonly Kind<ObjectBase>[]): readonly Kind<ObjectBase>[] {
  if (!Array.isArray(found)) throw new Error('PostgreSQL did not say which kinds there are')
  return kinds.filter((_, index) => found[index] === true)
}

/** A SELECT of one row whose `found` has a boolean for each kind: false where it has no objects in the scope. */
export function foundQuery(kinds: readonly Kind<ObjectBase>[]): string {
  const asked = kinds.map(({ catalog }) => (catalog?.some ? anyOf(catalog.some) : 'true'))
  return `select array[${asked.join(',\n')}] as found from (select $1::oid[]) as scope`
}

/** The same for a scope that is the result of `oids`, SQL of type oid[]. */
export function foundAmong(kinds: readonly Kind<ObjectBase>[], oids: string): string {
  return anyOfEach(
    kinds.map(({ catalog }) => catalog?.some),
    oids,
  )
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
