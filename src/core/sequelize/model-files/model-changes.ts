import { sameValue } from '../../model/equality.ts'
import type { ObjectId } from '../../model/object.ts'
import type { JsValue } from '../call.ts'
import { isRecord } from '../js-value.ts'
import type { Association, Attribute, Model } from '../models/model.ts'

type Properties = { readonly [property: string]: JsValue }

/** What an edit of the schema changes in the model of one table. */
export interface ModelChange {
  readonly before: Model
  readonly after: Model
  readonly added: readonly { readonly attribute: Attribute; readonly behind: string | null }[]
  readonly removed: readonly Attribute[]
  readonly changed: readonly AttributeChange[]
  readonly options: PropertyChange
  readonly indexes: { readonly added: readonly JsValue[]; readonly removed: readonly JsValue[] }
  readonly associations: { readonly added: readonly Association[]; readonly removed: readonly Association[] }
}

export interface PropertyChange {
  readonly set: Properties
  readonly unset: readonly string[]
}

export interface AttributeChange extends PropertyChange {
  readonly name: string
}

/** The models that change, by what they were and are to be; tables that come or go are none of them. */
export function modelChanges(before: readonly Model[], after: readonly Model[]): readonly ModelChange[] {
  const earlier = new Map(before.map((model) => [model.table.id, model]))
  return after.flatMap((model) => {
    const old = earlier.get(model.table.id)
    const change = old && changeOf(old, model)
    return change && !isEmpty(change) ? [change] : []
  })
}

function changeOf(before: Model, after: Model): ModelChange {
  const old = new Map<ObjectId, Attribute>(before.attributes.map((one) => [one.column.id, one]))
  const stays = new Set(after.attributes.map(({ column }) => column.id))
  return {
    before,
    after,
    added: after.attributes.flatMap((attribute, at) =>
      old.has(attribute.column.id) ? [] : [{ attribute, behind: after.attributes[at - 1]?.name ?? null }],
    ),
    removed: before.attributes.filter(({ column }) => !stays.has(column.id)),
    changed: after.attributes.flatMap((attribute) => {
      const was = old.get(attribute.column.id)
      const change = was && propertyChange(was.definition, attribute.definition)
      return change && !isSame(change) ? [{ name: attribute.name, ...change }] : []
    }),
    options: propertyChange(withoutIndexes(before.options), withoutIndexes(after.options)),
    indexes: listChange(listOf(before.options.indexes), listOf(after.options.indexes)),
    associations: listChange(before.associations, after.associations, associationKey),
  }
}

function propertyChange(before: Properties, after: Properties): PropertyChange {
  return {
    set: Object.fromEntries(Object.entries(after).filter(([name, value]) => !sameValue(before[name], value))),
    unset: Object.keys(before).filter((name) => after[name] === undefined),
  }
}

function isSame({ set, unset }: PropertyChange): boolean {
  return Object.keys(set).length === 0 && unset.length === 0
}

function isEmpty({ added, removed, changed, options, indexes, associations }: ModelChange): boolean {
  const lists = [added, removed, changed, ...Object.values(indexes), ...Object.values(associations)]
  return isSame(options) && lists.every((list) => list.length === 0)
}

function withoutIndexes({ indexes: _, ...options }: Properties): Properties {
  return options
}

function listOf(value: JsValue | undefined): readonly JsValue[] {
  return Array.isArray(value) ? value : []
}

function listChange<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string = (item) => JSON.stringify(item),
) {
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  return {
    added: after.filter((item) => !old.has(keyOf(item))),
    removed: before.filter((item) => !now.has(keyOf(item))),
  }
}

/** What it joins and by what; a person may call it otherwise. */
function associationKey({ type, target, foreignKey, through = '' }: Association): string {
  return JSON.stringify([type, target, foreignKey, through])
}

/** The name of an index in a model's list. */
export function indexName(index: JsValue): string | null {
  return isRecord(index) && typeof index.name === 'string' ? index.name : null
}
