import { lockTimeline } from '../core/migration/lock-timeline.ts'
import type { LockTrace } from '../core/migration/lock-trace.ts'
import type { Problem } from '../core/model/problem.ts'
import type { Difference, ImportedObject, ImportReport, Proof } from '../database/api.ts'
import type { PhaseCompatibility, Shape } from '../database/compatibility.ts'
import { count } from './terminal.ts'

/** A problem as lines: the message with its code, then detail, hint and the statement it is about. */
export function problemLines(problem: Problem, indent = ''): readonly string[] {
  const statement = problem.sql?.split('\n') ?? []
  return [
    `${indent}${problem.severity}: ${problem.message} (${problem.code})`,
    ...(problem.detail ? [`${indent}  detail: ${problem.detail}`] : []),
    ...(problem.hint ? [`${indent}  hint: ${problem.hint}`] : []),
    ...statement.slice(0, 5).map((line) => `${indent}  | ${line}`),
    ...(statement.length > 5 ? [`${indent}  | … ${statement.length - 5} more lines`] : []),
  ]
}

const outcomes = ['kept', 'verbatim', 'skipped', 'refused'] as const

/** What became of every object; those that were kept are only counted. */
export function importReportLines(report: ImportReport): readonly string[] {
  const counts = outcomes.map((outcome) => {
    const objects = report.objects.filter((object) => object.outcome === outcome)
    return `${objects.length} ${outcome}`
  })
  return [
    `${report.statements > 0 ? count(report.statements, 'statement') : 'Read'} in ${(report.milliseconds / 1000).toFixed(1)} s: ${counts.join(', ')}.`,
    ...report.objects.filter(({ outcome }) => outcome !== 'kept').flatMap(objectLines),
  ]
}

function objectLines(object: ImportedObject): readonly string[] {
  const place = object.line === undefined ? '' : ` (line ${object.line})`
  const reason = object.reason ? `: ${object.reason}` : ''
  return [
    `  ${object.outcome} ${object.kind} ${object.name}${place}${reason}`,
    ...(object.problem && object.outcome === 'refused' ? problemLines(object.problem, '    ') : []),
  ]
}

/** One line per phase, `equal` or what differs. */
export function proofLines(proof: Proof): readonly string[] {
  const engine = [
    `PostgreSQL ${proof.postgres}`,
    ...(proof.sequelize ? [`Sequelize ${proof.sequelize}`] : []),
  ]
  return [
    `${proof.form === 'sql' ? 'SQL' : 'Sequelize'} form on ${engine.join(', ')}`,
    ...proof.phases.flatMap((phase) => [
      `  ${phase.name.padEnd(9)} ${phaseResult(phase.problem, phase.differences)}  (${Math.round(phase.milliseconds)} ms)`,
      ...(phase.problem ? problemLines(phase.problem, '    ') : []),
      ...phase.differences.map((difference) => `    ${differenceText(difference)}`),
    ]),
    ...rowLines(proof),
    ...proof.lostByDown.map((lost) => `  down cannot bring back ${lost}`),
    ...(proof.compatibility ?? []).flatMap(compatibilityLines),
    ...(proof.locks ? lockLines(proof.locks) : []),
  ]
}

/** "up blocks reads and writes of contacts for 187 ms, of 3,000 rows". */
function lockLines(locks: LockTrace): readonly string[] {
  return (['up', 'down'] as const).flatMap((direction) =>
    lockTimeline(locks[direction]).rows.flatMap(({ relation, segments }) =>
      (['reads and writes', 'writes'] as const).flatMap((blocked) => {
        const own = segments.filter((segment) => segment.blocked === blocked)
        if (own.length === 0) return []
        const time = own.reduce((sum, { from, to }) => sum + to - from, 0)
        const rows = locks.rows[relation]
        const size = rows === undefined ? '' : `, of ${count(rows, 'row')}`
        return [
          `  ${direction} blocks ${blocked} of ${relation} for ${Number(time.toPrecision(2))} ms${size}`,
        ]
      }),
    ),
  )
}

/** What code of either shape can do once a phase is done. */
function compatibilityLines({ phase, broken }: PhaseCompatibility): readonly string[] {
  const works = (shape: Shape) => (broken.some((query) => query.shape === shape) ? 'breaks' : 'works')
  return [
    `  after ${phase.padEnd(9)} old code ${works('old')}, new code ${works('new')}`,
    ...broken
      .filter(({ allowed }) => !allowed)
      .map(
        ({ shape, query, table, problem }) =>
          `    too early: ${query} of ${shape} code on ${table}: ${problem.message}`,
      ),
  ]
}

function rowLines({ stoppedByRows, rowsKept, rowsBefore }: Proof): readonly string[] {
  if (!stoppedByRows) return [`  rows: ${rowsKept} of ${rowsBefore} kept`]
  return [
    `  proved on empty tables only: with sample rows ${stoppedByRows.name} stopped`,
    ...(stoppedByRows.problem ? problemLines(stoppedByRows.problem, '    ') : []),
  ]
}

function phaseResult(problem: Problem | undefined, differences: readonly Difference[]): string {
  if (problem) return 'refused by PostgreSQL'
  return differences.length === 0 ? 'equal' : count(differences.length, 'difference')
}

/** "table public.contacts · type: expected text, found integer". */
export function differenceText({ object, field, expected, found }: Difference): string {
  const subject = field ? `${object} · ${field}` : object
  if (expected === null) return `${subject}: not expected, found ${found}`
  if (found === null) return `${subject}: missing, expected ${expected}`
  return `${subject}: expected ${expected}, found ${found}`
}
