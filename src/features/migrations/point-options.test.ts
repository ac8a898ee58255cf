import { expect, test } from 'vitest'
import type { PastMigration } from '../../core/project/schema-points.ts'
import { optionOf, pointOf, pointOptions } from './point-options.ts'

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }

function exported(title: string, isKept = true): PastMigration {
  return { title, ...(isKept ? { patch: { objects: noEdits, diagram: noEdits } } : {}) }
}

const labels = (history: readonly PastMigration[]) =>
  pointOptions(history, { type: 'drawing' }, [{ id: 'p', name: 'Shop' }]).map(({ label }) => label)

test('points run from the drawing back to the first export', () => {
  expect(labels([])).toEqual(['The drawing', 'The baseline', 'Project Shop', 'A project or SQL file…'])
  expect(labels([exported('one'), exported('two')]).slice(0, 4)).toEqual([
    'The drawing',
    'The baseline',
    'After one',
    'Before the first migration',
  ])
  expect(labels([exported('one', false), exported('two')]).slice(0, 4)).toEqual([
    'The drawing',
    'The baseline',
    'After one',
    'Project Shop',
  ])
})

test('an option stands for its point', () => {
  for (const { value } of pointOptions([exported('one')], { type: 'drawing' }, [])) {
    const point = pointOf(value)
    if (point) expect(optionOf(point)).toBe(value)
  }
  expect(pointOf('file')).toBeNull()
})
