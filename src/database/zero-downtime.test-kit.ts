import { alignDocuments, pathsOf } from '../core/diff/align-documents.ts'
import { type Phase, phases } from '../core/kinds/online.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import { type PlanChoices, planMigration } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { MigrationFile } from '../core/sequelize/migration-file.ts'
import { renderMigrations } from '../core/sequelize/render-migration.ts'
import type { Difference } from './api.ts'
import { buildDocument, type Snapshot, settledDifferences, takeSnapshot } from './catalog-snapshot.ts'
import { type PhaseCompatibility, proveCompatibility } from './compatibility.ts'
import type { Engine } from './engine.ts'
import { type LockTracer, openLockTracer, type StatementTrace } from './lock-trace.ts'
import { openNodeEngine } from './migration-pair.test-kit.ts'
import { countRows, countSurvivors, insertSampleRows, witnessRows } from './proof-rows.ts'
import { readCatalog } from './read-back.ts'
import type { Direction } from './sequelize-runner/migration-calls.ts'
import { runMigration } from './sequelize-runner/run-migration.ts'

/** A change of a schema that is in use. */
export interface Scenario {
  readonly base: string
  readonly change: string
  /** By path of names, `posts.status`: the expression for its rows, or null for the simple way. */
  readonly decide?: Readonly<Record<string, string | null>>
}

/** A schema and what a change makes of it; objects that keep their names keep their ids. */
export interface ScenarioEnds {
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  readonly target: Snapshot
}

export interface PlannedScenario extends ScenarioEnds {
  readonly plan: Plan
  readonly files: readonly MigrationFile[]
}

/** Takes away everything a person made. */
export async function wipe(engine: Engine): Promise<void> {
  await engine.run('DROP SCHEMA public CASCADE')
  await engine.run('CREATE SCHEMA public')
}

/** Both ends of a scenario, whose statements find their tables in that schema. */
export async function readEnds(
  engine: Engine,
  { base, change }: Scenario,
  schema = 'public',
): Promise<ScenarioEnds> {
  await wipe(engine)
  if (schema !== 'public') await engine.run(`CREATE SCHEMA ${schema}`)
  await runIn(engine, schema, base)
  const from = await readDocument(engine)
  await runIn(engine, schema, change)
  const to = alignDocuments(from, await readDocument(engine))
  const target = await takeSnapshot(engine)
  if (schema !== 'public') await engine.run(`DROP SCHEMA ${schema} CASCADE`)
  return { from, to, target }
}

/** Runs statements that name no schema. */
export async function runIn(engine: Engine, schema: string, sql: string): Promise<void> {
  await engine.run(`SET search_path = ${schema}`)
  await engine.raw(sql)
  await engine.run('SET search_path = public')
}

/** A plan in phases, unless the choices ask for another. */
export function planBetween(
  { from, to }: ScenarioEnds,
  { decide = {} }: Scenario,
  choices: PlanChoices = {},
): Plan {
  return planMigration(
    { written: from, canonical: from },
    { written: to, canonical: to },
    { mode: 'zero-downtime', ...choicesFor(decide, from, to), ...choices },
  )
}

/** Plans between a schema and what a change makes of it. */
export async function planScenario(engine: Engine, scenario: Scenario): Promise<PlannedScenario> {
  const ends = await readEnds(engine, scenario)
  const plan = planBetween(ends, scenario)
  const stamp = new Date('2026-01-15T12:00:00Z')
  const files = plan.refusals.length > 0 ? [] : renderMigrations({ plan, title: 'test', stamp })
  return { ...ends, plan, files }
}

