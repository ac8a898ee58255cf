import type { ObjectBase } from '../model/object.ts'
import { namesOf, qualifiedNameOf } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { alterTable, deferralClause } from './constraint.ts'
import type { Index } from './index/index.kind.ts'
import type { Key } from './key.ts'
import type { Online, OnlineContext, OnlineWay } from './online.ts'

/** A key is put on a unique index that was built without stopping writes. `words` as in ADD CONSTRAINT. */
export function keyOnline<T extends Key>(words: string, nullsNotDistinct: (key: T) => boolean): Online<T> {
  return {
    added: (key, context) => onIndex(key, nullsNotDistinct(key), key.name, context),
    changed(_from, to, fields, context) {
      const inPlace = ['name', 'comment']
      if (fields.every((name) => inPlace.includes(name))) return null
      return onIndex(to, nullsNotDistinct(to), context.spareName(to.name, 'new'), context)
    },
    create: (key, schema, adopted) =>
      adopted
        ? [
            alterTable(
              key,
              schema,
              `ADD CONSTRAINT ${quoteName(key.name)} ${words} USING INDEX ${quoteName(adopted.name)}${deferralClause(key.deferral)}`,
            ),
          ]
        : null,
  }
}

function onIndex(key: Key, nullsNotDistinct: boolean, name: string, context: OnlineContext): OnlineWay {
  const index = indexFor(key, nullsNotDistinct, name)
  const columns = namesOf(key.columns, context.to).join(', ')
  return {
    edits: [
      { stage: 'guard', put: [index] },
      { stage: 'settle', put: [key], remove: [index.id], adopts: new Map([[key.id, index.id]]) },
    ],
    passing: [index.id],
    gates: {
      backfill: `Deploy code that writes no two rows of ${qualifiedNameOf(key.parent, context.to)} with the same ${columns}.`,
    },
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
