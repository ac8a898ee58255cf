import { keyOf } from './keys.ts'
import { CatalogRow } from './row.ts'
import { comments } from './unmodelled/comments.ts'
import type { FactFamily } from './unmodelled/family.ts'
import { onTableFamilies } from './unmodelled/on-tables.ts'
import { privilegeFamilies } from './unmodelled/privileges.ts'
import { programFamilies, supportFamilies } from './unmodelled/programs.ts'
import { tableFamilies } from './unmodelled/tables.ts'
import { typeFamilies } from './unmodelled/types.ts'

/** Runs a query on the database whose catalogue is read. */
export type RunQuery = (
  sql: string,
  parameters?: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>

/** Something in the catalogue that no kind carries. */
export interface Fact {
  /** PostgreSQL's words for it: "domain", "policy", "privileges". */
  readonly type: string
  /** Tells it from all others: `policy contacts.own_rows`. */
  readonly identity: string
  readonly name: string
  /** Its catalogue key; null for a property of another object. */
  readonly key: string | null
  /** The catalogue key of what it lives in. */
  readonly parent: string | null
  /** Makes it; null where PostgreSQL does not say how. */
  readonly sql: string | null
  /** Undoes it; null where nothing does. */
  readonly drop: string | null
  /** Catalogue keys of what it rests on. */
  readonly uses: readonly string[]
}

/** In an order in which they can be made. */
const families: readonly FactFamily[] = [
  ...typeFamilies,
  ...supportFamilies,
  ...tableFamilies,
  ...onTableFamilies,
  comments,
  ...privilegeFamilies,
  ...programFamilies,
]

/** The queries of all that no kind carries, in the order in which `unmodelledFacts` asks them. */
export const factQueries: readonly string[] = families.map(({ query }) => query)

/**
 * Everything in own schemas, and of privileges, that no kind carries. The search_path must be `public`: names
 * are printed relative to it.
 */
export function unmodelledFacts(query: RunQuery): Promise<readonly Fact[]> {
  return readFacts(query, families)
}

/** What proofs compare: identity → the statement that makes it. */
export function definitionsOf(facts: readonly Fact[]): ReadonlyMap<string, string> {
  return new Map(facts.map((fact) => [fact.identity, fact.sql ?? 'present']))
}

async function readFacts(query: RunQuery, from: readonly FactFamily[]): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  const oids: number[] = []
  for (const family of from) {
    for (const values of await query(family.query)) {
      const row = new CatalogRow(values)
      const type = row.text('type')
      const oid = row.numberOrNull('oid')
      const catalog = row.textOrNull('class')
      if (oid !== null) oids.push(oid)
      facts.push({
        type,
        identity: `${type} ${row.text('path')}`,
        name: row.text('name'),
        key: catalog === null || oid === null ? catalog : factKey(catalog, oid, 0),
        parent: row.textOrNull('parent'),
        sql: row.textOrNull('sql'),
        drop: row.textOrNull('drop'),
        uses: [],
      })
    }
  }
  const uses = await readUses(query, oids)
  return facts.map((fact) => ({ ...fact, uses: (fact.key === null ? undefined : uses.get(fact.key)) ?? [] }))
}

function factKey(catalog: string, oid: number, subId: number): string {
  return keyOf(catalog, oid, subId) ?? `${catalog}:${oid}`
}

/** Recorded on a matview's rule, a composite type's relation, a default's own row, a key's index: led back to the object. */
export const usesQuery = `
  select case when w.oid is not null or x.oid is not null then 'pg_class' when c.oid is not null then 'pg_type'
           else d.classid::regclass::text end as class,
         coalesce(w.ev_class, x.adrelid, c.reltype, d.objid) as oid,
         case when k.oid is null then d.refclassid::regclass::text else 'pg_constraint' end as ref_class,
         coalesce(k.oid, d.refobjid) as ref_oid, d.refobjsubid as ref_sub
  from pg_depend d
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid and w.rulename = '_RETURN'
    left join pg_attrdef x on d.classid = 'pg_attrdef'::regclass and x.oid = d.objid
    left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid and c.relkind = 'c'
    left join pg_constraint k on d.refclassid = 'pg_class'::regclass and k.conindid = d.refobjid and k.contype in ('p', 'u', 'x')
  where d.refobjid >= 16384 and d.deptype in ('n', 'a') and coalesce(w.ev_class, x.adrelid, c.reltype, d.objid) = any ($1::oid[])`

async function readUses(
  query: RunQuery,
  oids: readonly number[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const uses = new Map<string, string[]>()
  if (oids.length === 0) return uses
  for (const values of await query(usesQuery, [oids])) {
    const row = new CatalogRow(values)
    const user = factKey(row.text('class'), row.number('oid'), 0)
    const used = factKey(row.text('ref_class'), row.number('ref_oid'), row.number('ref_sub'))
    if (used === user || used.startsWith(`a${user.slice(1)}.`)) continue
    const list = uses.get(user)
    if (!list) uses.set(user, [used])
    else if (!list.includes(used)) list.push(used)
  }
  return uses
}
