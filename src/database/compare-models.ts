import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import { driftBetween, type ModelComparison } from '../core/sequelize/models/drift-between.ts'
import { type ModelFacts, modelsSchema } from '../core/sequelize/models/model-facts.ts'
import { quoteName } from '../core/sql/quote.ts'
import type { CallOptions } from './api.ts'
import { buildAndRead } from './canonical.ts'
import { type Engine, type OpenEngine, PgError } from './engine.ts'
import { problemOf } from './problems.ts'
import { identify, readCatalog, withDocumentIds } from './read-back.ts'

/**
 * Where models and schema differ: the tables of the models are made beside those of the document in one fresh database,
 * so that PostgreSQL prints both the same way.
 */
export async function compareModels(
  open: OpenEngine,
  document: SchemaDocument,
  models: readonly ModelFacts[],
  options: CallOptions = {},
): Promise<ModelComparison> {
  const { engine, held } = await buildAndRead(open, document, options)
  try {
    await engine.run(`CREATE SCHEMA ${quoteName(modelsSchema)}`)
    const refused = new Map<string, Problem>()
    for (const { scratch, statements } of models) {
      const problem = await firstRefusal(engine, statements)
      if (problem) refused.set(scratch, problem)
    }
    const read = await readCatalog(engine)
    const objects = withDocumentIds(read, identify(read, held))
    const printed = new Map(objects.map((object) => [object.id, object]))
    // What is not of the document is of the models.
    const made = { objects: objects.filter(({ id }) => !document.objects.has(id)), refused }
    return { drift: driftBetween({ document, printed, models, made }), made }
  } finally {
    await engine.close()
  }
}

/** The table's own statement is the first that can fail; without it, nothing else of the model can be made. */
async function firstRefusal(engine: Engine, statements: readonly string[]): Promise<Problem | null> {
  let first: Problem | null = null
  for (const sql of statements) {
    try {
      await engine.raw(sql)
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      first ??= problemOf(error, sql)
    }
  }
  return first
}
