import { isColumn } from '../../kinds/column/column.kind.ts'
import { type Index, isIndex } from '../../kinds/index/index.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import { uniqueKeysOf } from '../../layout/unique-keys.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { printJsValue } from '../js-value.ts'
import { withoutCasts } from './compare-column.ts'
import { indexOption } from './describe-models.ts'
import type { Drift } from './drift.ts'
import type { Pairing } from './drift-between.ts'

/** Primary key, unique keys and indexes, whatever they are called. */
export function compareKeys(pairing: Pairing): readonly Drift[] {
  const { made, table, both, drawn } = pairing
  if (!made || !both.get(table.id)) return []
  return [
    ...comparePrimary(pairing, made.id),
    ...compareUnique(pairing, made.id),
    ...indexDrift(pairing, made.id),
  ].map((drift) => ({ ...drift, detail: `The table ${qualifiedName(table, drawn)}.` }))
}

function comparePrimary({ model, table, both }: Pairing, made: ObjectId): readonly Drift[] {
  const wanted = namesIn(primaryOf(made, both), both)
  const real = namesIn(primaryOf(table.id, both), both)
  if (sameSet(wanted, real)) return []
  const columns = columnsNamed(wanted, table.id, both)
  return [
    {
      code: 'model-key',
      severity: 'warning',
      model: model.name,
      place: model.place,
      object: table.id,
      message: `The primary key of ${model.name} is ${listed(wanted)}, that of its table ${listed(real)}.`,
      cure: columns && columns.length > 0 ? { type: 'set-key', table: table.id, columns } : null,
      text: real.map((name) => `${name}: { …, primaryKey: true },`).join('\n') || null,
    },
  ]
}

function compareUnique({ model, table, both }: Pairing, made: ObjectId): readonly Drift[] {
  const keysOf = (id: ObjectId) => uniqueKeysOf(id, both).map((key) => namesIn(key, both))
  const real = keysOf(table.id)
  const wanted = keysOf(made)
  const base = { code: 'model-unique', model: model.name, place: model.place, object: table.id } as const
  const missing = withoutRepeats(wanted).filter((key) => !real.some((other) => sameSet(key, other)))
  const unknown = withoutRepeats(real).filter((key) => !wanted.some((other) => sameSet(key, other)))
  const primary = [namesIn(primaryOf(made, both), both), namesIn(primaryOf(table.id, both), both)]
  const isPrimary = (key: readonly string[]) => primary.some((other) => sameSet(key, other))
  return [
    ...missing
      .filter((key) => !isPrimary(key))
      .flatMap((key): readonly Drift[] => {
        const columns = columnsNamed(key, table.id, both)
        return columns
          ? [
              {
                ...base,
                severity: 'warning',
                message: `${model.name} says that ${listed(key)} is unique, its table does not.`,
                cure: { type: 'add-unique', table: table.id, columns },
                text: null,
              },
            ]
          : []
      }),
    ...unknown
      .filter((key) => !isPrimary(key))
      .map(
        (key): Drift => ({
          ...base,
          severity: 'info',
          message: `${listed(key)} is unique in its table, and ${model.name} does not say so.`,
          cure: null,
          text: indexesText([{ fields: [...key], unique: true }]),
        }),
      ),
  ]
}

function indexDrift(pairing: Pairing, made: ObjectId): readonly Drift[] {
  const { model, table, both, drawn } = pairing
  const indexesOf = (id: ObjectId) => both.childrenOf(id, isIndex).filter((index) => !isPlainUnique(index))
  const real = indexesOf(table.id)
  const wanted = indexesOf(made)
  const known = new Set(real.map((index) => signature(index, both)))
  const said = new Set(wanted.map((index) => signature(index, both)))
  // Without its column an index is not missed: that is said of the column.
  const missing = wanted.filter(
    (index) => !known.has(signature(index, both)) && cureOf(index, table.id, both) !== null,
  )
  // An index that no model can say is not missed.
  const unknown = real.filter(
    (index) => !said.has(signature(index, both)) && indexOption(index, both) !== null,
  )
  const base = { model: model.name, place: model.place, object: table.id } as const
  const drift = missing.map(
    (index): Drift => ({
      ...base,
      code: 'model-index',
      severity: index.unique ? 'warning' : 'info',
      message: `${model.name} has an index on ${keysText(index, both)}, its table does not.`,
      cure: cureOf(index, table.id, both),
      text: null,
    }),
  )
  const named = nameDrift(pairing, made)
  if (unknown.length === 0) return [...drift, ...named]
  const names = unknown.map(({ name }) => name)
  const options = unknown.flatMap((index) => indexOption(drawn.find(index.id, isIndex) ?? index, drawn) ?? [])
  return [
    ...drift,
    ...named,
    {
      ...base,
      code: 'table-indexes',
      severity: 'info',
      message: `${model.name} does not name ${names.length === 1 ? 'the index' : 'the indexes'} ${names.join(', ')}.`,
      cure: null,
      text: indexesText(options),
    },
  ]
}

