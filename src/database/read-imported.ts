import type { Query } from '../core/catalog/read-catalog.ts'
import type { Fact, RunQuery } from '../core/catalog/unmodelled.ts'
import { reasons } from '../core/import/disposition.ts'
import type { CarriedFact } from '../core/import/raw-objects.ts'
import type { SourceLines } from '../core/import/source-lines.ts'
import { kindOf } from '../core/kinds/registry.ts'
import { isRole } from '../core/kinds/role/role.kind.ts'
import { isSchemaObject } from '../core/kinds/schema/schema.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { schemaOf } from '../core/model/schema.ts'
import { defaultSchemaName } from '../core/sql/names.ts'
import type { ImportedObject } from './api.ts'
import { readDocument } from './read-document.ts'

/** A database to be read as a document, and what is known of it besides. */
export interface ImportedDatabase {
  readonly query: Query & RunQuery
  /** Those of all objects that are part of the schema; the others are not missed. `facts` is what no kind carries. */
  own(objects: readonly ObjectBase[], facts: readonly Fact[]): readonly ObjectBase[]
  /** Roles that were made for what names them. */
  readonly assumedRoles: ReadonlySet<string>
  /** Which statements made what, as far as that is known. */
  readonly lines: SourceLines
  readonly newId: () => ObjectId
}

export interface ReadImported {
  readonly document: SchemaDocument
  readonly keyIds: ReadonlyMap<string, ObjectId>
  readonly objects: readonly ImportedObject[]
}

/** Reads a database as a document, and says what became of each object. */
export async function readImported(database: ImportedDatabase): Promise<ReadImported> {
  const { query, assumedRoles, lines } = database
  const { document, modelled, keyIds, carried, lost, unresolved } = await readDocument(query, database)
  return {
    document,
    keyIds,
    objects: [
      ...keptObjects(modelled, keyIds, lines, assumedRoles),
      ...carried.map(verbatim(lines)),
      ...lost.map(lostFact),
      ...unresolved.map(lostObject),
    ],
  }
}

/** Objects with a kind; a table's columns are named by their table. */
function keptObjects(
  document: SchemaDocument,
  keyIds: ReadonlyMap<string, ObjectId>,
  lines: SourceLines,
  assumedRoles: ReadonlySet<string>,
): readonly ImportedObject[] {
  const keys = new Map([...keyIds].map(([key, id]) => [id, key]))
  const schema = schemaOf(document)
  return [...document.objects.values()].flatMap((object) => {
    const key = keys.get(object.id)
    const maker = key === undefined ? undefined : lines.maker(key)
    // Columns are told by their table; the schema public was there before.
    if (kindOf(object).mentionedBy === 'siblings' || (isSchemaObject(object) && !maker)) return []
    const line = maker?.line ?? lineOfParent(object, keys, lines)
    const name = pathOf(object, (id) => schema.get(id))
    const assumed = isRole(object) && assumedRoles.has(object.name)
    return [
      {
        kind: object.kind,
        name,
        outcome: 'kept' as const,
        ...(assumed
          ? { reason: 'Named in the source but not created there: made only where it is missing' }
          : {}),
        ...(line === undefined ? {} : { line }),
      },
    ]
  })
}

function lineOfParent(
  object: ObjectBase,
  keys: ReadonlyMap<ObjectId, string>,
  lines: SourceLines,
): number | undefined {
  return object.parent === null ? undefined : lines.maker(keys.get(object.parent) ?? null)?.line
}

/** `app.contacts.contacts_pkey`; the schema `public` is left out. */
function pathOf(object: ObjectBase, get: (id: ObjectId) => ObjectBase | undefined): string {
  const parent = object.parent === null ? undefined : get(object.parent)
  if (!parent || (isSchemaObject(parent) && parent.name === defaultSchemaName)) return object.name
  return `${pathOf(parent, get)}.${object.name}`
}

/** What a person should know of what is carried. */
const remarks: Readonly<Record<string, string>> = {
  'user mapping':
    'a password among its options is in the project too, until Problems takes it out; other roles are not shown the options',
}

function verbatim(lines: SourceLines): (carried: CarriedFact) => ImportedObject {
  return ({ raw, fact }) => {
    // A schema may have been there before; its first mention makes nothing.
    const home = fact.parent?.startsWith('n') ? null : fact.parent
    const line = (lines.maker(fact.key) ?? lines.maker(home))?.line
    return {
      kind: fact.type,
      name: fact.identity.slice(fact.type.length + 1),
      outcome: 'verbatim',
      reason: `Carried as its statement: ${remarks[fact.type] ?? `${fact.type} has no editor yet`}`,
      sql: raw.sql,
      ...(line === undefined ? {} : { line }),
    }
  }
}

function lostFact(fact: Fact): ImportedObject {
  return {
    kind: fact.type,
    name: fact.identity.slice(fact.type.length + 1),
    ...(fact.type === 'subscription'
      ? { outcome: 'skipped', reason: reasons.subscription }
      : {
          outcome: 'refused',
          reason: 'Lost: PostgreSQL does not say by which one statement it could be made',
        }),
  }
}

function lostObject(object: ObjectBase): ImportedObject {
  return {
    kind: object.kind,
    name: object.name,
    outcome: 'refused',
    reason: 'Lost: it rests on something that cannot be read',
  }
}
