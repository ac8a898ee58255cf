import { kindOf } from '../../core/kinds/registry.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { schemaOf } from '../../core/model/schema.ts'
import type { Drift } from '../../core/sequelize/models/drift.ts'
import type {
  FolderModels,
  FolderRun,
  MigrationFailure,
  Replay,
  ReplayedMigration,
} from '../../state/folder-store.ts'

/** "38 migrations ran, 1 failed, 4 were not reached. Sequelize 6.37.8 on PostgreSQL 18.6, 12.3 s." */
export function replaySentence({ sequelize, postgres, milliseconds, ...replay }: Replay): string {
  const seconds = (milliseconds / 1000).toFixed(1)
  return `${outcomes(replay)}. Sequelize ${sequelize} on PostgreSQL ${postgres}, ${seconds} s.`
}

function outcomes({ migrations }: Pick<Replay, 'migrations'>): string {
  const count = (outcome: ReplayedMigration['outcome']) =>
    migrations.filter((migration) => migration.outcome === outcome).length
  const parts = [
    `${count('ran')} ${count('ran') === 1 ? 'migration' : 'migrations'} ran`,
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('left-out') > 0 ? [`${count('left-out')} left out`] : []),
    ...(count('noted-before') > 0 ? [`${count('noted-before')} done before`] : []),
    ...(count('not-reached') > 0 ? [`${count('not-reached')} not reached`] : []),
  ]
  return parts.join(', ')
}

/** A service's run in short: "12 migrations ran, 1 failed · 2 differences of the models"; `failed`: not to its end. */
export function runSaid(result: FolderRun['result']): { readonly failed: boolean; readonly text: string } {
  if ('failure' in result) return { failed: true, text: `The run broke off: ${result.failure}` }
  const { replay, models } = result
  const failed = replay.migrations.some(({ outcome }) => outcome === 'failed')
  const differing = models.drift.length === 1 ? '1 difference' : `${models.drift.length} differences`
  const said = models.drift.length === 0 ? '' : ` · ${differing} of the models`
  return { failed, text: `${outcomes(replay)}${said}` }
}

/** "3 changes"; empty where the schema stayed as it was. */
export function changeCount({ changes }: ReplayedMigration): string {
  const { added, changed, removed } = changes.objects
  const sum = added.size + changed.size + removed.size
  return sum === 0 ? 'no changes' : `${sum} ${sum === 1 ? 'change' : 'changes'}`
}

const mostNamed = 4

/** "It left behind: table member_kinds, column users.state." Null where it left nothing. */
export function leftBehind({ changes }: ReplayedMigration): string | null {
  const { added, changed, removed } = changes.objects
  const own = [...added.values()].filter(({ parent }) => parent === null || !added.has(parent))
  const said = [
    ...own.map((object) => `${kindOf(object).label.toLowerCase()} ${object.name}`),
    ...[...changed.values()].map(({ to }) => `a change of ${to.name}`),
    ...[...removed.values()].map(({ name }) => `${name} removed`),
  ]
  if (said.length === 0) return null
  const more = said.length - mostNamed
  return `It left behind: ${[...said.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`
}

/** The model whose table a migration asked for in vain. */
export function missingModel({ problem }: MigrationFailure, drift: readonly Drift[]): Drift | null {
  const name = missingRelation(problem)
  return drift.find(({ cure }) => cure?.type === 'add-table' && cure.name === name) ?? null
}

/** "users makes a table users: …" where a service on another database makes the table that a migration asked for. */
export function madeElsewhere({ problem }: MigrationFailure, others: readonly FolderRun[]): string | null {
  const name = missingRelation(problem)
  const makes = ({ result }: FolderRun) =>
    !('failure' in result) &&
    schemaOf(result.replay.document)
      .all(isTable)
      .some((table) => table.name === name)
  const maker = name === null ? undefined : others.find(makes)
  return maker
    ? `${maker.name} makes a table ${name}: if they share a database, go back and run them on one.`
    : null
}

function missingRelation({ code, message }: MigrationFailure['problem']): string | null {
  const name = /^relation "(?:.*\.)?([^"]+)" does not exist$/.exec(message)?.[1]
  return code === '42P01' && name !== undefined ? name : null
}

/** What of the SQL before the first migration did not come to be, a sentence each. */
export function baseLosses({ base }: Replay): readonly string[] {
  return (base?.objects ?? []).flatMap(({ kind, name, outcome, reason, line, problem }) => {
    if (outcome !== 'refused' && outcome !== 'skipped') return []
    const place = line === undefined ? '' : `, line ${line}`
    const why = problem?.message ?? reason ?? ''
    return [`Before the first migration${place}: ${kind} ${name} was ${outcome}. ${why}`.trim()]
  })
}

/** "12 models read: 3 differences from the schema, among the problems of the project."; null where there are none. */
export function modelsSentence(
  { models, problems }: FolderModels['reading'],
  drift: FolderModels['drift'],
): string | null {
  if (models.length === 0 && problems.length === 0) return null
  const read = `${models.length} ${models.length === 1 ? 'model' : 'models'} read`
  if (models.length === 0) return `${read}.`
  if (drift.length === 0) return `${read}: no difference from the schema.`
  const count = `${drift.length} ${drift.length === 1 ? 'difference' : 'differences'}`
  return `${read}: ${count} from the schema, listed among the problems of the project.`
}
