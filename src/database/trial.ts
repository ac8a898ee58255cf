import { unmodelledFacts } from '../core/catalog/unmodelled.ts'
import { isRaw } from '../core/kinds/raw/raw.kind.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import type { CallOptions } from './api.ts'
import { buildAndRead } from './canonical.ts'
import { type Engine, type OpenEngine, PgError } from './engine.ts'
import { refusalOf } from './problems.ts'

/**
 * Runs a plan up and down on the empty schema it starts from. What PostgreSQL refuses there, it would refuse anywhere:
 * a type change without a cast, say. Gives the refusal, or nothing.
 */
export async function tryPlan(
  open: OpenEngine,
  from: SchemaDocument,
  to: SchemaDocument,
  plan: Plan,
  options: CallOptions = {},
): Promise<readonly Problem[]> {
  if (plan.up.length === 0 || plan.refusals.length > 0) return []
  const { engine } = await buildAndRead(open, from, options)
  try {
    const refused =
      (await runSteps(engine, plan.up, to)) ??
      (await strayRight(engine, from, to)) ??
      (await runSteps(engine, plan.down, null)) ??
      (await strayRight(engine, from, to))
    return refused ? [refused] : []
  } finally {
    await engine.close()
  }
}

/**
 * ALTER DEFAULT PRIVILEGES gives rights on whatever a migration makes, also where the new schema has none: nothing in
 * the plan takes them back.
 */
async function strayRight(engine: Engine, from: SchemaDocument, to: SchemaDocument): Promise<Problem | null> {
  const before = [...from.objects.values()].filter(isRaw)
  if (!before.some(({ objectType }) => objectType.endsWith('default privileges'))) return null
  const known = new Set([...before, ...[...to.objects.values()].filter(isRaw)].map(({ sql }) => sql))
  const facts = await unmodelledFacts(async (sql, parameters) => (await engine.query(sql, parameters)).rows)
  const stray = facts.find(({ type, sql }) => type.endsWith('privileges') && sql !== null && !known.has(sql))
  if (!stray) return null
  return {
    code: 'default-privileges',
    severity: 'error',
    source: 'Migration',
    message: `Default privileges would apply to what this migration makes, unlike in the new schema: ${stray.sql}`,
    hint: 'Add the right to the new schema, or take the default privileges back in a migration before this one.',
  }
}

/** `drawn` is what the steps lead to, whose field is at fault; null on the way down, where no field is to blame. */
async function runSteps(
  engine: Engine,
  steps: readonly Step[],
  drawn: SchemaDocument | null,
): Promise<Problem | null> {
  await engine.run('SET check_function_bodies = off')
  for (const { statements, title, object, fields } of steps) {
    for (const { sql } of statements) {
      try {
        await engine.run(sql)
      } catch (error) {
        if (!(error instanceof PgError)) throw error
        const said = refusalOf(error, sql, drawn?.objects.get(object), fields)
        const where = `In the migration: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`
        return {
          ...said,
          object,
          source: 'Migration',
          message: drawn ? said.message : `Down cannot run: ${said.message}`,
          detail: said.detail === undefined ? where : `${said.detail} ${where}`,
        }
      }
    }
  }
  return null
}
