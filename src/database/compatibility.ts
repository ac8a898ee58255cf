import { diffDocuments } from '../core/diff/diff-documents.ts'
import { isColumn } from '../core/kinds/column/column.kind.ts'
import { type Phase, phases } from '../core/kinds/online.ts'
import { isTable, type Table } from '../core/kinds/table/table.kind.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import { groupOf } from '../core/migration/scopes.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import { sampleInsert } from '../core/sample-data/sample-insert.ts'
import { qualifiedName } from '../core/sql/names.ts'
import { quoteName } from '../core/sql/quote.ts'
import type { ProofRequest } from './api.ts'
import { buildDocument } from './catalog-snapshot.ts'
import { type Engine, type OpenEngine, PgError } from './engine.ts'
import { problemOf } from './problems.ts'
import { insertSampleRows } from './proof-rows.ts'

/** Code that was written for the old schema, or for the new one. */
export type Shape = 'old' | 'new'

/** A query of running code that PostgreSQL refuses after a phase. */
export interface BrokenQuery {
  readonly shape: Shape
  /** Its name in that shape. */
  readonly table: string
  readonly query: 'select' | 'insert' | 'update'
  readonly problem: Problem
  /** The code that runs then has to be ready for it, as the plan's gates say. Otherwise the plan is wrong. */
  readonly allowed: boolean
}

/** What works after a phase. */
export interface PhaseCompatibility {
  readonly phase: Phase
  readonly broken: readonly BrokenQuery[]
}

interface Refused extends Probe {
  readonly problem: Problem
}

interface Probe {
  readonly shape: Shape
  readonly table: string
  readonly query: BrokenQuery['query']
  readonly sql: string
}

/**
 * Runs a zero-downtime plan phase by phase and after each the queries of old and of new code on the tables that change.
 * `runPart` runs one part of the plan on the engine, which holds the old schema with rows.
 */
export async function proveCompatibility(
  engine: Engine,
  plan: Plan,
  from: SchemaDocument,
  to: SchemaDocument,
  runPart: (index: number) => Promise<void>,
): Promise<readonly PhaseCompatibility[]> {
  const old = await accepted(engine, probesOf('old', from, to))
  const seen: { readonly phase: Phase; readonly broken: readonly Refused[] }[] = []
  const candidates = probesOf('new', to, from)
  const parts = plan.parts ?? []
  for (const phase of phases) {
    const own = [...parts.keys()].filter((index) => parts[index]?.phase === phase)
    if (own.length === 0) continue
    for (const index of own) await runPart(index)
    seen.push({ phase, broken: await refused(engine, [...old, ...candidates]) })
  }
  // What the new schema refuses too says nothing of the way there.
  const never = new Set(seen.at(-1)?.broken.flatMap(({ shape, sql }) => (shape === 'new' ? [sql] : [])))
  return seen.map(({ phase, broken }) => ({
    phase,
    broken: broken
      .filter(({ shape, sql }) => shape === 'old' || !never.has(sql))
      .map(({ sql: _, ...query }) => ({ ...query, allowed: isAllowed(query.shape, phase, plan) })),
  }))
}

/** The same on databases of its own: with made-up rows, or without where they stop the plan. */
export async function provePhases(
  { from, to, plan, rows }: ProofRequest,
  open: OpenEngine,
): Promise<readonly PhaseCompatibility[]> {
  const run = async (withRows: boolean) => {
    const engine = await open()
    try {
      await buildDocument(engine, from)
      if (rows !== undefined) await engine.raw(rows)
      else if (withRows) await insertSampleRows(engine, from, to)
      return await proveCompatibility(engine, plan, from, to, (index) =>
        runPart(engine, plan.parts?.[index]?.up ?? []),
      )
    } finally {
      await engine.close()
    }
  }
  try {
    return await run(true)
  } catch (error) {
    if (!(error instanceof PgError) || rows !== undefined) throw error
    return run(false)
  }
}

async function runPart(engine: Engine, steps: readonly Step[]): Promise<void> {
  for (const { statements } of steps) for (const { sql } of statements) await engine.run(sql)
}

/** Old code may break once the code that a gate asks for is deployed, new code until its first deploy. */
function isAllowed(shape: Shape, phase: Phase, { gates, changes = [] }: Plan): boolean {
  if (changes.some(({ way }) => way === 'simple')) return true
  const isDeployedEarly = (gates?.backfill ?? []).length > 0
  if (shape === 'old') return phase === 'contract' || (phase !== 'expand' && isDeployedEarly)
  return !isDeployedEarly && (phase === 'expand' || phase === 'backfill')
}

/** Rows beyond those that a proof makes up, so that they do not meet them. */
const probeRow = 40
const insertAttempts = 6

/** Queries of code written for `own` on the tables that differ in `other`. */
function probesOf(shape: Shape, own: SchemaDocument, other: SchemaDocument): readonly Probe[] {
  const schema = schemaOf(own)
  return changedTables(own, other)
    .flatMap((id) => schema.find(id, isTable) ?? [])
    .flatMap((table) => queriesOn(table, schema).map((query) => ({ ...query, shape, table: table.name })))
}

function changedTables(own: SchemaDocument, other: SchemaDocument): readonly ObjectId[] {
  const schema = schemaOf(own)
  const groups = diffDocuments(own, other).flatMap((change) => {
    const object = schema.get(change.id) ?? (change.type === 'added' ? change.to : undefined)
    const parent = object && schema.get(object.parent ?? '')
    return object && (schema.get(object.id) || parent) ? [groupOf(object, schema).id] : []
  })
  return [...new Set(groups)]
}

function queriesOn(table: Table, schema: Schema): readonly Pick<Probe, 'query' | 'sql'>[] {
  const columns = schema.childrenOf(table.id, isColumn)
  const target = qualifiedName(table, schema)
  const names = columns.map(({ name }) => quoteName(name))
  const set = columns
    .filter(({ generated, identity }) => !generated && identity?.generation !== 'always')
    .map(({ name }) => `${quoteName(name)} = ${quoteName(name)}`)
  const inserts = Array.from({ length: insertAttempts }, (_, attempt) =>
    sampleInsert(table, schema, { row: probeRow, attempt, required: new Set(), furtherChecks: [] }),
  )
  return [
    { query: 'select', sql: `SELECT ${names.join(', ')} FROM ${target}` },
    ...(set.length > 0 ? [{ query: 'update' as const, sql: `UPDATE ${target} SET ${set.join(', ')}` }] : []),
    ...[...new Set(inserts)].map((sql) => ({ query: 'insert' as const, sql })),
  ]
}

/** Those that PostgreSQL accepts now. */
async function accepted(engine: Engine, probes: readonly Probe[]): Promise<readonly Probe[]> {
  const broken = new Set((await refused(engine, probes)).map(({ sql }) => sql))
  return probes.filter(({ sql }) => !broken.has(sql))
}

async function refused(engine: Engine, probes: readonly Probe[]): Promise<readonly Refused[]> {
  const broken: Refused[] = []
  for (const probe of probes) {
    await engine.run('BEGIN')
    try {
      await engine.run(probe.sql)
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      broken.push({ ...probe, problem: problemOf(error, probe.sql) })
    }
    await engine.run('ROLLBACK')
  }
  return broken
}
