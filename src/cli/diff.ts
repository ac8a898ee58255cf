import type { Plan } from '../core/migration/plan.ts'
import { sqlFiles } from '../core/migration/sql-files.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { styleOf } from '../core/sequelize/flavours.ts'
import { type MigrationFile, pathOfFile } from '../core/sequelize/migration-file.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import { renderMigrations } from '../core/sequelize/render-migration.ts'
import type { DatabaseApi } from '../database/api.ts'
import { exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { planChoices } from './plan-choices.ts'
import { readEnds } from './read-schema.ts'
import { problemLines } from './report.ts'
import { emitFiles, type NamedText, type Terminal } from './terminal.ts'

/** `relata diff`: the migration from one schema to another and back, unproved. */
export async function runDiff(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const { from, to } = await readEnds(invocation.inputs, [database], terminal)
  const plan = await database.plan(from, to, { choices: planChoices(invocation, from, to) })
  if (plan.refusals.length > 0) {
    for (const line of plan.refusals.flatMap((problem) => problemLines(problem))) terminal.note(line)
    return exitCodes.refused
  }
  if (plan.up.length === 0) terminal.note('No differences.')
  for (const note of plan.notes ?? []) terminal.note(note)
  for (const step of plan.up)
    for (const { message } of step.hazards) terminal.note(`${step.title}: ${message}`)
  emitFiles(filesOf(plan, invocation, from, to), textOption(invocation, 'output'), terminal)
  return exitCodes.done
}

function filesOf(
  plan: Plan,
  invocation: Invocation,
  from: SchemaDocument,
  to: SchemaDocument,
): readonly NamedText[] {
  const format = textOption(invocation, 'format') ?? 'sql'
  if (format === 'json') return [{ name: 'plan.json', text: `${JSON.stringify(plan, null, 2)}\n` }]
  if (plan.up.length === 0) return []
  const style = styleOf(format)
  if (style) {
    const title = textOption(invocation, 'title') ?? proposeTitle(plan, from, to)
    return renderMigrations({ plan, title, stamp: new Date(), style }).map(namedText)
  }
  return sqlFiles(plan).map(namedText)
}

function namedText(file: MigrationFile): NamedText {
  return { name: pathOfFile(file), text: file.source }
}