/** Indexes that a person named in the model, where the same index of the table is called otherwise. */
function nameDrift({ model, table, both, drawn }: Pairing, made: ObjectId): readonly Drift[] {
  const real = both.childrenOf(table.id, isIndex)
  return both.childrenOf(made, isIndex).flatMap((index): readonly Drift[] => {
    const wanted = model.indexNames[scratchPlace(index.name, model.scratch)] ?? null
    const alike = real.filter((other) => signature(other, both) === signature(index, both))
    const names = alike.map(({ id, name }) => drawn.get(id)?.name ?? name)
    const [first] = alike
    if (wanted === null || !first || names.includes(wanted)) return []
    const option = indexOption(drawn.find(first.id, isIndex) ?? first, drawn)
    return [
      {
        code: 'index-name',
        severity: 'info',
        model: model.name,
        place: model.place,
        object: first.id,
        field: 'name',
        message: `${model.name} calls the index on ${keysText(index, both)} ${wanted}, it is ${names.join(', ')}.`,
        cure: { type: 'set-field', object: first.id, field: 'name', value: wanted },
        text: option === null ? null : indexesText([option]),
      },
    ]
  })
}

/** `m3_2` is the third index of the model that is called `m3` there. */
function scratchPlace(name: string, scratch: string): number {
  return name.startsWith(`${scratch}_`) ? Number(name.slice(scratch.length + 1)) : -1
}

function indexesText(options: Parameters<typeof printJsValue>[0] & readonly unknown[]): string {
  return `indexes: ${printJsValue(options, 0, 9, 1)},`
}

function cureOf(index: Index, table: ObjectId, schema: Schema): Drift['cure'] {
  const keys = index.keys.map((key) => {
    if (key.column === null) return key
    const [column] = columnsNamed(namesIn([key.column], schema), table, schema) ?? []
    return column === undefined ? null : { ...key, column }
  })
  const found = keys.filter((key) => key !== null)
  if (found.length < keys.length) return null
  const where = index.where === null ? null : withoutCasts(index.where)
  return {
    type: 'add-index',
    table,
    index: { method: index.method, keys: found, where },
    isUnique: index.unique,
  }
}

function isPlainUnique({ unique, where, keys, method }: Index): boolean {
  return unique && where === null && method === 'btree' && keys.every(({ column }) => column !== null)
}

function signature({ unique, method, keys, where }: Index, schema: Schema): string {
  return JSON.stringify([
    unique,
    method,
    keys.map(({ column, expression, opclass, order, nulls }) => [
      column === null ? withoutCasts(expression ?? '') : namesIn([column], schema),
      opclass,
      order,
      nulls,
    ]),
    where === null ? null : withoutCasts(where),
  ])
}

function keysText({ keys }: Index, schema: Schema): string {
  return keys
    .map(({ column, expression }) => (column === null ? expression : namesIn([column], schema).join()))
    .join(', ')
}

function primaryOf(table: ObjectId, schema: Schema): readonly ObjectId[] {
  return schema.childrenOf(table, isPrimaryKey)[0]?.columns ?? []
}

function namesIn(ids: readonly ObjectId[], schema: Schema): readonly string[] {
  return ids.map((id) => schema.find(id, isColumn)?.name ?? '')
}

function columnsNamed(names: readonly string[], table: ObjectId, schema: Schema): readonly ObjectId[] | null {
  const found = names.flatMap((name) => schema.named(table, name, isColumn)?.id ?? [])
  return found.length === names.length ? found : null
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name))
}

function withoutRepeats(keys: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return keys.filter((key, at) => keys.findIndex((other) => sameSet(key, other)) === at)
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : `(${names.join(', ')})`
}
