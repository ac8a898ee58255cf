import type { ChoosingFollowing, FileChange, FollowingFile } from '../../state/following-files.ts'

/** Whose file it is and what becomes of it. */
export function ownerWords({ owner, before, after }: FileChange): string {
  if (owner === 'new') return 'New'
  if (after === null) return 'Goes with its table'
  if (owner === 'ours') return 'Written by Relata'
  return before === after ? 'Yours, by hand' : 'Yours'
}

/** How much is left to a person. */
export function changeCounts({ byHand, before, after }: FileChange): readonly string[] {
  return byHand.length === 0 || before === after ? [] : [`${byHand.length} by hand`]
}

/** "Write 2 seed files". */
export function seedWords({ changes, accepted }: ChoosingFollowing): string {
  const count = changes.filter(({ path }) => accepted.has(path)).length
  return count === 0 ? 'Write seeds' : count === 1 ? 'Write 1 seed file' : `Write ${count} seed files`
}

/** " and 2 model files", ", 2 model files and 1 seed file": behind the migration. */
export function filesWords({ changes, accepted }: ChoosingFollowing): string {
  const words = (['models', 'seeds'] as const).flatMap((of) => {
    const count = changes.filter((change) => change.of === of && accepted.has(change.path)).length
    const noun = `${of === 'models' ? 'model' : 'seed'} ${count === 1 ? 'file' : 'files'}`
    return count === 0 ? [] : [`${count} ${noun}`]
  })
  return words.map((text, at) => `${at === words.length - 1 ? ' and' : ','} ${text}`).join('')
}

export interface Verdict {
  readonly meaning: 'busy' | 'good' | 'warning'
  readonly text: string
  /** All that is left, line by line. */
  readonly more?: string
}

/** What Sequelize made of the models that are to be written; null where there is nothing to say. */
export function modelVerdict({ models, changes, accepted }: ChoosingFollowing): Verdict | null {
  const { checked, failure, wanted } = models
  if (!wanted) return null
  if (failure !== null) return { meaning: 'warning', text: `The models could not be checked: ${failure}` }
  if (!checked) return { meaning: 'busy', text: 'Loading the models with Sequelize' }
  const { drift, problems } = checked
  const [problem] = problems
  if (problem) {
    const where = problem.place ? `${problem.place.path}, line ${problem.place.line}: ` : ''
    return { meaning: 'warning', text: `Sequelize cannot load them. ${where}${problem.problem.message}` }
  }
  const wrong = drift.map(({ message }) => message)
  if (wrong.length === 0) {
    return hasAccepted('models', changes, accepted)
      ? { meaning: 'good', text: 'Loaded by Sequelize, they say what the schema will be.' }
      : null
  }
  const count = wrong.length === 1 ? '1 difference' : `${wrong.length} differences`
  return {
    meaning: 'warning',
    text: `${count} would be left between models and schema.`,
    more: wrong.join('\n'),
  }
}

/** What became of the seeds that are to be written; null where there is nothing to say. */
export function seedVerdict({
  seeds,
  changes,
  accepted,
  unfilled,
  alone,
}: ChoosingFollowing): Verdict | null {
  const { checked, failure, wanted } = seeds
  if (!wanted) return null
  if (failure !== null) return { meaning: 'warning', text: `The seeds could not be run: ${failure}` }
  if (!checked) return { meaning: 'busy', text: `Running the seeds behind the migration${alone ? 's' : ''}` }
  const [problem] = [...checked.problems, ...checked.others]
  if (problem) {
    const { path, place, phase, message } = problem
    const where = place ? `${place.path}, line ${place.line}` : path
    const text = `${where}${phase === 'up' ? '' : `, ${phase}`}: ${message}`
    return {
      meaning: 'warning',
      text,
      more: [...checked.problems, ...checked.others].map((one) => one.message).join('\n'),
    }
  }
  const [first, ...more] = unfilled
  if (first) {
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    const why = unfilled.map(({ table, refusal }) => `${table}: ${refusal}`).join('\n')
    return { meaning: 'warning', text: `No rows were found for ${first.table}${others}.`, more: why }
  }
  const rows = checked.rows === 1 ? '1 row' : `${checked.rows} rows`
  return hasAccepted('seeds', changes, accepted)
    ? { meaning: 'good', text: `The seeds ran up, down and up again, ${rows}.` }
    : null
}

function hasAccepted(
  of: FollowingFile['of'],
  changes: ChoosingFollowing['changes'],
  accepted: ReadonlySet<string>,
): boolean {
  return changes.some((change) => change.of === of && accepted.has(change.path))
}

/** What a file would still do or say otherwise than the schema. */
export function leftIn({ path }: FollowingFile, { models, seeds }: ChoosingFollowing): readonly string[] {
  const drift = models.checked?.drift.filter(({ place }) => place?.path === path) ?? []
  const run = [...(seeds.checked?.problems ?? []), ...(seeds.checked?.others ?? [])]
  const failed = run.filter((problem) => problem.path === path)
  return [
    ...drift.map(({ message }) => message),
    ...failed.map(({ phase, message }) => (phase === 'up' ? message : `${phase}: ${message}`)),
  ]
}
