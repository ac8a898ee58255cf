import { expect, test } from 'vitest'
import { edgePath, edgeSides } from './edge-geometry.ts'
import { routeBend } from './edge-routing.ts'

const many = { many: true, optional: true }
const one = { many: false, optional: false }
const node = (x: number, y = 0) => ({ x, y, width: 200, height: 100 })

test('draws the path and marks of the reference picture', () => {
  const path = edgePath(
    { node: { x: 628, y: 44, width: 232, height: 400 }, y: 108 },
    { node: { x: 340, y: 96, width: 216, height: 300 }, y: 138 },
    many,
    one,
  )
  expect(path.line).toBe('M628 108L598 108Q592 108 592 114L592 132Q592 138 586 138L556 138')
  expect(path.ends).toBe(
    'M616 108L628 102M616 108L628 114' + 'M608 108a4 4 0 1 0 8 0a4 4 0 1 0 -8 0' + 'M564 132V144M569 132V144',
  )
})

test('facing sides need room for both marks; otherwise both ends leave on one side', () => {
  expect(edgeSides(node(0), node(260))).toEqual(['right', 'left'])
  expect(edgeSides(node(260), node(0))).toEqual(['left', 'right'])
  expect(edgeSides(node(0), node(220))).toEqual(['left', 'left'])
  expect(edgeSides(node(0), node(0))).toEqual(['right', 'right'])
})

test('an edge on one side reaches 28 beyond the farther node', () => {
  const path = edgePath({ node: node(0), y: 20 }, { node: node(40, 300), y: 340 }, many, one)
  expect(path.bounds.x).toBe(-28)
})

test('a row to its own row draws a straight line, never NaN', () => {
  const end = { node: node(0), y: 20 }
  expect(edgePath(end, end, many, one).line).not.toContain('NaN')
})

test('the upright part moves aside rather than run behind a table', () => {
  const from = { node: node(0), y: 20 }
  const to = { node: node(600, 300), y: 340 }
  expect(routeBend(from, to, [])).toBe(400)
  const bend = routeBend(from, to, [{ x: 360, y: 100, width: 100, height: 100 }])
  expect(bend <= 352 || bend >= 468).toBe(true)
  const walls = [{ x: 0, y: 100, width: 1000, height: 100 }]
  expect(routeBend(from, to, walls)).toBe(400)
})
