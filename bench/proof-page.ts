// Runs in the page that proof.ts opens, on the page's own PostgreSQL and in its sandbox.
import { renderMigrations } from '../src/core/sequelize/render-migration.ts'
import { openPageDatabase } from '../src/database/page-database.ts'
import { changedSchema } from './changed-schema.ts'
import { generatedSchema } from './generated-schema.ts'

export interface MeasuredProof {
  readonly form: string
  readonly steps: number
  readonly passed: boolean
  /** From the question to the answer. */
  readonly milliseconds: number
  /** Of the phases up, down and up again; in the SQL form PostgreSQL and its statements alone. */
  readonly running: number
}

/** Proves a migration of so many changes in both forms, each twice: what is loaded once is no part of the second. */
async function measureProofs(tables: number, changes: number): Promise<readonly MeasuredProof[]> {
  const database = openPageDatabase(() => undefined)
  await database.boot()
  const { document: from } = await database.importSql(generatedSchema(tables))
  const to = changedSchema(from, changes)
  const plan = await database.plan(from, to)
  const sources = renderMigrations({ plan, title: 'bench', stamp: new Date() }).map(({ source }) => source)
  const measured: MeasuredProof[] = []
  for (const form of [{}, { sources }]) {
    await database.prove({ from, to, plan, ...form })
    const started = performance.now()
    const proof = await database.prove({ from, to, plan, ...form })
    measured.push({
      form: proof.form,
      steps: plan.up.length,
      passed: proof.passed,
      milliseconds: performance.now() - started,
      running: proof.phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    })
  }
  await database.close()
  return measured
}

Object.assign(globalThis, { measureProofs })
