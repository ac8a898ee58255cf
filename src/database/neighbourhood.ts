import { expressionsOf, referencesOf } from '../core/kinds/field-access.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/**
 * Finds the part of a schema that a change can concern, so that planning an edit costs the same in a schema of ten
 * tables and of ten thousand. Remembers who refers to whom; links that are gone only make the part larger.
 */
export class Neighbourhood {
  readonly #referrers = new Map<ObjectId, Set<ObjectId>>()
  readonly #children = new Map<ObjectId, Set<ObjectId>>()
  readonly #texts = new Map<ObjectId, string>()
  readonly #noted = new Map<ObjectId, ObjectBase>()

  /** Learns the links of an object; cheap when it is known. */
  note(object: ObjectBase): void {
    if (this.#noted.get(object.id) === object) return
    this.#noted.set(object.id, object)
    if (object.parent !== null) link(this.#children, object.parent, object.id)
    const kind = kindOf(object)
    for (const id of referencesOf(object, kind)) link(this.#referrers, id, object.id)
    const texts = expressionsOf(object, kind)
    if (texts.length > 0) this.#texts.set(object.id, texts.join('\n'))
    else this.#texts.delete(object.id)
  }

  forget(id: ObjectId): void {
    this.#noted.delete(id)
    this.#texts.delete(id)
    this.#children.delete(id)
    this.#referrers.delete(id)
  }

  childrenOf(id: ObjectId): readonly ObjectId[] {
    return [...(this.#children.get(id) ?? [])]
  }

  /**
   * The ids that planning a change of `changed` needs: their tables whole, what refers to these or mentions the
   * changed by name, what all of them refer to, and the rest of those tables as far as it stands by itself.
   */
  around(changed: Iterable<ObjectId>, held: Objects, wanted: Objects): ReadonlySet<ObjectId> {
    const found = new Set<ObjectId>()
    const versions = (id: ObjectId) => [held.get(id), wanted.get(id)].filter((object) => object !== undefined)
    const groups = new Set<ObjectId>()
    const names = new Set<string>()
    for (const id of changed) {
      found.add(id)
      for (const object of versions(id)) {
        groups.add(topOf(object, held, wanted))
      }
      const before = held.get(id)
      if (before) for (const name of mentionsOf(before, held, wanted)) names.add(name)
    }
    for (const group of groups) this.#addWithDescendants(group, found)
    for (const id of [...found]) for (const referrer of this.#referrers.get(id) ?? []) found.add(referrer)
    if (names.size > 0) {
      for (const [id, text] of this.#texts) if (mentions(text, names)) found.add(id)
    }
    this.#addNeeded(found, versions)
    this.#addSelfContained(found, versions, held, wanted)
    return found
  }

  #addWithDescendants(id: ObjectId, into: Set<ObjectId>): void {
    into.add(id)
    for (const child of this.#children.get(id) ?? []) this.#addWithDescendants(child, into)
  }

  /** Parents and references, and theirs. */
  #addNeeded(found: Set<ObjectId>, versions: (id: ObjectId) => readonly ObjectBase[]): void {
    // A set that grows while it is walked is walked to its new end.
    for (const id of found)
      for (const object of versions(id)) for (const needed of needsOf(object)) found.add(needed)
  }

  #addSelfContained(
    found: Set<ObjectId>,
    versions: (id: ObjectId) => readonly ObjectBase[],
    held: Objects,
    wanted: Objects,
  ): void {
    const groups = new Set<ObjectId>()
    for (const id of found) for (const object of versions(id)) groups.add(topOf(object, held, wanted))
    // Columns first, then what rests on columns of the same table: two rounds reach all of it.
    for (let round = 0; round < 2; round += 1) {
      for (const group of groups) {
        const members = new Set<ObjectId>()
        const top = versions(group)[0]
        if (top && !kindOf(top).foundation) this.#addWithDescendants(group, members)
        for (const id of members) {
          const objects = versions(id)
          if (objects.every((object) => needsOf(object).every((needed) => found.has(needed)))) found.add(id)
        }
      }
    }
  }
}

/** The parent and everything the fields refer to. */
export function needsOf(object: ObjectBase): readonly ObjectId[] {
  const references = referencesOf(object, kindOf(object))
  return object.parent === null ? references : [object.parent, ...references]
}

/** The ancestor right below a schema, or the object itself. */
function topOf(object: ObjectBase, held: Objects, wanted: Objects): ObjectId {
  const parent = object.parent === null ? undefined : (wanted.get(object.parent) ?? held.get(object.parent))
  return parent && !kindOf(parent).foundation ? topOf(parent, held, wanted) : object.id
}

/** What a text outside its table must hold to mean it: its name, or that of the table it lives in. */
function mentionsOf(object: ObjectBase, held: Objects, wanted: Objects): readonly string[] {
  const { mentionedBy } = kindOf(object)
  if (mentionedBy === 'anything') return [object.name]
  const top = mentionedBy === 'siblings' ? held.get(topOf(object, held, wanted)) : undefined
  return top ? [top.name] : []
}

function mentions(text: string, names: ReadonlySet<string>): boolean {
  for (const name of names) if (hasWord(text, name)) return true
  return false
}

function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isWordPart(text.charAt(at - 1)) && !isWordPart(text.charAt(at + name.length))) return true
  }
  return false
}

function isWordPart(character: string): boolean {
  return /^[\w$\u0080-\uffff]$/.test(character)
}

function link(map: Map<ObjectId, Set<ObjectId>>, from: ObjectId, to: ObjectId): void {
  const ids = map.get(from)
  if (ids) ids.add(to)
  else map.set(from, new Set([to]))
}

/** The objects of those ids, as a document. */
export function partOf(objects: Objects, ids: ReadonlySet<ObjectId>): SchemaDocument {
  const part = new Map<ObjectId, ObjectBase>()
  for (const id of ids) {
    const object = objects.get(id)
    if (object) part.set(id, object)
  }
  return { objects: part, diagram: new Map() }
}
