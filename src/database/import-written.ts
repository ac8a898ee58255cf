import { printsAlike } from '../core/import/written-candidates.ts'
import { fieldsOf, readField } from '../core/kinds/field-access.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { Step } from '../core/migration/plan.ts'
import { planChanges } from '../core/migration/plan-changes.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { sameValue } from '../core/model/equality.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { CallOptions } from './api.ts'
import { buildAndRead } from './canonical.ts'
import { type Engine, type OpenEngine, PgError } from './engine.ts'
import { identify, readCatalog, withDocumentIds } from './read-back.ts'
import { StepRunner } from './step-runner.ts'

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/**
 * The document with expressions as the source has them, the `candidates`, instead of PostgreSQL's print, wherever a
 * database built from them prints the same.
 */
export async function keepWrittenText(
  document: SchemaDocument,
  candidates: Objects,
  open: OpenEngine,
  options: CallOptions,
): Promise<SchemaDocument> {
  if (candidates.size === 0) return document
  const built = await buildAndRead(open, withObjects(document, candidates), {
    ...options,
    onProgress: ({ done, total }) =>
      options.onProgress?.({ done, total, phase: 'Keeping the text as written' }),
  })
  await built.engine.close()
  return withAlike(document, candidates, built.printed)
}

/**
 * The same by changing the database that the document was read from, which stays as it was. Null where that does not
 * tell for each candidate. The session must have no transaction open.
 */
export async function keepWrittenInPlace(
  document: SchemaDocument,
  candidates: Objects,
  engine: Engine,
): Promise<SchemaDocument | null> {
  if (candidates.size === 0) return document
  const attempt = withObjects(document, candidates)
  const { steps, refusals } = planChanges(document, attempt, { empty: true })
  const isWhole =
    refusals.length === 0 &&
    steps.every(({ transactional }) => transactional) &&
    [...candidates.values()].every((written) => isMade(written, document.objects.get(written.id), steps))
  if (!isWhole) return null
  try {
    // A person's event triggers have no part in it.
    await engine.run(`BEGIN; SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica;
      SET LOCAL search_path = public; SET LOCAL check_function_bodies = off; SET LOCAL plan_cache_mode = force_generic_plan`)
    if (!(await new StepRunner(engine).runTogether(steps))) return null
    const read = await readCatalog(engine)
    const printed = withDocumentIds(read, identify(read, attempt)).map(
      (object) => [object.id, object] as const,
    )
    return withAlike(document, candidates, new Map(printed))
  } catch (error) {
    if (!(error instanceof PgError)) throw error
    return null
  } finally {
    await engine.run('ROLLBACK')
  }
}

/** Whether the steps make every expression of the object that is written otherwise than in `original`. */
function isMade(written: ObjectBase, original: ObjectBase | undefined, steps: readonly Step[]): boolean {
  if (steps.some(({ action, puts }) => action === 'create' && puts.includes(written))) return true
  const altered = steps.filter(({ action, object }) => action === 'alter' && object === written.id)
  const fields = new Set(altered.flatMap((step) => step.fields))
  return fieldsOf(kindOf(written)).every(
    ([name, field]) =>
      !field.expressions ||
      fields.has(name) ||
      (original !== undefined && sameValue(readField(original, name), readField(written, name))),
  )
}

function withAlike(document: SchemaDocument, candidates: Objects, read: Objects): SchemaDocument {
  const alike = [...candidates].filter(([id]) => {
    const original = document.objects.get(id)
    const printed = read.get(id)
    return original && printed && printsAlike(printed, original)
  })
  return withObjects(document, new Map(alike))
}

function withObjects(document: SchemaDocument, objects: Objects): SchemaDocument {
  return { ...document, objects: new Map([...document.objects, ...objects]) }
}
