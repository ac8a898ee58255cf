import { expect, test } from 'vitest'
import type { Phase } from '../../core/kinds/online.ts'
import { emptyPlan, type Plan, type Step } from '../../core/migration/plan.ts'
import { filePhases, releaseCount } from './file-phases.ts'

function step(title: string): Step {
  return {
    action: 'alter',
    object: title,
    kind: 'table',
    group: title,
    title,
    statements: [],
    calls: null,
    transactional: true,
    hazards: [],
    fields: [],
    puts: [],
    removes: [],
  }
}

const part = (phase: Phase, ...titles: readonly string[]) => ({ phase, up: titles.map(step), down: [] })

const plan: Plan = {
  ...emptyPlan,
  parts: [
    part('expand', 'Add column a', 'Add column b'),
    part('backfill', 'Fill a'),
    part('contract', 'Drop c'),
  ],
  gates: { contract: ['Deploy code that no longer uses c.'] },
}

const file = (phase: Phase, fileName: string) => ({ phase, fileName, source: '' })

test('files stand in their phase with what they do, after what must be deployed', () => {
  const files = [
    file('expand', '1-expand.js'),
    file('backfill', '2-backfill.js'),
    file('contract', '3-contract.js'),
  ]
  const phases = filePhases(files, plan).map(({ phase, gates, files: own }) => [
    phase,
    ...gates,
    ...own.map(({ index, does }) => `${index} ${does}`),
  ])
  expect(phases).toEqual([
    ['expand', '0 Add column a and 1 more'],
    ['backfill', '1 Fill a'],
    ['contract', 'Deploy code that no longer uses c.', '2 Drop c'],
  ])
  expect(releaseCount(plan)).toBe(2)
})

test('scripts for up and down are two files for each part', () => {
  const files = (['expand', 'backfill', 'contract'] as const).flatMap((phase) => [
    file(phase, `${phase}.up.sql`),
    file(phase, `${phase}.down.sql`),
  ])
  const does = filePhases(files, plan).flatMap((phase) => phase.files.map((each) => each.does))
  expect(does).toEqual([
    'Add column a and 1 more',
    'The way back',
    'Fill a',
    'The way back',
    'Drop c',
    'The way back',
  ])
})

test('a plan without phases has none', () => {
  expect(filePhases([{ fileName: 'a.js', source: '' }], emptyPlan)).toEqual([])
})
