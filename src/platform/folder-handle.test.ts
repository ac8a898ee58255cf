import { expect, test } from 'vitest'
import { marksAsRead } from './folder-handle.ts'

const mark = (size: number, modified: number) => ({ size, modified, digest: `${size} ${modified}` })

test('what changed between reading and marking is known as it was read, so that it differs later', () => {
  const now = new Map([
    ['a/same.js', mark(1, 10)],
    ['a/edited.js', mark(2, 30)],
    ['a/new.js', mark(3, 10)],
  ])
  const stamp = { size: 1, modified: 10 }
  const read = new Map([
    ['a/same.js', stamp],
    ['a/edited.js', stamp],
    ['a/gone.js', stamp],
    ['b/other.js', stamp],
  ])
  expect(marksAsRead(now, read, (path) => path.startsWith('a/'))).toEqual(
    new Map([
      ['a/same.js', mark(1, 10)],
      ['a/edited.js', { ...stamp, digest: '' }],
      ['a/gone.js', { ...stamp, digest: '' }],
    ]),
  )
})
