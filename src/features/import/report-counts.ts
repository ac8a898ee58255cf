import type { ImportedObject } from '../../state/database.ts'

type Outcome = ImportedObject['outcome']

/** Worst first: what a person has to look at. */
const order: readonly Outcome[] = ['refused', 'skipped', 'verbatim', 'kept']

export interface OutcomeCount {
  readonly outcome: Outcome
  readonly count: number
}

/** How many objects had each outcome; outcomes that did not occur are left out. */
export function outcomeCounts(objects: readonly ImportedObject[]): readonly OutcomeCount[] {
  return order
    .map((outcome) => ({ outcome, count: objects.filter((object) => object.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
}

/** The objects of one outcome, or all with the worst first, as they stand in the source. */
export function reportRows(
  objects: readonly ImportedObject[],
  only: Outcome | null,
): readonly ImportedObject[] {
  return objects
    .filter((object) => only === null || object.outcome === only)
    .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || (a.line ?? 0) - (b.line ?? 0))
}

/** "42 kept, 3 carried verbatim, 1 skipped". */
export function reportSentence(objects: readonly ImportedObject[]): string {
  const counts = outcomeCounts(objects).toReversed()
  const parts = counts.map(
    ({ outcome, count }) => `${count} ${outcome === 'verbatim' ? 'carried verbatim' : outcome}`,
  )
  return parts.length === 0 ? 'Nothing was found.' : `${parts.join(', ')}.`
}
