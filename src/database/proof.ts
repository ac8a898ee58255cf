import { kindOf } from '../core/kinds/registry.ts'
import type { LockTrace } from '../core/migration/lock-trace.ts'
import type { Step } from '../core/migration/plan.ts'
import { transactionRuns } from '../core/migration/transaction-runs.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { CallOptions, Proof, ProofPhase, ProofRequest } from './api.ts'
import { buildDocument, type Snapshot, settledDifferences, takeSnapshot } from './catalog-snapshot.ts'
import { provePhases } from './compatibility.ts'
import { type Engine, EngineCrash, type OpenEngine, PgError } from './engine.ts'
import type { Migrator, OpenMigrator } from './migrator.ts'
import { problemOf } from './problems.ts'
import { countRows, countSurvivors, insertSampleRows, type Witnesses, witnessRows } from './proof-rows.ts'
import type { Direction } from './sequelize-runner/migration-calls.ts'
import { traceOnRows } from './trace-plan.ts'

export interface ProofTools {
  readonly openEngine: OpenEngine
  /** Used for the Sequelize form only. */
  readonly openMigrator: OpenMigrator
}

type Report = (done: number, phase: string) => void

/** One direction of the migration, run. */
interface Run {
  readonly milliseconds: number
  readonly statements: readonly string[]
  readonly problem?: Problem
}

/** The old schema with its rows, on the engine that the migration runs on. */
interface Stage {
  readonly engine: Engine
  readonly before: Snapshot
  readonly witnesses: Witnesses
  readonly sequelize?: string
  run(direction: Direction): Promise<Run>
  close(): Promise<void>
}

/**
 * Runs a migration up, down and up again on a fresh database that holds the old schema and some rows, and compares the
 * catalogue with the drawn schema, the old one and the drawn one. Rows made up for the purpose must not decide: where
 * they stop the migration it is proved on empty tables, no row is counted, and the proof says what stopped it.
 */
export async function prove(
  request: ProofRequest,
  tools: ProofTools,
  options: CallOptions = {},
): Promise<Proof> {
  const report: Report = (done, phase) => {
    options.signal?.throwIfAborted()
    options.onProgress?.({ done, total: 6, phase })
  }
  try {
    return await withCompatibility(await proveOn(request, tools, report), request, tools)
  } catch (error) {
    if (!(error instanceof PgError)) throw error
    return refusedProof(request, problemOf(error))
  }
}

/** A zero-downtime plan is proven only when no running code breaks before its gate. */
async function withCompatibility(proof: Proof, request: ProofRequest, tools: ProofTools): Promise<Proof> {
  const isPhased = request.plan.parts?.some(({ phase }) => phase !== undefined) ?? false
  if (!isPhased || !proof.passed) return proof
  const compatibility = await provePhases(request, tools.openEngine)
  const passed = compatibility.every(({ broken }) => broken.every(({ allowed }) => allowed))
  return { ...proof, passed, compatibility }
}

async function proveOn(request: ProofRequest, tools: ProofTools, report: Report): Promise<Proof> {
  report(0, 'Building the new schema')
  const target = await readTarget(request.to, tools.openEngine)
  report(1, 'Building the old schema')
  const stage = await openFilledStage(request, tools)
  const proof = await runOn(stage, request, target, tools, report)
  if (request.rows !== undefined || countRows(stage.witnesses) === 0 || !isAboutRows(proof)) return proof
  report(1, 'Building the old schema without rows')
  const onEmpty = await runOn(await openStage(request, tools, false), request, target, tools, report)
  const stoppedByRows = proof.phases.find(({ problem }) => problem !== undefined)
  return stoppedByRows ? { ...onEmpty, stoppedByRows } : onEmpty
}

/** PostgreSQL refused one of the schemas or the given rows, so that nothing could run. */
function refusedProof({ sources, from, to }: ProofRequest, problem: Problem): Proof {
  return {
    passed: false,
    form: sources ? 'sequelize' : 'sql',
    postgres: '',
    phases: [{ name: 'up', milliseconds: 0, differences: [], problem }],
    rowsBefore: 0,
    rowsKept: 0,
    lostByDown: lostByDown(from, to),
    statements: [],
  }
}

async function readTarget(document: SchemaDocument, openEngine: OpenEngine): Promise<Snapshot> {
  const engine = await openEngine()
  try {
    await buildDocument(engine, document)
    return await takeSnapshot(engine)
  } finally {
    await engine.close()
  }
}

/** Classes 22 (data exception) and 23 (constraint violation): the rows were the reason (docs appendix A). */
function isAboutRows({ phases }: Proof): boolean {
  return phases.some(({ problem }) => /^2[23]/.test(problem?.code ?? ''))
}

