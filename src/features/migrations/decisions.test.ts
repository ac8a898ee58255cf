import { expect, test } from 'vitest'
import { emptyPlan, type Plan } from '../../core/migration/plan.ts'
import type { Problem } from '../../core/model/problem.ts'
import { decisionsOf } from './decisions.ts'

const complaint: Problem = {
  code: '42703',
  severity: 'error',
  source: 'Migration',
  object: 'slug',
  message: 'column "titel" does not exist',
}

const plan: Plan = {
  ...emptyPlan,
  refusals: [complaint],
  changes: [
    { id: 'note', title: 'Add column note', way: 'plain' },
    { id: 'slug', title: 'Add column slug', way: 'safe', fills: true },
    { id: 'total', title: 'Add column total', way: 'simple', fills: true },
  ],
}

test('a choice where there is one, an expression where it is used, PostgreSQL’s complaint at its change', () => {
  const decisions = decisionsOf(plan, new Map([['slug', 'lower(titel)']]))
  expect([...decisions.values()].map(({ change, ...decision }) => ({ id: change.id, ...decision }))).toEqual([
    { id: 'slug', way: 'safe', backfill: 'lower(titel)', complaint },
    { id: 'total', way: 'simple', backfill: null, complaint: null },
  ])
})

test('a standard plan asks nothing', () => {
  expect(decisionsOf(emptyPlan, new Map([['slug', 'x']])).size).toBe(0)
})
