import type { CheckedModelFiles, ModelFileChange } from '../../state/model-files.ts'

/** Whose file it is and what becomes of it. */
export function ownerWords({ owner, before, after }: ModelFileChange): string {
  if (owner === 'new') return 'New'
  if (after === null) return 'Goes with its table'
  if (owner === 'ours') return 'Written by Relata'
  return before === after ? 'Yours, by hand' : 'Yours'
}

/** How much is left to a person. */
export function changeCounts({ byHand, before, after }: ModelFileChange): readonly string[] {
  return byHand.length === 0 || before === after ? [] : [`${byHand.length} by hand`]
}

interface Verdict {
  readonly meaning: 'busy' | 'good' | 'warning'
  readonly text: string
  /** All that is left, line by line. */
  readonly more?: string
}

/** What Sequelize made of the files that are to be written; null where there is nothing to say. */
export function verdict(
  checked: CheckedModelFiles | null,
  failure: string | null,
  hasFiles: boolean,
): Verdict | null {
  if (failure !== null) return { meaning: 'warning', text: `The models could not be checked: ${failure}` }
  if (!checked) return { meaning: 'busy', text: 'Loading them with Sequelize' }
  const { drift, problems } = checked
  const [problem] = problems
  if (problem) {
    const where = problem.place ? `${problem.place.path}, line ${problem.place.line}: ` : ''
    return { meaning: 'warning', text: `Sequelize cannot load them. ${where}${problem.problem.message}` }
  }
  const wrong = drift.map(({ message }) => message)
  if (wrong.length === 0) {
    return hasFiles
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