async function openStage(request: ProofRequest, tools: ProofTools, withRows: boolean): Promise<Stage> {
  const { from, to, rows } = request
  const migrator = request.sources ? await tools.openMigrator() : null
  const engine = migrator?.engine ?? (await tools.openEngine())
  await buildDocument(engine, from)
  const before = await takeSnapshot(engine)
  if (rows !== undefined) await engine.raw(rows)
  else if (withRows) await insertSampleRows(engine, from, to)
  return {
    engine,
    before,
    witnesses: await witnessRows(engine, from, to),
    ...(migrator ? { sequelize: migrator.sequelize } : {}),
    run: migrator
      ? (direction) => runFiles(migrator, request, direction)
      : (direction) => runSteps(engine, request.plan[direction]),
    close: () => migrator?.close() ?? engine.close(),
  }
}

/** A trigger that never ends can break the engine while rows are made up for it: then there are none. */
async function openFilledStage(request: ProofRequest, tools: ProofTools): Promise<Stage> {
  try {
    return await openStage(request, tools, true)
  } catch (error) {
    if (error instanceof EngineCrash && request.rows === undefined) return openStage(request, tools, false)
    throw error
  }
}

async function runOn(
  stage: Stage,
  request: ProofRequest,
  target: Snapshot,
  tools: ProofTools,
  report: Report,
): Promise<Proof> {
  const rowsBefore = countRows(stage.witnesses)
  const plannedPhases = [
    { name: 'up', direction: 'up', expected: target, document: request.to },
    { name: 'down', direction: 'down', expected: stage.before, document: request.from },
    { name: 'up again', direction: 'up', expected: target, document: request.to },
  ] as const
  const phases: ProofPhase[] = []
  const statements: string[] = []
  let rowsKept = rowsBefore
  let locks: LockTrace | null = null
  try {
    for (const [index, { name, direction, expected, document }] of plannedPhases.entries()) {
      report(index + 2, `Running ${name}`)
      const { milliseconds, problem, statements: ran } = await stage.run(direction)
      if (index < 2) statements.push(...ran)
      const differences = problem
        ? []
        : await settledDifferences(expected, await takeSnapshot(stage.engine), tools.openEngine)
      phases.push({ name, milliseconds, differences, ...(problem ? { problem } : {}) })
      if (problem) break
      if (differences.length === 0) {
        rowsKept = Math.min(rowsKept, await countSurvivors(stage.engine, stage.witnesses, document))
      }
    }
    if (isClean(phases)) {
      report(5, 'Measuring locks')
      locks = await traceOnRows(stage.engine, request.plan, request.fill)
    }
  } finally {
    await stage.close()
  }
  return {
    passed: isClean(phases) && rowsKept === rowsBefore,
    form: request.sources ? 'sequelize' : 'sql',
    postgres: stage.engine.version,
    ...(stage.sequelize === undefined ? {} : { sequelize: stage.sequelize }),
    phases,
    rowsBefore,
    rowsKept,
    lostByDown: lostByDown(request.from, request.to),
    statements,
    ...(locks ? { locks } : {}),
  }
}

function isClean(phases: readonly ProofPhase[]): boolean {
  return (
    phases.length === 3 && phases.every(({ differences, problem }) => !problem && differences.length === 0)
  )
}

/** What the way up removes together with its data, which the way down makes again empty. */
function lostByDown(from: SchemaDocument, to: SchemaDocument): readonly string[] {
  const schema = schemaOf(from)
  return [...from.objects.values()].flatMap((object) => {
    const goesWithParent = object.parent !== null && !to.objects.has(object.parent)
    if (to.objects.has(object.id) || goesWithParent) return []
    return kindOf(object).dataIn?.(object, schema) ?? []
  })
}

async function runFiles(
  migrator: Migrator,
  { sources = [], fileNames }: ProofRequest,
  direction: Direction,
): Promise<Run> {
  const files = sources.map((source, index) => ({
    source,
    name: fileNames?.[index] ?? `migration-${index + 1}.js`,
  }))
  let milliseconds = 0
  const statements: string[] = []
  for (const { source, name } of direction === 'up' ? files : files.toReversed()) {
    const run = await migrator.migrate(source, name, direction)
    milliseconds += run.milliseconds
    statements.push(...run.statements)
    if (run.problem) return { milliseconds, statements, problem: run.problem }
  }
  return { milliseconds, statements }
}

/** The plan's statements as the rendered file sends them: one transaction around what may be inside one. */
async function runSteps(engine: Engine, steps: readonly Step[]): Promise<Run> {
  const statements = transactionRuns(steps).flatMap((run) => {
    const sql = run.flatMap((step) => step.statements.map((statement) => statement.sql))
    return run[0]?.transactional ? ['BEGIN', ...sql, 'COMMIT'] : sql
  })
  const started = performance.now()
  const ran: string[] = []
  for (const sql of statements) {
    ran.push(sql)
    try {
      await engine.run(sql)
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      if (engine.transaction !== 'idle') await engine.run('ROLLBACK')
      return { milliseconds: performance.now() - started, statements: ran, problem: problemOf(error, sql) }
    }
  }
  return { milliseconds: performance.now() - started, statements: ran }
}
