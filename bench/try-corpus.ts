// Tries schema pairs: imports both, rebuilds both without loss, plans and proves both directions. One line per direction.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { startRealPostgres } from '../e2e/fixtures/real-postgres.ts'
import { NotLoaded, type SecondOpinion, secondOpinion } from '../e2e/fixtures/second-opinion.ts'
import { alignDocuments } from '../src/core/diff/align-documents.ts'
import type { Plan } from '../src/core/migration/plan.ts'
import { sqlFiles } from '../src/core/migration/sql-files.ts'
import type { SchemaDocument } from '../src/core/model/document.ts'
import { proposeTitle } from '../src/core/sequelize/migration-title.ts'
import { renderMigrations } from '../src/core/sequelize/render-migration.ts'
import { splitSql } from '../src/core/sql/split.ts'
import type { DatabaseApi, Difference, ImportResult, Proof } from '../src/database/api.ts'
import { buildDocument, settledDifferences, takeSnapshot } from '../src/database/catalog-snapshot.ts'
import { runSource } from '../src/database/import-run.ts'
import { nodeAssets } from '../src/database/node-assets.ts'
import { openDatabase } from '../src/database/node-database.ts'
import { openPglite } from '../src/database/pglite-engine.ts'
import { loadSqlParser } from '../src/database/sql-parser.ts'

type Verdict = 'converges' | 'refused' | 'not loaded' | 'WRONG'

interface Line {
  readonly verdict: Verdict
  readonly reason: string
}

const open = async () => openPglite(await nodeAssets())
const parse = await loadSqlParser()

const [folder = '', ...rest] = process.argv.slice(2)
const option = (name: string): string | undefined =>
  rest.find((text) => text.startsWith(`--${name}=`))?.split('=')[1]
const only = option('only')
const [part = 0, parts = 1] = (option('part') ?? '0/1').split('/').map(Number)
const importsOnly = rest.includes('--imports')
const withSequelize = rest.includes('--sequelize')
const server = rest.includes('--second-opinion') ? await startRealPostgres() : null
const opinion = server && secondOpinion(server, parse)
const limit = Number(option('show') ?? 3)

function pairsIn(path: string): string[] {
  if (existsSync(join(path, 'a.sql'))) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => pairsIn(join(path, entry.name)))
}

const shown = (differences: readonly Difference[]): string =>
  differences
    .slice(0, limit)
    .map(
      ({ object, field, expected, found }) =>
        `${object}${field ? ` ${field}` : ''}: expected ${expected} found ${found}`,
    )
    .join(' | ')
    .replaceAll(/\s+/g, ' ')

/** Loads a file; a refusal of PostgreSQL makes it not loaded, a difference after rebuilding makes it wrong. */
async function load(database: DatabaseApi, path: string): Promise<SchemaDocument | Line> {
  const sql = readFileSync(path, 'utf8')
  const result: ImportResult = await database.importSql(sql)
  const refused = result.report.objects.filter(({ outcome }) => outcome === 'refused')
  const [first] = refused
  if (first) {
    const lost = first.reason?.startsWith('Lost')
    return { verdict: lost ? 'WRONG' : 'not loaded', reason: `line ${first.line}: ${first.reason}` }
  }
  if (opinion) return result.document
  const run = await runSource(splitSql(sql, parse), open)
  const rebuilt = await open()
  try {
    await buildDocument(rebuilt, result.document)
    const differences = await settledDifferences(
      await takeSnapshot(run.engine),
      await takeSnapshot(rebuilt),
      open,
    )
    if (differences.length > 0) return { verdict: 'WRONG', reason: `import loses: ${shown(differences)}` }
    return result.document
  } catch (error) {
    return { verdict: 'WRONG', reason: `rebuild: ${String(error)}` }
  } finally {
    await run.engine.close()
    await rebuilt.close()
  }
}

interface Side {
  readonly document: SchemaDocument
  readonly sql: string
}

