import type { Plan, Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { flavourOf, inFlavour } from '../core/sequelize/flavours.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import { phaseHeader } from '../core/sequelize/online-file.ts'
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
  const { from, to } = await readEnds(invocation.inputs, database, terminal)
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
  const flavour = flavourOf(format)
  if (flavour) {
    const title = textOption(invocation, 'title') ?? proposeTitle(plan, from, to)
    const files = renderMigrations({ plan, title, stamp: new Date() })
    return files
      .map((file) => inFlavour(file, flavour))
      .map(({ fileName, folder, source }) => ({
        name: folder === undefined ? fileName : `${folder}/${fileName}`,
        text: source,
      }))
  }
  const phased = plan.parts?.some(({ phase }) => phase !== undefined) ? plan.parts : null
  if (!phased) {
    return [
      { name: 'up.sql', text: scriptOf(plan.up) },
      { name: 'down.sql', text: scriptOf(plan.down) },
    ]
  }
  return phased.flatMap((part, index) => {
    const header = phaseHeader(plan, part).map((line) => `-- ${line}\n`)
    const name = `${String(index + 1).padStart(2, '0')}-${part.phase}`
    return [
      { name: `${name}.up.sql`, text: `${header.join('')}\n${scriptOf(part.up, lockTimeout)}` },
      { name: `${name}.down.sql`, text: scriptOf(part.down, lockTimeout) },
    ]
  })
}

/** Everybody queues behind a statement that waits for a lock: it gives up, and the file can run again. */
const lockTimeout = "SET LOCAL lock_timeout = '2s';"

/** The steps as a script for psql: one transaction around each run of steps that may be in one. */
function scriptOf(steps: readonly Step[], first?: string): string {
  const lines: string[] = []
  let isOpen = false
  for (const step of steps) {
    if (step.transactional !== isOpen) {
      lines.push(
        step.transactional ? 'BEGIN;' : 'COMMIT;',
        ...(step.transactional && first ? [first] : []),
        '',
      )
    }
    isOpen = step.transactional
    lines.push(`-- ${step.title.replaceAll(/\s+/g, ' ')}`)
    for (const { code, message } of step.hazards) lines.push(`-- ${code}: ${message.replaceAll(/\s+/g, ' ')}`)
    lines.push(...step.statements.map(({ sql }) => `${sql};`), '')
  }
  if (isOpen) lines.push('COMMIT;', '')
  return lines.join('\n')
}
