import { expect, test } from 'vitest'
import { changesSentence, rebaseSentences } from './disk-words.ts'

test('what changed on disk is counted and named by the file', () => {
  const changes = {
    added: ['db/migrations/004-slug.js'],
    edited: ['db/migrations/001-users.js'],
    removed: [],
  }
  expect(changesSentence('shop', changes)).toBe(
    'Files of shop on disk: 1 new (004-slug.js), 1 changed (001-users.js). The schema was read without these.',
  )
})

test('of many files the first are named', () => {
  const added = ['1.js', '2.js', '3.js', '4.js', '5.js']
  expect(changesSentence('shop', { added, edited: [], removed: [] })).toContain(
    '5 new (1.js, 2.js, 3.js, 2 more)',
  )
})

test('what left the history with its proof is named, and where it is now', () => {
  const left = [
    { title: 'add phone', isThere: true },
    { title: 'add tags', isThere: false },
  ]
  expect(rebaseSentences({ fallen: [], left })).toBe(
    'Listed as files of the folder from now on, without their proofs: add phone. Not among the files, so drawn and pending again, without their proofs: add tags. Undo brings them back.',
  )
  expect(rebaseSentences({ fallen: [], left: [] })).toBe('')
})
