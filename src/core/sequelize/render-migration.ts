import type { Plan, Step } from '../migration/plan.ts'
import { transactionRuns } from '../migration/transaction-runs.ts'
import type { JsValue, SequelizeCall } from './call.ts'
import { isFaithful } from './faithful.ts'
import { migrationFileName } from './file-name.ts'
import { lineWidth, printArguments, printCall } from './js-value.ts'
import { splitIntoFiles } from './migration-files.ts'
import { sqlTemplate } from './sql-template.ts'

/** A migration as it is written to disk. */
export interface MigrationFile {
  readonly fileName: string
  readonly source: string
}

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
  return files.map(({ up, down }, index) => ({
    fileName: migrationFileName(
      new Date(stamp.getTime() + index * 1000),
      files.length === 1 ? title : `${title} ${index + 1}`,
    ),
    source: [
      "'use strict';",
      '',
      ...header.flatMap((sentence) => comment(sentence, 0)),
      ...(header.length > 0 ? [''] : []),
      "/** @type {import('sequelize-cli').Migration} */",
      'module.exports = {',
      ...direction('up', up),
      '',
      ...direction('down', down),
      '};',
      '',
    ].join('\n'),
  }))
}

function direction(name: 'up' | 'down', steps: readonly Step[]): readonly string[] {
  const blocks = transactionRuns(steps).map((run) => (run[0]?.transactional ? transaction(run) : bare(run)))
  const body = blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  return [
    `  async ${name}(queryInterface, Sequelize) {`,
    ...(body.length > 0 ? body : [`    // Nothing to ${name === 'up' ? 'do' : 'undo'}.`]),
    '  },',
  ]
}

function transaction(steps: readonly Step[]): readonly string[] {
  return [
    '    await queryInterface.sequelize.transaction(async (transaction) => {',
    ...stepLines(steps, 6, true),
    '    });',
  ]
}

function bare(steps: readonly Step[]): readonly string[] {
  return ['    // PostgreSQL refuses to run this inside a transaction.', ...stepLines(steps, 4, false)]
}

function stepLines(steps: readonly Step[], indent: number, inTransaction: boolean): readonly string[] {
  return steps.flatMap((step, index) => [
    ...(index > 0 ? [''] : []),
    ...comment(step.title, indent),
    ...step.hazards.flatMap((hazard) => comment(hazard.message, indent)),
    ...callsOf(step).map((call) => callLine(call, indent, inTransaction)),
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

/** A sentence as line comments within the width. Line ends in it (of hostile names) become spaces. */
function comment(sentence: string, indent: number): readonly string[] {
  const lines: string[] = []
  const room = lineWidth - indent - 3
  let line = ''
  for (const word of sentence.split(/[\s\u2028\u2029]+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  if (line !== '') lines.push(line)
  return lines.map((text) => `${' '.repeat(indent)}// ${text}`)
}
