import { columnHolder } from '../kinds/column-holder.ts'
import { expressionsOf, fieldsOf, readField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { type Identifier, identifiersIn } from '../sql/identifiers.ts'
import { defaultSchemaName, isNamespace, namespaceOf } from '../sql/names.ts'

/** What objects rest on. Strong: by id. Weak: by a name found in an expression, which may be a coincidence. */
export interface Dependencies {
  strong(id: ObjectId): ReadonlySet<ObjectId>
  weak(id: ObjectId): ReadonlySet<ObjectId>
  /** Objects that rest on it, strongly or weakly, its children included. */
  dependents(id: ObjectId): ReadonlySet<ObjectId>
}

const none: ReadonlySet<ObjectId> = new Set()
/** By the objects of a document, and of its print or of itself. */
const known = new WeakMap<object, WeakMap<object, Dependencies>>()

/**
 * The dependencies of a document. `canonical` gives PostgreSQL's print of the same objects, where `*` is expanded and
 * names are qualified: its expressions count too.
 */
export function dependenciesOf(document: SchemaDocument, canonical?: SchemaDocument): Dependencies {
  const print = (canonical ?? document).objects
  const cached = known.get(document.objects)?.get(print)
  if (cached) return cached
  const dependencies = collect(schemaOf(document), canonical)
  const byPrint = known.get(document.objects) ?? new WeakMap<object, Dependencies>()
  known.set(document.objects, byPrint.set(print, dependencies))
  return dependencies
}

function collect(schema: Schema, canonical: SchemaDocument | undefined): Dependencies {
  const strong = new Map<ObjectId, ReadonlySet<ObjectId>>()
  const weak = new Map<ObjectId, ReadonlySet<ObjectId>>()
  const dependents = new Map<ObjectId, Set<ObjectId>>()
  const find = nameIndex(schema)
  const exists = (id: ObjectId) => schema.get(id) !== undefined
  for (const object of schema.document.objects.values()) {
    const byId = new Set(strongIds(object, schema).filter((id) => id !== object.id && exists(id)))
    const printed = canonical?.objects.get(object.id)
    const { names, types, isOpen } = mentionsOf(object, printed?.kind === object.kind ? printed : undefined)
    const byName = new Set<ObjectId>()
    for (const identifiers of names) find(object, identifiers, byName)
    if (isOpen) for (const id of [...byName]) for (const column of find.columnsOf(id)) byName.add(column)
    for (const identifiers of types) find({ ...object, parent: null }, identifiers, byName)
    byName.delete(object.id)
    strong.set(object.id, byId)
    weak.set(object.id, byName)
    for (const id of [...byId, ...byName]) {
      const users = dependents.get(id)
      if (users) users.add(object.id)
      else dependents.set(id, new Set([object.id]))
    }
  }
  return {
    strong: (id) => strong.get(id) ?? none,
    weak: (id) => weak.get(id) ?? none,
    dependents: (id) => dependents.get(id) ?? none,
  }
}

/** What the expressions of an object name. */
interface Mentions {
  readonly names: readonly (readonly Identifier[])[]
  /** In texts where only types can be meant. */
  readonly types: readonly (readonly Identifier[])[]
  /** The print has a `*`: PostgreSQL has not seen it yet, so it stands for all columns. */
  readonly isOpen: boolean
}

/** By object and its print: a plan looks at schemas that share most of their objects. */
const mentionsOfObjects = new WeakMap<
  ObjectBase,
  { readonly printed: unknown; readonly mentions: Mentions }
>()

function mentionsOf(object: ObjectBase, printed: ObjectBase | undefined): Mentions {
  const before = mentionsOfObjects.get(object)
  if (before && before.printed === printed) return before.mentions
  const kind = kindOf(object)
  const forms = printed ? [object, printed] : [object]
  const texts = new Set(forms.flatMap((form) => expressionsOf(form, kind, (field) => !field.namesTypes)))
  const types = new Set(
    forms.flatMap((form) => expressionsOf(form, kind, (field) => field.namesTypes === true)),
  )
  const mentioned = kind.mentions?.(object)
  if (mentioned != null) texts.add(mentioned)
  const mentions: Mentions = {
    names: [...texts].map(identifiersIn),
    types: [...types].map(identifiersIn),
    isOpen: printed !== undefined && expressionsOf(printed, kind).some(hasStar),
  }
  mentionsOfObjects.set(object, { printed, mentions })
  return mentions
}

/** The parent, what fields refer to and what the kind adds; without deferred fields, which are set later. */
function strongIds(object: ObjectBase, schema: Schema): readonly ObjectId[] {
  const kind = kindOf(object)
  const ids: ObjectId[] = object.parent === null ? [] : [object.parent]
  for (const [name, field] of fieldsOf(kind)) {
    if (field.deferred) continue
    field.references?.map(readField(object, name), (id) => {
      ids.push(id)
      return id
    })
  }
  return [...ids, ...(kind.dependsOn?.(object, schema) ?? [])]
}

interface Find {
  (object: ObjectBase, identifiers: readonly Identifier[], into: Set<ObjectId>): void
  /** What expressions name in the object. */
  columnsOf(id: ObjectId): Iterable<ObjectId>
}

/** True for `SELECT *`, which stands for all columns. PostgreSQL prints them one by one. */
function hasStar(text: string): boolean {
  return /[\s.,]\*\s*(,|from\b)/i.test(text)
}

/** Resolves identifiers by name: siblings first, then anything, then the columns of whatever was mentioned. */
function nameIndex(schema: Schema): Find {
  const anywhere = new Map<string, ObjectBase[]>()
  const childNames = new Map<ObjectId, Map<string, ObjectId>>()
  const namespaces = new Map<string, ObjectId>()
  for (const object of schema.document.objects.values()) {
    if (isNamespace(object)) namespaces.set(object.name, object.id)
    const kind = kindOf(object)
    const { mentionedBy } = kind
    if (mentionedBy === 'anything') {
      if (kind.isMentioned?.(object) === false) continue
      const namesakes = anywhere.get(object.name)
      if (namesakes) namesakes.push(object)
      else anywhere.set(object.name, [object])
    } else if (mentionedBy === 'siblings' && object.parent !== null) {
      const names = childNames.get(object.parent) ?? new Map<string, ObjectId>()
      childNames.set(object.parent, names.set(object.name, object.id))
    }
  }
  const find = (object: ObjectBase, identifiers: readonly Identifier[], into: Set<ObjectId>) => {
    const beside = columnHolder(object.parent, schema)
    const siblings = beside === null ? undefined : childNames.get(beside)
    // A table's partition key names its own columns.
    const own = childNames.get(object.id)
    const mentioned: ObjectId[] = []
    for (const identifier of identifiers) {
      const { name, called, qualifier } = identifier
      const namespace = qualifier === null ? undefined : namespaces.get(qualifier)
      if (namespace !== undefined) into.add(namespace)
      const sibling = called ? undefined : (siblings?.get(name) ?? own?.get(name))
      if (sibling !== undefined) into.add(sibling)
      else mentioned.push(...meant(identifier, anywhere.get(name) ?? [], schema).map(({ id }) => id))
    }
    for (const id of mentioned) {
      into.add(id)
      const columns = childNames.get(id)
      if (!columns || id === object.parent) continue
      for (const { name } of identifiers) {
        const column = columns.get(name)
        if (column !== undefined) into.add(column)
      }
    }
  }
  return Object.assign(find, { columnsOf: (id: ObjectId) => childNames.get(id)?.values() ?? [] })
}

/**
 * Of namesakes those that the identifier can mean: in the schema that it names, else in the default one, and nothing that
 * would have to be called.
 */
function meant(
  { called, qualifier }: Identifier,
  namesakes: readonly ObjectBase[],
  schema: Schema,
): readonly ObjectBase[] {
  const narrowed = (objects: readonly ObjectBase[], fits: (object: ObjectBase) => boolean) => {
    const fitting = objects.length < 2 ? objects : objects.filter(fits)
    return fitting.length > 0 ? fitting : objects
  }
  const namespace = qualifier ?? defaultSchemaName
  const near = narrowed(namesakes, (object) => namespaceOf(object, schema) === namespace)
  return called ? near : narrowed(near, (object) => !kindOf(object).isCalled)
}
