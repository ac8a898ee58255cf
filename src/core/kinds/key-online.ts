import type { ObjectBase } from '../model/object.ts'
import { namesOf, qualifiedNameOf } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { alterTable, deferralClause } from './constraint.ts'
import type { Index } from './index/index.kind.ts'
import { concurrently } from './index/index.online.ts'
import { type Key, keyClause } from './key.ts'
import type { Online, OnlineContext, OnlineWay } from './online.ts'
import { builtByPartition, isOnPartitions } from './partition-builds.ts'

/** A key is put on a unique index that was built without stopping writes. `words` as in ADD CONSTRAINT. */
export function keyOnline<T extends Key>(words: string, nullsNotDistinct: (key: T) => boolean): Online<T> {
  return {
    added: (key, context) =>
      isOnPartitions(key, context.to)
        ? { edits: [{ stage: 'guard', put: [key] }], gates: noDuplicates(key, context) }
        : onIndex(key, nullsNotDistinct(key), key.name, context),
    changed(_from, to, fields, context) {
      const inPlace = ['name', 'comment']
      if (fields.every((name) => inPlace.includes(name))) return null
      if (isOnPartitions(to, context.to)) {
        return {
          asks: 'accept',
          message: `${to.name} is on a partitioned table, so that its index cannot take the place of another: it is dropped and built anew, and nobody can write meanwhile.`,
          hint: 'Accept the simple way for this change, in a quiet hour, or add the new key under another name.',
        }
      }
      return onIndex(to, nullsNotDistinct(to), context.spareName(to.name, 'new'), context)
    },
    create(key, schema, adopted) {
      if (adopted) return [alterTable(key, schema, onFinished(key, words, adopted))]
      if (!isOnPartitions(key, schema)) return null
      const alter = (copy: T, action: string) =>
        `ALTER TABLE ${qualifiedNameOf(copy.parent, schema)} ${action}`
      const clear = (copy: T) => [alter(copy, `DROP CONSTRAINT IF EXISTS ${quoteName(copy.name)}`)]
      return builtByPartition(key, schema, {
        clear,
        whole: (copy) => {
          const kindOfKey = nullsNotDistinct(copy) ? `${words} NULLS NOT DISTINCT` : words
          return `ALTER TABLE ONLY ${qualifiedNameOf(copy.parent, schema)} ADD ${keyClause(copy, kindOfKey, schema)}`
        },
        part(copy) {
          const index = indexFor(copy, nullsNotDistinct(copy), copy.name)
          return [...clear(copy), ...concurrently(index, schema), alter(copy, onFinished(copy, words, index))]
        },
      })
    },
  }
}

/** `words` as in ADD CONSTRAINT. */
function onFinished(key: Key, words: string, index: ObjectBase): string {
  return `ADD CONSTRAINT ${quoteName(key.name)} ${words} USING INDEX ${quoteName(index.name)}${deferralClause(key.deferral)}`
}

function noDuplicates(key: Key, { to }: OnlineContext): NonNullable<OnlineWay['gates']> {
  const columns = namesOf(key.columns, to).join(', ')
  return {
    backfill: `Deploy code that writes no two rows of ${qualifiedNameOf(key.parent, to)} with the same ${columns}.`,
  }
}

/** By a unique index of that name, which is built before. */
export function onIndex(
  key: Key,
  nullsNotDistinct: boolean,
  name: string,
  context: OnlineContext,
): OnlineWay {
  const index = indexFor(key, nullsNotDistinct, name)
  return {
    edits: [
      { stage: 'guard', put: [index] },
      { stage: 'settle', put: [key], remove: [index.id], adopts: new Map([[key.id, index.id]]) },
    ],
    passing: [index.id],
    gates: noDuplicates(key, context),
  }
}

/** The index that PostgreSQL would build for the key. */
export function indexFor(key: Key, nullsNotDistinct: boolean, name: string): Index & ObjectBase {
  return {
    id: `${key.id} index`,
    kind: 'index',
    parent: key.parent,
    name,
    comment: null,
    method: 'btree',
    unique: true,
    nullsNotDistinct,
    keys: key.columns.map((column) => ({
      column,
      expression: null,
      opclass: null,
      collation: null,
      order: 'asc',
      nulls: null,
    })),
    include: key.include,
    where: null,
    with: [],
    tablespace: null,
  }
}
