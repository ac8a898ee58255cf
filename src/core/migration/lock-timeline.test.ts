import { expect, test } from 'vitest'
import { lockTimeline, timelineTicks } from './lock-timeline.ts'
import type { LockMode, TracedStatement } from './lock-trace.ts'

const ran = (
  step: number,
  milliseconds: number,
  locks: Readonly<Record<string, LockMode>>,
  more: Partial<TracedStatement> = {},
): TracedStatement => ({
  sql: '',
  step,
  transaction: 0,
  milliseconds,
  locks: Object.entries(locks).map(([relation, mode]) => ({ relation, mode, existed: true })),
  rewritten: [],
  scanned: [],
  indexesBuilt: [],
  needsSuperuser: null,
  measured: true,
  ...more,
})

test('a lock is held until its transaction ends, whatever runs meanwhile', () => {
  const { rows, milliseconds, transactions } = lockTimeline([
    ran(0, 10, { a: 'ACCESS EXCLUSIVE' }),
    ran(1, 20, { b: 'SHARE' }, { indexesBuilt: [{ index: 'i', relation: 'b' }] }),
    ran(2, 5, { b: 'ROW EXCLUSIVE' }, { transaction: 1 }),
  ])
  expect({ milliseconds, transactions }).toEqual({ milliseconds: 35, transactions: 2 })
  expect(rows).toEqual([
    {
      relation: 'a',
      segments: [
        {
          from: 0,
          to: 10,
          mode: 'ACCESS EXCLUSIVE',
          blocked: 'reads and writes',
          step: 0,
          since: 0,
          work: null,
        },
        {
          from: 10,
          to: 30,
          mode: 'ACCESS EXCLUSIVE',
          blocked: 'reads and writes',
          step: 1,
          since: 0,
          work: null,
        },
      ],
    },
    {
      relation: 'b',
      segments: [
        { from: 10, to: 30, mode: 'SHARE', blocked: 'writes', step: 1, since: 1, work: 'index build' },
      ],
    },
  ])
})

test('a weaker lock does not hide a stronger one, and a stronger one takes over', () => {
  const { rows } = lockTimeline([
    ran(0, 1, { a: 'SHARE' }),
    ran(1, 1, { a: 'ROW SHARE' }),
    ran(2, 1, { a: 'ACCESS EXCLUSIVE' }),
  ])
  expect(rows[0]?.segments.map(({ mode, since }) => [mode, since])).toEqual([
    ['SHARE', 0],
    ['SHARE', 0],
    ['ACCESS EXCLUSIVE', 2],
  ])
})

test('what the migration makes and what blocks nothing is left out', () => {
  const fresh = ran(0, 1, { f: 'ACCESS EXCLUSIVE' })
  const { rows } = lockTimeline([
    { ...fresh, locks: fresh.locks.map((lock) => ({ ...lock, existed: false })) },
    ran(1, 1, { t: 'SHARE UPDATE EXCLUSIVE' }),
  ])
  expect(rows).toEqual([])
})

test('statements outside transactions hold nothing for each other', () => {
  const outside = { measured: false, transaction: 0 }
  const { rows } = lockTimeline([
    ran(0, 1, { a: 'ACCESS EXCLUSIVE' }, outside),
    ran(1, 1, { b: 'SHARE' }, outside),
  ])
  expect(rows.map(({ segments }) => segments.length)).toEqual([1, 1])
})

test('statements of one step are one stretch', () => {
  const { rows } = lockTimeline([
    ran(0, 1, { a: 'ACCESS EXCLUSIVE' }),
    ran(0, 2, { a: 'ACCESS EXCLUSIVE' }, { rewritten: ['a'] }),
  ])
  expect(rows[0]?.segments).toMatchObject([{ from: 0, to: 3, work: 'rewrite' }])
})

test.each([
  [178, [0, 50, 100, 150]],
  [9, [0, 5]],
  [0.7, [0, 0.2, 0.4, 0.6]],
  [0, [0]],
])('ticks of %s ms', (span, ticks) => {
  expect(timelineTicks(span).map((tick) => Number(tick.toFixed(3)))).toEqual(ticks)
})
