import type { Fact } from '../catalog/unmodelled.ts'
import { makeRaw, type Raw } from '../kinds/raw/raw.kind.ts'
import type { ObjectId } from '../model/object.ts'

/** A raw object and the fact that it carries. */
export interface CarriedFact {
  readonly raw: Raw
  readonly fact: Fact
}

/**
 * Facts as raw objects, in their order. `keyIds` gives the ids of modelled objects by catalogue key; what lives in
 * nothing known goes to `home`. A fact without a statement needs one in `statements`, by its key; without, it is left out.
 */
export function rawObjects(
  facts: readonly Fact[],
  keyIds: ReadonlyMap<string, ObjectId>,
  home: ObjectId,
  newId: () => ObjectId,
  statements: ReadonlyMap<string, string> = new Map(),
): readonly CarriedFact[] {
  const carried = facts.flatMap((fact) => {
    const sql = fact.sql ?? (fact.key === null ? undefined : statements.get(fact.key))
    return sql === undefined ? [] : [{ fact, sql, id: newId() }]
  })
  const ids = new Map(keyIds)
  for (const { fact, id } of carried) if (fact.key !== null && !ids.has(fact.key)) ids.set(fact.key, id)
  const idOf = (key: string): ObjectId | undefined => ids.get(key) ?? ids.get(tableKey(key))
  return carried.map(({ fact, sql, id }, index) => {
    const parent = fact.parent === null ? undefined : idOf(fact.parent)
    const uses = new Set(fact.uses.flatMap((key) => idOf(key) ?? []))
    uses.delete(id)
    const raw = makeRaw({
      id,
      parent: parent === undefined || parent === id ? home : parent,
      name: fact.name,
      sql,
      objectType: fact.type,
      dropSql: fact.drop,
      ordinal: index + 1,
      uses: [...uses],
    })
    return { raw, fact }
  })
}

/** Columns of tables that no kind models have no object: their table stands for them. */
function tableKey(key: string): string {
  return key.startsWith('a') ? `c${key.slice(1).split('.')[0]}` : key
}
