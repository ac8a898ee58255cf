import { expect, test } from 'vitest'
import { timeAgo } from './time-ago.ts'

const now = new Date(2026, 0, 14, 15, 30).getTime()

test.each([
  [new Date(2026, 0, 14, 15, 29, 30), 'Just now'],
  [new Date(2026, 0, 14, 15, 28), '2 minutes ago'],
  [new Date(2026, 0, 14, 14, 0), '1 hour ago'],
  [new Date(2026, 0, 13, 23, 0), 'Yesterday'],
  [new Date(2026, 0, 9, 12, 0), '9 Jan'],
  [new Date(2025, 11, 22, 12, 0), '22 Dec 2025'],
])('%s', (time, text) => {
  expect(timeAgo(time.getTime(), now)).toBe(text)
})
