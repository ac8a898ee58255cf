import { expect, test } from 'vitest'
import type { TimelineSegment } from '../../core/migration/lock-timeline.ts'
import { describeSegment, milliseconds } from './segment-words.ts'

const segment: TimelineSegment = {
  from: 10,
  to: 80.7,
  mode: 'ACCESS EXCLUSIVE',
  blocked: 'reads and writes',
  step: 2,
  since: 2,
  work: 'rewrite',
}

test('a stretch says lock, table, work and time', () => {
  expect(describeSegment({ relation: 'contacts', segment }, [], { contacts: 20_000 })).toBe(
    'ACCESS EXCLUSIVE on contacts, rewrite, 71 ms for 20,000 rows',
  )
})

test('a lock that an earlier step took is said to be held', () => {
  const held = { ...segment, since: 0, work: null }
  expect(describeSegment({ relation: 'contacts', segment: held }, [], {})).toBe(
    'ACCESS EXCLUSIVE on contacts, held since step 1, 71 ms',
  )
})

test.each([
  [0.42, '0.4 ms'],
  [12.3, '12 ms'],
  [1530, '1.5 s'],
])('%s', (time, text) => {
  expect(milliseconds(time)).toBe(text)
})