async function direction(database: DatabaseApi, a: Side, b: Side): Promise<Line> {
  const [from, to] = [a.document, b.document]
  try {
    const aligned = alignDocuments(from, to)
    const plan = await database.plan(from, aligned)
    const [refusal] = plan.refusals
    if (refusal) return { verdict: 'refused', reason: refusal.message }
    if (opinion) return await judgedBy(opinion, a.sql, b.sql, plan)
    const inSql = verdictOf(await database.prove({ from, to: aligned, plan }), plan.up.length)
    if (inSql.verdict === 'WRONG' || !withSequelize) return inSql
    const title = proposeTitle(plan, from, aligned)
    const sources = renderMigrations({ plan, title, stamp: new Date(0) }).map(({ source }) => source)
    const inFile = verdictOf(await database.prove({ from, to: aligned, plan, sources }), plan.up.length)
    return inFile.verdict === 'WRONG' ? { ...inFile, reason: `Sequelize ${inFile.reason}` } : inFile
  } catch (error) {
    return {
      verdict: error instanceof NotLoaded ? 'not loaded' : 'WRONG',
      reason: String(error instanceof Error ? error.stack : error)
        .replaceAll(/\s+/g, ' ')
        .slice(0, 400),
    }
  }
}

/** What pg-delta sees on a real server between what the plan makes, up and down, and the two files as they stand. */
async function judgedBy(judge: SecondOpinion, a: string, b: string, plan: Plan): Promise<Line> {
  const [up = '', down = ''] = sqlFiles(plan).map(({ source }) => source)
  const found = await judge.differences(a, [
    { script: up, expected: b },
    { script: down, expected: a },
  ])
  const lines = found.flatMap((each, index) => each.map((line) => `${index === 0 ? 'up' : 'down'}: ${line}`))
  return lines.length === 0
    ? { verdict: 'converges', reason: 'in the opinion of pg-delta' }
    : { verdict: 'WRONG', reason: lines.join(' | ') }
}

function verdictOf(proof: Proof, steps: number): Line {
  if (proof.passed)
    return { verdict: 'converges', reason: `${steps} steps, ${proof.rowsKept}/${proof.rowsBefore} rows kept` }
  const phase = proof.phases.find(({ problem, differences }) => problem || differences.length > 0)
  const why = phase?.problem
    ? `${phase.problem.message} in ${phase.problem.sql ?? ''}`
    : shown(phase?.differences ?? [])
  return { verdict: 'WRONG', reason: `${phase?.name}: ${why.replaceAll(/\s+/g, ' ')}` }
}

const totals: Record<string, number> = {}
const print = (name: string, { verdict, reason }: Line) => {
  totals[verdict] = (totals[verdict] ?? 0) + 1
  if (verdict !== 'converges' || !rest.includes('--quiet'))
    process.stdout.write(`${verdict.padEnd(10)} ${name}: ${reason}\n`)
}

const database = await openDatabase()
const pairs = pairsIn(folder)
  .toSorted()
  .filter((path) => only === undefined || path.includes(only))
  .filter((_, index) => index % parts === part)
for (const path of pairs) {
  const name = relative(folder, path)
  const a = await load(database, join(path, 'a.sql'))
  const b = await load(database, join(path, 'b.sql'))
  for (const [side, loaded] of [
    ['a', a],
    ['b', b],
  ] as const) {
    if ('verdict' in loaded) print(`${name} ${side}`, loaded)
    else if (importsOnly) print(`${name} ${side}`, { verdict: 'converges', reason: 'imports without loss' })
  }
  if ('verdict' in a || 'verdict' in b || importsOnly) continue
  const text = (file: string) => readFileSync(join(path, file), 'utf8')
  const [first, second] = [
    { document: a, sql: text('a.sql') },
    { document: b, sql: text('b.sql') },
  ] as const
  print(`${name} a→b`, await direction(database, first, second))
  print(`${name} b→a`, await direction(database, second, first))
}
await server?.stop()
process.stdout.write(`${JSON.stringify(totals)}\n`)
process.exit(totals.WRONG ? 1 : 0)
