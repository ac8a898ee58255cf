import { addColumn } from '../src/core/commands/columns.ts'
import { isTable } from '../src/core/kinds/table/table.kind.ts'
import { planMigration } from '../src/core/migration/plan-migration.ts'
import type { SchemaDocument } from '../src/core/model/document.ts'
import { applyPatch } from '../src/core/model/patch.ts'
import { schemaOf } from '../src/core/model/schema.ts'
import type { DatabaseApi } from '../src/database/api.ts'
import { openDatabase } from '../src/database/node-database.ts'
import { changedSchema } from './changed-schema.ts'
import { generatedSchema } from './generated-schema.ts'

/** Changes of the schema that are planned. */
const changes = 50
/** Tables of the schema that is changed in phases: each phase is planned on the whole of it. */
const phasedTables = 50

/** Measures PostgreSQL in process on a schema of that many tables, and prints ratios. */
export async function benchEngine(tables: number): Promise<void> {
  console.log(`\nEngine, ${tables} tables`)
  const database = await openDatabase()
  try {
    const { document, report } = await database.importSql(generatedSchema(tables))
    row('import', report.milliseconds, `${document.objects.size} objects`)

    const rebuild = await database.validate(document)
    if (rebuild.problems.length > 0) throw new Error(`The schema has ${rebuild.problems.length} problems`)
    row('shadow from nothing', rebuild.milliseconds, rebuild.rebuilt ? '' : 'was not rebuilt')

    const edits = await editTimes(database, document)
    const edit = median(edits)
    row('one edit: apply and read back', edit, ratio(rebuild.milliseconds, edit))

    const changed = changedSchema(document, changes)
    const [from, settling] = await timed(() => database.canonicalize(document))
    row('canonical form of one schema', settling, ratio(rebuild.milliseconds, settling))
    const to = await database.canonicalize(changed)
    const [plan, planning] = await timed(async () => planMigration(from, to))
    const note = `${plan.up.length} steps; ${ratio(rebuild.milliseconds, planning)}`
    row(`diff and plan, ${changes} changes`, planning, note)

    const few = Math.min(tables, phasedTables)
    const small = (await database.importSql(generatedSchema(few))).document
    const ends = [small, changedSchema(small, changes)] as const
    const [start, end] = [await database.canonicalize(ends[0]), await database.canonicalize(ends[1])]
    const [, atOnce] = await timed(async () => planMigration(start, end))
    const [phased, phasing] = await timed(async () => planMigration(start, end, { mode: 'zero-downtime' }))
    const phases = `${phased.up.length} steps; ${(phasing / atOnce).toFixed(1)} times the same at once`
    row(`the same in phases, ${few} tables`, phasing, phases)
  } finally {
    await database.close()
  }
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now()
  const result = await work()
  return [result, performance.now() - start]
}

/** Adds a column to tables spread over the schema, one edit each. */
async function editTimes(database: DatabaseApi, document: SchemaDocument): Promise<readonly number[]> {
  const times: number[] = []
  let current = document
  for (let index = 0; index < 25; index += 1) {
    current = withColumns(current, 1, index)
    const start = performance.now()
    const report = await database.validate(current)
    times.push(performance.now() - start)
    if (report.rebuilt || report.problems.length > 0) throw new Error('The edit was not incremental')
  }
  return times
}

function withColumns(document: SchemaDocument, count: number, from = 0): SchemaDocument {
  const tables = schemaOf(document).all(isTable)
  const step = Math.max(1, Math.floor(tables.length / 29))
  let changed = document
  for (let index = from; index < from + count; index += 1) {
    const table = tables[(index * step) % tables.length]
    if (!table) continue
    const patch = addColumn(changed, { id: `bench-${index}`, table: table.id, name: `extra_${index}` })
    changed = applyPatch(changed, patch)
  }
  return changed
}

function row(what: string, milliseconds: number, note: string): void {
  console.log(`  ${what.padEnd(44)} ${milliseconds.toFixed(1).padStart(9)} ms   ${note}`)
}

/** `part` in terms of a rebuild: "1/412 of a rebuild", or "2.8 rebuilds" where it is longer. */
function ratio(rebuild: number, part: number): string {
  if (part > rebuild) return `${(part / rebuild).toFixed(1)} rebuilds`
  return `1/${(rebuild / part).toFixed(part * 10 > rebuild ? 1 : 0)} of a rebuild`
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