async function readDocument(engine: Engine): Promise<SchemaDocument> {
  const objects = await readCatalog(engine)
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

function choicesFor(
  decide: NonNullable<Scenario['decide']>,
  from: SchemaDocument,
  to: SchemaDocument,
): PlanChoices {
  const ids = new Map<string, string>()
  for (const document of [from, to]) {
    const schema = schemaOf(document)
    for (const id of pathsOf(schema).keys()) {
      const object = schema.get(id)
      const parent = schema.get(object?.parent ?? '')
      if (!object) continue
      ids.set(parent && parent.kind !== 'schema' ? `${parent.name}.${object.name}` : object.name, id)
    }
  }
  const entries = Object.entries(decide).map(([path, value]) => [ids.get(path) ?? path, value] as const)
  return {
    backfills: new Map(entries.flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]))),
    simple: new Set(entries.flatMap(([id, value]) => (value === null ? [id] : []))),
  }
}

/** What a plan was seen to do on a database with rows. */
export interface Observed {
  readonly compatibility: readonly PhaseCompatibility[]
  /** Statements that stopped others while they read, wrote or indexed a table that was there. */
  readonly blocking: readonly string[]
  /** By what was run: how the catalogue then differs from what it should be. */
  readonly differences: Readonly<Record<string, readonly Difference[]>>
  readonly rows: { readonly before: number; readonly kept: number }
}

/**
 * Runs a plan up, phase by phase, looking at each statement and at old and new code after each phase; down again, phase
 * by phase; then its Sequelize files up and down.
 */
export async function observe(engine: Engine, planned: PlannedScenario): Promise<Observed> {
  const { from, to, plan, files, target } = planned
  await wipe(engine)
  await buildDocument(engine, from)
  await insertSampleRows(engine, from, to)
  const witnesses = await witnessRows(engine, from, to)
  const tracer = await openLockTracer(engine)
  const parts = plan.parts ?? []
  const start = await takeSnapshot(engine)
  const before = new Map<Phase, Snapshot>()
  const blocking: string[] = []
  const differences: Record<string, readonly Difference[]> = {}
  let kept = Number.POSITIVE_INFINITY
  const compare = async (name: string, expected: Snapshot, document?: SchemaDocument) => {
    differences[name] = await settledDifferences(expected, await takeSnapshot(engine), openNodeEngine)
    if (document) kept = Math.min(kept, await countSurvivors(engine, witnesses, document))
  }
  const compatibility = await proveCompatibility(engine, plan, from, to, async (index) => {
    const { phase, up } = parts[index] ?? { up: [] }
    if (phase && !before.has(phase)) before.set(phase, await takeSnapshot(engine))
    blocking.push(...(await runTraced(tracer, up)))
  })
  await compare('up', target, to)
  for (const phase of phases.toReversed()) {
    const expected = before.get(phase)
    if (!expected) continue
    for (const part of parts.toReversed()) if (part.phase === phase) await runTraced(tracer, part.down)
    await compare(`down ${phase}`, expected)
  }
  await runFiles(engine, files, 'up')
  await compare('Sequelize up', target, to)
  await runFiles(engine, files.toReversed(), 'down')
  await compare('Sequelize down', start, from)
  return { compatibility, blocking, differences, rows: { before: countRows(witnesses), kept } }
}

async function runFiles(
  engine: Engine,
  files: readonly MigrationFile[],
  direction: Direction,
): Promise<void> {
  for (const { source, fileName } of files) {
    const { problem } = await runMigration(engine, source, fileName, direction)
    if (problem) throw new Error(`${problem.message}\nin ${direction} of:\n${source}`)
  }
}

async function runTraced(tracer: LockTracer, steps: readonly Step[]): Promise<readonly string[]> {
  const blocking: string[] = []
  for (const { statements } of steps) {
    for (const statement of statements) {
      try {
        if (isBlocking(await tracer.run(statement))) blocking.push(statement.sql)
      } catch (error) {
        throw new Error(`${String(error)}\nin: ${statement.sql}`)
      }
    }
  }
  return blocking
}

function isBlocking({ locks, rewritten, scanned, indexesBuilt }: StatementTrace): boolean {
  const heavy = new Set([...rewritten, ...scanned, ...indexesBuilt.map(({ relation }) => relation)])
  const stopping = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']
  return locks.some(
    ({ relation, mode, existed }) => existed && heavy.has(relation) && stopping.includes(mode),
  )
}
