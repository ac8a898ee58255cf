import type { Plan, Step } from '../core/migration/plan.ts'
import { newestVersion, targetVersions } from '../core/migration/target-version.ts'
import type { Problem } from '../core/model/problem.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import { renderMigrations } from '../core/sequelize/render-migration.ts'
import type { DatabaseApi, Proof } from '../database/api.ts'
import { EngineCrash, PgError } from '../database/engine.ts'
import { databaseOn } from '../database/node-database.ts'
import type { ScratchServer } from '../database/server/scratch-server.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { planChoices } from './plan-choices.ts'
import { dropOnSignals, needTablespaces, rolesUsed, serverLines, serverOf } from './proving-server.ts'
import { readEnds } from './read-schema.ts'
import { problemLines, proofLines } from './report.ts'
import { readText, type Terminal } from './terminal.ts'

/** What became of the migration. */
type Result =
  | { readonly outcome: 'refused'; readonly refusals: readonly Problem[] }
  | { readonly outcome: 'proven' | 'not proven'; readonly plan: Plan; readonly proofs: readonly Proof[] }

interface Proven {
  readonly result: Result
  readonly roles: readonly string[]
}

/** A backfill of real rows takes its time; a person can stop it. */
const longestFile = 24 * 3_600_000

/** `relata prove`: runs the migration up, down and up again in both forms and compares catalogues. */
export async function runProve(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const server = await serverOf(invocation)
  if (!server) {
    const { result } = await proveMigration(invocation, [database], null, terminal)
    return print(result, [], {}, invocation, terminal)
  }
  const release = dropOnSignals(server, terminal)
  const own = databaseOn(server.open, { timeLimitMilliseconds: longestFile })
  const proven = await proveMigration(invocation, [database, own], server, terminal).catch(
    (error: unknown) => ({ error }),
  )
  const report = await server.close()
  release()
  if ('error' in proven) {
    for (const line of serverLines(server, report)) terminal.note(line)
    throw ended(proven.error, server)
  }
  const { result, roles } = proven
  const done = { place: server.place, version: server.version, ...report, usedRoles: roles }
  const code = print(result, serverLines(server, report, roles), { server: done }, invocation, terminal)
  return report.left.length > 0 ? exitCodes.failed : code
}

/** The server's own troubles (a lost connection, a full disk) are no bug. */
function ended(error: unknown, { place }: ScratchServer): unknown {
  const isOfServer = error instanceof EngineCrash || error instanceof PgError
  return isOfServer ? new Exit(exitCodes.unavailable, `${place}: ${error.message}`) : error
}

/** Plans and proves on the last of the databases. */
async function proveMigration(
  invocation: Invocation,
  databases: readonly DatabaseApi[],
  server: ScratchServer | null,
  terminal: Terminal,
): Promise<Proven> {
  const database = databases.at(-1)
  if (!database) throw new Error('No database to prove on')
  const rows = textOption(invocation, 'rows')
  const fill = numberOption(invocation, 'fill')
  const given = {
    ...(rows === null ? {} : { rows: readText(rows) }),
    ...(fill === null ? {} : { fill }),
  }
  const { from, to } = await readEnds(invocation.inputs, databases, terminal)
  if (server) needTablespaces(server, from, to)
  const roles = server ? rolesUsed(server, from, to) : []
  const usualTarget = targetVersions.find((version) => version === server?.major) ?? newestVersion
  const choices = planChoices(invocation, from, to, usualTarget)
  const plan = await database.plan(from, to, { choices })
  if (plan.refusals.length > 0) return { result: { outcome: 'refused', refusals: plan.refusals }, roles }
  const title = proposeTitle(plan, from, to)
  const sources = renderMigrations({ plan, title, stamp: new Date() }).map(({ source }) => source)
  const proofs: readonly Proof[] = [
    await database.prove({ from, to, plan, ...given }),
    await database.prove({ from, to, plan, sources, ...given }),
  ]
  const outcome = proofs.every(({ passed }) => passed) ? 'proven' : 'not proven'
  return { result: { outcome, plan, proofs }, roles }
}

/** `also` are further members of the JSON form, `lines` further lines of the other. */
function print(
  result: Result,
  lines: readonly string[],
  also: object,
  invocation: Invocation,
  terminal: Terminal,
): number {
  const isJson = invocation.options.json === true
  const say = (value: object) => terminal.out(`${JSON.stringify({ ...value, ...also }, null, 2)}\n`)
  const { outcome } = result
  if (outcome === 'refused') {
    const { refusals } = result
    if (isJson) say(result)
    else
      for (const line of [...refusals.flatMap((problem) => problemLines(problem)), ...lines])
        terminal.note(line)
    return exitCodes.refused
  }
  const { plan, proofs } = result
  const hazards = { up: hazardsOf(plan.up), down: hazardsOf(plan.down) }
  if (isJson) say({ outcome, steps: plan.up.length, hazards, proofs })
  else terminal.out(`${[...proofs.flatMap(proofLines), ...lines, outcome].join('\n')}\n`)
  return outcome === 'proven' ? exitCodes.done : exitCodes.failed
}

/** Ends the command where the value is no number of things. */
function numberOption(invocation: Invocation, name: string): number | null {
  const text = textOption(invocation, name)
  if (text === null) return null
  if (!/^\d+$/.test(text)) throw new Exit(exitCodes.usage, `--${name} takes a number, not ${text}.`)
  return Number(text)
}

/** What a person must know, by step. */
function hazardsOf(steps: readonly Step[]): readonly object[] {
  return steps.flatMap(({ title, hazards }, step) => hazards.map((hazard) => ({ step, title, ...hazard })))
}
