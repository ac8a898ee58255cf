import { expect, test } from 'vitest'
import type { ImportedObject } from '../../state/database.ts'
import { outcomeCounts, reportRows, reportSentence } from './report-counts.ts'

const objects: readonly ImportedObject[] = [
  { kind: 'table', name: 'a', outcome: 'kept', line: 1 },
  { kind: 'table', name: 'b', outcome: 'refused', line: 9 },
  { kind: 'table', name: 'c', outcome: 'kept', line: 4 },
  { kind: 'raw', name: 'd', outcome: 'verbatim', line: 7 },
  { kind: 'table', name: 'e', outcome: 'refused', line: 2 },
]

test('what was refused comes first, each outcome in the order of the source', () => {
  expect(reportRows(objects, null).map(({ name }) => name)).toEqual(['e', 'b', 'd', 'a', 'c'])
  expect(reportRows(objects, 'kept').map(({ name }) => name)).toEqual(['a', 'c'])
})

test('counts and sentence leave out what did not occur', () => {
  expect(outcomeCounts(objects).map(({ outcome, count }) => `${outcome} ${count}`)).toEqual([
    'refused 2',
    'verbatim 1',
    'kept 2',
  ])
  expect(reportSentence(objects)).toBe('2 kept, 1 carried verbatim, 2 refused.')
  expect(reportSentence([])).toBe('Nothing was found.')
})
