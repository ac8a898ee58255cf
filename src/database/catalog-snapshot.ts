import { definitionsOf, unmodelledFacts } from '../core/catalog/unmodelled.ts'
import { documentStatements } from '../core/ddl/ddl-of-document.ts'
import { objectWithIds } from '../core/diff/align-documents.ts'
import type { Change } from '../core/diff/change.ts'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import { readField } from '../core/kinds/field-access.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Difference } from './api.ts'
import type { Engine, OpenEngine } from './engine.ts'
import { catalogQuery, identify, readCatalog, withDocumentIds } from './read-back.ts'

/** Everything that a database's catalogue says of its schema, at one moment. */
export interface Snapshot {
  /** Modelled objects; their ids are catalogue keys. */
  readonly document: SchemaDocument
  /** What no kind models: identity → definition. */
  readonly facts: ReadonlyMap<string, string>
}

export async function takeSnapshot(engine: Engine): Promise<Snapshot> {
  const objects = await readCatalog(engine)
  const facts = await unmodelledFacts(catalogQuery(engine))
  return { document: documentOf(objects), facts: definitionsOf(facts) }
}

/** Makes a document's objects in a fresh database, function bodies unchecked. Throws PgError. */
export async function buildDocument(engine: Engine, document: SchemaDocument): Promise<void> {
  await engine.run('SET check_function_bodies = off')
  for (const { sql } of documentStatements(document)) await engine.run(sql)
  await engine.run('RESET check_function_bodies')
}

/** The differences between two databases, objects paired by kind and path. */
export function differencesBetween(expected: Snapshot, found: Snapshot): readonly Difference[] {
  const apart = [...found.document.objects.values()].map((object) =>
    objectWithIds(object, (id) => `found ${id}`),
  )
  const keys = identify(apart, expected.document)
  const aligned = documentOf(withDocumentIds(apart, keys))
  return [
    ...diffDocuments(expected.document, aligned)
      .filter((change) => change.type === 'changed' || !isOfTheServer(change))
      .flatMap((change) => differencesOf(change, expected.document, aligned)),
    ...factDifferences(expected.facts, found.facts),
  ]
}

/**
 * Like `differencesBetween`, but where printed expressions differ both sides are built anew from what was printed:
 * PostgreSQL prints an expression that went through an ALTER differently from the same one written afresh.
 */
export async function settledDifferences(
  expected: Snapshot,
  found: Snapshot,
  openEngine: OpenEngine,
): Promise<readonly Difference[]> {
  const first = differencesBetween(expected, found)
  if (first.length === 0) return first
  try {
    const documents = [await rebuilt(expected, openEngine), await rebuilt(found, openEngine)] as const
    const settled = differencesBetween(
      { ...expected, document: documents[0] },
      { ...found, document: documents[1] },
    )
    return settled.length < first.length ? settled : first
  } catch {
    // What rests on unmodelled objects cannot be built alone: the first comparison stands.
    return first
  }
}

async function rebuilt({ document }: Snapshot, openEngine: OpenEngine): Promise<SchemaDocument> {
  const engine = await openEngine()
  try {
    await buildDocument(engine, document)
    // What belongs to the server may be there already, as the other database left it.
    const shared = [...document.objects.values()].filter((object) => kindOf(object).clusterWide)
    const built = (await readCatalog(engine)).filter((object) => !kindOf(object).clusterWide)
    return documentOf([...shared, ...built])
  } finally {
    await engine.close()
  }
}

function documentOf(objects: readonly ObjectBase[]): SchemaDocument {
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

function isOfTheServer(change: Exclude<Change, { type: 'changed' }>): boolean {
  return kindOf(change.type === 'added' ? change.to : change.from).clusterWide === true
}

function differencesOf(
  change: Change,
  expected: SchemaDocument,
  found: SchemaDocument,
): readonly Difference[] {
  switch (change.type) {
    case 'added':
      return [{ object: titleOf(change.to, found), expected: null, found: 'present' }]
    case 'removed':
      return [{ object: titleOf(change.from, expected), expected: 'present', found: null }]
    case 'changed':
      return change.fields.map((field) => ({
        object: titleOf(change.from, expected),
        field,
        expected: valueText(change.from, field, expected),
        found: valueText(change.to, field, found),
      }))
  }
}

/** "table public.contacts · column full_name" */
function titleOf(object: ObjectBase, { objects }: SchemaDocument): string {
  const parent = object.parent === null ? undefined : objects.get(object.parent)
  if (!parent) return `${object.kind} ${object.name}`
  if (kindOf(parent).foundation) return `${object.kind} ${parent.name}.${object.name}`
  return `${titleOf(parent, { objects, diagram: new Map() })} · ${object.kind} ${object.name}`
}

function valueText(object: ObjectBase, field: string, { objects }: SchemaDocument): string | null {
  const value = readField(object, field)
  if (value === null || typeof value === 'string') return value
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? named(part, objects) : part,
  )
}

function named(id: ObjectId, objects: SchemaDocument['objects']): string {
  return objects.get(id)?.name ?? id
}

function factDifferences(
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): readonly Difference[] {
  const identities = new Set([...expected.keys(), ...found.keys()])
  return [...identities]
    .filter((identity) => expected.get(identity) !== found.get(identity))
    .map((identity) => ({
      object: identity,
      expected: expected.get(identity) ?? null,
      found: found.get(identity) ?? null,
    }))
}
