import type { Plan, PlanPart, Step } from '../migration/plan.ts'
import { transactionRuns } from '../migration/transaction-runs.ts'
import type { JsValue, SequelizeCall } from './call.ts'
import { padding, paddingWidth } from './code-style.ts'
import { isFaithful } from './faithful.ts'
import { migrationFileName } from './file-name.ts'
import { type FileStyle, settled, usualFile } from './file-style.ts'
import { bodyIndent, endOf, framed, frameHead } from './frame.ts'
import { jsComment } from './js-comment.ts'
import { lineWidth, printArguments, printCall } from './js-value.ts'
import type { MigrationFile } from './migration-file.ts'
import { splitIntoFiles } from './migration-files.ts'
import { withSerials } from './numbered-columns.ts'
import { fillLines, functionLines, onlineFunctions } from './online-file.ts'
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
  /** How the files are written; absent: as sequelize-cli generates them. */
  readonly style?: FileStyle
  /** Where the migrations are, as a person calls it; absent: `migrations`. */
  readonly folder?: string
  /** Names the files, given what each does in a few words; absent: by the second of `stamp`, each a second later. */
  readonly nameFiles?: (titles: readonly string[]) => readonly string[]
}

/**
 * The plan as Sequelize migrations: one, or several in order where some steps cannot run in a transaction. Throws for
 * a plan with refusals.
 */
export function renderMigrations(options: MigrationOptions): readonly MigrationFile[] {
  const { plan, title, header = [] } = options
  const style = settled(options.style ?? usualFile)
  if (plan.refusals.length > 0) throw new Error('A plan with refusals has no migration')
  const files = splitIntoFiles(plan)
  const titles = fileTitles(files, title)
  const names = options.nameFiles?.(titles) ?? titles.map((words, index) => usualName(words, index, options))
  return files.map((part, index) => ({
    fileName: names[index] ?? usualName(title, index, options),
    ...(part.phase === 'contract' ? { folder: part.phase } : {}),
    ...(part.phase === undefined ? {} : { phase: part.phase }),
    source: sourceOf(part, [...header, ...phaseHeader(plan, part, 'sequelize', options.folder)], style),
  }))
}

function usualName(title: string, index: number, { stamp, style = usualFile }: MigrationOptions): string {
  return migrationFileName(new Date(stamp.getTime() + index * 1000), title, style.ending)
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

function sourceOf(part: PlanPart, header: readonly string[], style: FileStyle): string {
  const up = direction('up', part, style)
  const down = direction('down', part, style)
  const body = [...up, ...down].join('\n')
  const functions = onlineFunctions.filter(({ name }) => body.includes(`${name}(`))
  const said = header.flatMap((sentence) => jsComment(sentence, 0, style))
  return [
    ...frameHead(style, body, functions.length > 0),
    ...(said.length > 0 ? [...said, ''] : []),
    ...functions.flatMap(({ lines }) => [...functionLines(lines, style), '']),
    ...framed(style, up, down),
    '',
  ].join('\n')
}

function direction(name: 'up' | 'down', part: PlanPart, style: FileStyle): readonly string[] {
  const indent = bodyIndent(style)
  const blocks = transactionRuns(withSerials(part[name])).map((run) => {
    if (!run[0]?.transactional) return bare(run, indent, style)
    const isInUse = part.phase !== undefined
    if (style.transactions === 'several' && !isInUse && isOneStatement(run)) {
      return stepLines(run, indent, false, style)
    }
    return transaction(run, isInUse, indent, style)
  })
  const body = blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  if (body.length > 0) return body
  return [`${padding(indent, style)}// Nothing to ${name === 'up' ? 'do' : 'undo'}.`]
}

/** PostgreSQL takes back all of a statement that fails. */
function isOneStatement([step, ...more]: readonly Step[]): boolean {
  return step !== undefined && more.length === 0 && !step.batches && callsOf(step).length === 1
}

function transaction(
  steps: readonly Step[],
  isInUse: boolean,
  indent: number,
  style: FileStyle,
): readonly string[] {
  const { queryInterface } = style
  const pad = padding(indent, style)
  return [
    isInUse
      ? `${pad}await withoutQueueing(${queryInterface}, async (transaction) => {`
      : `${pad}await ${queryInterface}.sequelize.transaction(async (transaction) => {`,
    ...stepLines(steps, indent + 2, true, style),
    `${pad}})${endOf(style)}`,
  ]
}

function bare(steps: readonly Step[], indent: number, style: FileStyle): readonly string[] {
  const isFill = steps.every(({ batches }) => batches !== undefined)
  const reason = jsComment('PostgreSQL refuses to run this inside a transaction.', indent, style)
  return [...(isFill ? [] : reason), ...stepLines(steps, indent, false, style)]
}

function stepLines(
  steps: readonly Step[],
  indent: number,
  inTransaction: boolean,
  style: FileStyle,
): readonly string[] {
  return steps.flatMap((step, index) => [
    ...(index > 0 ? [''] : []),
    ...jsComment(step.title, indent, style),
    ...step.hazards.flatMap((hazard) => jsComment(hazard.message, indent, style)),
    ...(step.batches
      ? fillLines(step.batches, indent, style.queryInterface, style)
      : callsOf(step).map((call) => callLine(call, indent, inTransaction, style))),
  ])
}

/** Idiomatic calls unless a name in them is one that Sequelize quotes wrongly. */
function callsOf(step: Step): readonly SequelizeCall[] {
  if (step.calls?.every(isFaithful)) return step.calls
  return step.statements.map(({ sql }) => ({ method: 'query', args: [sql] }))
}

const transactionOption = { transaction: { code: 'transaction' } } as const

function callLine(call: SequelizeCall, indent: number, inTransaction: boolean, style: FileStyle): string {
  const [sql] = call.args
  if (call.method === 'query' && typeof sql === 'string') return queryLine(sql, indent, inTransaction, style)
  const options: { [key: string]: JsValue } = {
    ...call.options,
    ...(inTransaction ? transactionOption : {}),
  }
  const args = Object.keys(options).length === 0 ? call.args : [...call.args, options]
  const callee = `await ${style.queryInterface}.${call.method}`
  return `${padding(indent, style)}${printCall(callee, args, indent, style)}${endOf(style)}`
}

function queryLine(sql: string, indent: number, inTransaction: boolean, style: FileStyle): string {
  const callee = `await ${style.queryInterface}.sequelize.query`
  const pad = padding(indent, style)
  const end = endOf(style)
  const options = inTransaction ? ['{ transaction }'] : []
  const call = `${callee}(${[sqlTemplate(sql, indent, style), ...options].join(', ')})${end}`
  const fits = !call.includes('\n') && paddingWidth(indent, style) + call.length <= lineWidth
  if (fits || options.length === 0) return `${pad}${call}`
  const printed = [sqlTemplate(sql, indent + 2, style), ...options]
  return `${pad}${printArguments(callee, printed, indent, style)}${end}`
}
