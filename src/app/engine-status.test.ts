import { expect, test } from 'vitest'
import type { Problem } from '../core/model/problem.ts'
import { summarizeEngine } from './engine-status.ts'

const problem = (severity: Problem['severity']): Problem => ({
  code: '42804',
  severity,
  source: 'PostgreSQL',
  message: 'foreign key constraint cannot be implemented',
})

const ready = { status: 'ready', version: '18.3', problems: [] } as const

test('says version, tables and that all is valid', () => {
  expect(summarizeEngine(ready, 1).text).toBe('PostgreSQL 18 · 1 table · valid')
})

test('errors come before warnings and stay while checking', () => {
  const problems = [problem('warning'), problem('error'), problem('blocked')]
  expect(summarizeEngine({ ...ready, problems }, 5)).toMatchObject({
    look: 'error',
    text: 'PostgreSQL 18 · 5 tables · 1 error',
  })
  expect(summarizeEngine({ ...ready, status: 'checking', problems }, 5).look).toBe('error')
  expect(summarizeEngine({ ...ready, problems: [problem('warning'), problem('warning')] }, 5).text).toBe(
    'PostgreSQL 18 · 5 tables · 2 warnings',
  )
})

test('does not claim validity before PostgreSQL has spoken', () => {
  expect(summarizeEngine({ status: 'starting', version: null, problems: [] }, 5).text).toBe(
    'PostgreSQL is starting',
  )
  expect(summarizeEngine({ ...ready, status: 'failed' }, 5).look).toBe('error')
})
