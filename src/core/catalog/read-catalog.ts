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
  const objects: ObjectBase[] = []
  for (const kind of kinds) {
    if (!kind.catalog) continue
    const { catalog } = kind
    const rows = await query(catalog.query, [scope])
    objects.push(...rows.map((row) => catalog.read(new CatalogRow(row))))
  }
  return objects
}
