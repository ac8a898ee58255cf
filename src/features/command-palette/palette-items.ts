import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'

/** An object that the palette offers. */
export interface ObjectItem {
  readonly object: ObjectBase
  readonly icon: string
  /** "Column of contacts". */
  readonly place: string
}

/** Most objects shown at once; a longer list would be slow and is better narrowed by typing. */
const limit = 40

/**
 * Objects whose name has the letters of `text`, best first: a name that starts with it, then one that contains it, then
 * one that has its parts in any place (`con em` finds contacts.email).
 */
export function findObjects(schema: Schema, text: string): readonly ObjectItem[] {
  const words = text
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(Boolean)
  const [first] = words
  if (first === undefined) return []
  const found: { readonly object: ObjectBase; readonly rank: number }[] = []
  for (const object of schema.document.objects.values()) {
    const rank = rankOf(object, words, first, schema)
    if (rank !== null) found.push({ object, rank })
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.object.name.length - b.object.name.length)
    .slice(0, limit)
    .map(({ object }) => ({ object, icon: kindOf(object).icon, place: placeOf(object, schema) }))
}

/** Lower is better; null: no match. Objects near the top of the tree come before those inside them. */
function rankOf(object: ObjectBase, words: readonly string[], first: string, schema: Schema): number | null {
  const name = object.name.toLowerCase()
  const depth = depthOf(object, schema)
  if (words.length === 1) {
    if (name === first) return depth
    if (name.startsWith(first)) return 10 + depth
    return name.includes(first) ? 20 + depth : null
  }
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  const whole = `${parent?.name.toLowerCase() ?? ''} ${name}`
  return words.every((word) => whole.includes(word)) && name.includes(words.at(-1) ?? '') ? 15 + depth : null
}

function depthOf(object: ObjectBase, schema: Schema): number {
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent ? 1 + depthOf(parent, schema) : 0
}

function placeOf(object: ObjectBase, schema: Schema): string {
  const { label } = kindOf(object)
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent ? `${label} of ${parent.name}` : label
}
