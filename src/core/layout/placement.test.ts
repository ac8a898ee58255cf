import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodePositions } from './diagram-layout.ts'
import { freePlace, inColumns, snap } from './placement.ts'

const size = { width: 208, height: 100 }

test('a free place is on the grid and touches nothing', () => {
  const rect = fc.record({
    x: fc.integer({ min: -800, max: 800 }),
    y: fc.integer({ min: -800, max: 800 }),
    width: fc.integer({ min: 100, max: 320 }),
    height: fc.integer({ min: 60, max: 500 }),
  })
  fc.assert(
    fc.property(fc.array(rect, { maxLength: 30 }), (taken) => {
      const place = freePlace(size, { x: 3, y: 5 }, taken)
      expect([snap(place.x), snap(place.y)]).toEqual([place.x, place.y])
      for (const other of taken) {
        const apart =
          place.x >= other.x + other.width ||
          other.x >= place.x + size.width ||
          place.y >= other.y + other.height ||
          other.y >= place.y + size.height
        expect(apart).toBe(true)
      }
    }),
  )
})

test('columns are filled from top to bottom without overlap', () => {
  const places = inColumns(
    Array.from({ length: 12 }, () => size),
    { x: 0, y: 0 },
  )
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(12)
})

test('what was never placed stands beside what was, and stays there', () => {
  const sizes = new Map([
    ['placed', size],
    ['new', size],
  ])
  const diagram = new Map([
    ['placed', { id: 'placed', kind: 'placement', x: 0, y: 0, colour: 'none' } as const],
  ])
  const first = nodePositions(sizes, diagram, new Map())
  expect(first.get('new')?.x).toBeGreaterThan(208)
  sizes.set('newer', size)
  const second = nodePositions(sizes, diagram, first)
  expect(second.get('new')).toEqual(first.get('new'))
})

test('a new table goes to the right of the one in its place, not above it', () => {
  const there = { x: 0, y: 0, ...size }
  const place = freePlace({ width: 208, height: 240 }, { x: 0, y: 0 }, [there])
  expect(place.x).toBeGreaterThanOrEqual(208)
  expect(place.y).toBe(0)
})
