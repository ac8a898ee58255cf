import { definitionsOf, unmodelledFacts } from '../core/catalog/unmodelled.ts'
import { fieldsOf, readField, withField } from '../core/kinds/field-access.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { SettledSchema } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { sameValue } from '../core/model/equality.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { CallOptions, CanonicalSchema, Progress } from './api.ts'
import type { Engine, OpenEngine } from './engine.ts'
import { HeldSchema } from './held-schema.ts'
import { catalogQuery, identify, readCatalog, withDocumentIds } from './read-back.ts'

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/**
 * The document as PostgreSQL prints it. Expressions are printed, run as printed and printed again: PostgreSQL's first
 * print of `a in ('x')` is not the print of that print. What PostgreSQL refuses is missing.
 */
export async function canonicalize(
  open: OpenEngine,
  document: SchemaDocument,
  options: CallOptions = {},
): Promise<CanonicalSchema> {
  const built = await buildAndRead(open, document, options)
  try {
    const facts = await unmodelledFacts(catalogQuery(built.engine))
    return {
      written: document,
      canonical: await settled(open, document, built, options),
      unmodelled: definitionsOf(facts),
    }
  } finally {
    await built.engine.close()
  }
}

/** Like `canonicalize`, without what no kind carries. */
export async function settle(
  open: OpenEngine,
  document: SchemaDocument,
  options: CallOptions = {},
): Promise<SettledSchema> {
  const built = await buildAndRead(open, document, options)
  try {
    return { written: document, canonical: await settled(open, document, built, options) }
  } finally {
    await built.engine.close()
  }
}

async function settled(
  open: OpenEngine,
  document: SchemaDocument,
  built: Built,
  options: CallOptions,
): Promise<SchemaDocument> {
  const printed = withPrint(built.held, built.printed)
  const objects = printed === built.held ? built.printed : await readAgain(open, built, printed, options)
  return inOrder(document, objects)
}

/** A document in a database of its own, and what its catalogue says. */
export interface Built {
  readonly engine: Engine
  readonly schema: HeldSchema
  readonly held: SchemaDocument
  /** Objects as PostgreSQL prints them the first time; kinds without a catalogue as they were written. */
  readonly printed: Objects
  readonly problems: readonly Problem[]
}

/** Builds the document in a fresh database, which the caller must close. */
export async function buildAndRead(
  open: OpenEngine,
  document: SchemaDocument,
  { onProgress, signal }: CallOptions = {},
): Promise<Built> {
  const engine = await open()
  try {
    const report = (progress: Progress) => {
      signal?.throwIfAborted()
      onProgress?.(progress)
    }
    const schema = new HeldSchema(engine)
    await schema.apply(document, { onProgress: report })
    report({ done: 0, total: 1, phase: 'Reading the catalogue' })
    const held: SchemaDocument = { objects: new Map(schema.objects), diagram: new Map() }
    const printed = await readHeld(engine, held)
    return { engine, schema, held, printed, problems: schema.problems }
  } catch (error) {
    await engine.close().catch(() => undefined)
    throw error
  }
}

/** What the database holds of a document, under its ids. */
async function readHeld(engine: Engine, held: SchemaDocument): Promise<Objects> {
  const read = await readCatalog(engine)
  const objects = new Map<ObjectId, ObjectBase>()
  for (const object of withDocumentIds(read, identify(read, held))) {
    if (held.objects.has(object.id)) objects.set(object.id, object)
  }
  for (const object of held.objects.values()) if (!kindOf(object).catalog) objects.set(object.id, object)
  return objects
}

/** The document with every expression as printed; the same one where nothing differs. */
function withPrint(document: SchemaDocument, printed: Objects): SchemaDocument {
  const objects = new Map<ObjectId, ObjectBase>()
  let changed = false
  for (const object of document.objects.values()) {
    const other = printed.get(object.id)
    const next = other ? withExpressions(object, other) : object
    changed ||= next !== object
    objects.set(object.id, next)
  }
  return changed ? { ...document, objects } : document
}

function withExpressions(object: ObjectBase, printed: ObjectBase): ObjectBase {
  return fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
    if (!field.expressions || field.compared === false || field.derived) return result
    const value = readField(printed, name)
    return sameValue(value, readField(object, name)) ? result : withField(result, name, value)
  }, object)
}

/** Runs what was printed and prints it again: in place, or in another database where that is not possible. */
async function readAgain(
  open: OpenEngine,
  { engine, schema, printed: first }: Built,
  printed: SchemaDocument,
  options: CallOptions,
): Promise<Objects> {
  const { rebuild } = await schema.apply(printed)
  if (!rebuild) return new Map([...first, ...(await readHeld(engine, printed))])
  const other = await buildAndRead(open, printed, options)
  await other.engine.close()
  return new Map([...first, ...other.printed])
}

/** A document's objects in its order, as PostgreSQL prints them. */
function inOrder(document: SchemaDocument, printed: Objects): SchemaDocument {
  const objects = new Map<ObjectId, ObjectBase>()
  for (const id of document.objects.keys()) {
    const object = printed.get(id)
    if (object) objects.set(id, object)
  }
  return { objects, diagram: document.diagram }
}
