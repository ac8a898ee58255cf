import type { Step } from '../core/migration/plan.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import { renderMigrations } from '../core/sequelize/render-migration.ts'
import type { DatabaseApi, Proof } from '../database/api.ts'
import { exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { planChoices } from './plan-choices.ts'
import { readEnds } from './read-schema.ts'
import { problemLines, proofLines } from './report.ts'
import { readText, type Terminal } from './terminal.ts'

/** `relata prove`: runs the migration up, down and up again in both forms and compares catalogues. */
export async function runProve(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const rowsPath = textOption(invocation, 'rows')
  const rows = rowsPath === null ? {} : { rows: readText(rowsPath) }
  const { from, to } = await readEnds(invocation.inputs, database, terminal)
  const isJson = invocation.options.json === true
  const plan = await database.plan(from, to, { choices: planChoices(invocation, from, to) })
  if (plan.refusals.length > 0) {
    if (isJson) terminal.out(`${JSON.stringify({ outcome: 'refused', refusals: plan.refusals }, null, 2)}\n`)
    else for (const line of plan.refusals.flatMap((problem) => problemLines(problem))) terminal.note(line)
    return exitCodes.refused
  }
  const title = proposeTitle(plan, from, to)
  const sources = renderMigrations({ plan, title, stamp: new Date() }).map(({ source }) => source)
  const proofs: readonly Proof[] = [
    await database.prove({ from, to, plan, ...rows }),
    await database.prove({ from, to, plan, sources, ...rows }),
  ]
  const passed = proofs.every((proof) => proof.passed)
  const outcome = passed ? 'proven' : 'not proven'
  const hazards = { up: hazardsOf(plan.up), down: hazardsOf(plan.down) }
  if (isJson)
    terminal.out(`${JSON.stringify({ outcome, steps: plan.up.length, hazards, proofs }, null, 2)}\n`)
  else terminal.out(`${[...proofs.flatMap(proofLines), outcome].join('\n')}\n`)
  return passed ? exitCodes.done : exitCodes.failed
}

/** What a person must know, by step. */
function hazardsOf(steps: readonly Step[]): readonly object[] {
  return steps.flatMap(({ title, hazards }, step) => hazards.map((hazard) => ({ step, title, ...hazard })))
}
