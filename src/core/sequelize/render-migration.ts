import type { Plan, PlanPart, Step } from '../migration/plan.ts'
import { transactionRuns } from '../migration/transaction-runs.ts'
import type { JsValue, SequelizeCall } from './call.ts'
import { isFaithful } from './faithful.ts'
import { migrationFileName } from './file-name.ts'
import { jsComment } from './js-comment.ts'
import { lineWidth, printArguments, printCall } from './js-value.ts'
import type { MigrationFile } from './migration-file.ts'
import { splitIntoFiles } from './migration-files.ts'
import { fillLines, onlineFunctions } from './online-file.ts'
import { phaseHeader } from './phase-header.ts'
import { sqlTemplate } from './sql-template.ts'

export interface MigrationOptions {
  readonly plan: Plan
  /** What it does in a few words, for the file's name: "add custom_fields to contacts". */
  readonly title: string
  /** When it is written; its second becomes the file's place in the order. */
  readonly stamp: Date
  /** Sentences for the top of each file: how it was proved, or that it was not. */
  readonly header?: readonly string[]
}

/**
 * The plan as Sequelize migrations: one, or several in order where some steps cannot run in a transaction. Throws for
 * a plan with refusals.
 */
export function renderMigrations(options: MigrationOptions): readonly MigrationFile[] {
  const { plan, title, stamp, header = [] } = options
  if (plan.refusals.length > 0) throw new Error('A plan with refusals has no migration')
  const files = splitIntoFiles(plan)
  const names = fileTitles(files, title)
  return files.map((part, index) => ({
    fileName: migrationFileName(new Date(stamp.getTime() + index * 1000), names[index] ?? title),
    ...(part.phase === 'contract' ? { folder: part.phase } : {}),
    ...(part.phase === undefined ? {} : { phase: part.phase }),
    source: sourceOf(part, [...header, ...phaseHeader(plan, part, 'sequelize')]),
  }))
}

/** The phase in the name, and a number where several files have the same. */
function fileTitles(files: readonly PlanPart[], title: string): readonly string[] {
  const of = (phase: PlanPart['phase']) => files.filter((part) => part.phase === phase)
  return files.map((part) => {
    const alike = of(part.phase)
    const words = part.phase === undefined ? title : `${title} ${part.phase}`
    return alike.length === 1 ? words : `${words} ${alike.indexOf(part) + 1}`
  })
}

function sourceOf(part: PlanPart, header: readonly string[]): string {
  const up = direction('up', part)
  const down = direction('down', part)
  const used = [...up, ...down].join('\n')
  return [
    "'use strict';",
    '',
    ...header.flatMap((sentence) => jsComment(sentence, 0)),
    ...(header.length > 0 ? [''] : []),
    ...onlineFunctions.flatMap(({ name, lines }) => (used.includes(`${name}(`) ? [...lines, ''] : [])),
    "/** @type {import('sequelize-cli').Migration} */",
    'module.exports = {',
    ...up,
    '',
    ...down,
    '};',
    '',
  ].join('\n')
}

function direction(name: 'up' | 'down', part: PlanPart): readonly string[] {
  const blocks = transactionRuns(part[name]).map((run) =>
    run[0]?.transactional ? transaction(run, part.phase !== undefined) : bare(run),
  )
  const body = blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  return [
    `  async ${name}(queryInterface, Sequelize) {`,
    ...(body.length > 0 ? body : [`    // Nothing to ${name === 'up' ? 'do' : 'undo'}.`]),
    '  },',
  ]
}

function transaction(steps: readonly Step[], isInUse: boolean): readonly string[] {
  return [
    isInUse
      ? '    await withoutQueueing(queryInterface, async (transaction) => {'
      : '    await queryInterface.sequelize.transaction(async (transaction) => {',
    ...stepLines(steps, 6, true),
    '    });',
  ]
}

function bare(steps: readonly Step[]): readonly string[] {
  const isFill = steps.every(({ batches }) => batches !== undefined)
  const reason = isFill ? [] : ['    // PostgreSQL refuses to run this inside a transaction.']
  return [...reason, ...stepLines(steps, 4, false)]
}

function stepLines(steps: readonly Step[], indent: number, inTransaction: boolean): readonly string[] {
  return steps.flatMap((step, index) => [
    ...(index > 0 ? [''] : []),
    ...jsComment(step.title, indent),
    ...step.hazards.flatMap((hazard) => jsComment(hazard.message, indent)),
    ...(step.batches
      ? fillLines(step.batches, indent)
      : callsOf(step).map((call) => callLine(call, indent, inTransaction))),
  ])
}

/** Idiomatic calls unless a name in them is one that Sequelize quotes wrongly. */
function callsOf(step: Step): readonly SequelizeCall[] {
  if (step.calls?.every(isFaithful)) return step.calls
  return step.statements.map(({ sql }) => ({ method: 'query', args: [sql] }))
}

const transactionOption = { transaction: { code: 'transaction' } } as const

function callLine(call: SequelizeCall, indent: number, inTransaction: boolean): string {
  const [sql] = call.args
  if (call.method === 'query' && typeof sql === 'string') return queryLine(sql, indent, inTransaction)
  const options: { [key: string]: JsValue } = {
    ...call.options,
    ...(inTransaction ? transactionOption : {}),
  }
  const args = Object.keys(options).length === 0 ? call.args : [...call.args, options]
  return `${' '.repeat(indent)}${printCall(`await queryInterface.${call.method}`, args, indent)};`
}

function queryLine(sql: string, indent: number, inTransaction: boolean): string {
  const callee = 'await queryInterface.sequelize.query'
  const pad = ' '.repeat(indent)
  const options = inTransaction ? ['{ transaction }'] : []
  const line = `${pad}${callee}(${[sqlTemplate(sql, indent), ...options].join(', ')});`
  if (!line.includes('\n') && line.length <= lineWidth) return line
  if (options.length === 0) return line
  return `${pad}${printArguments(callee, [sqlTemplate(sql, indent + 2), ...options], indent)};`
}
