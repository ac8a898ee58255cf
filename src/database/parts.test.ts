import { expect, test } from 'vitest'
import { joinedParts, sendInParts } from './parts.ts'

test('an answer that goes in parts is the same when it is joined', () => {
  const answer = {
    document: {
      objects: new Map(Array.from({ length: 4000 }, (_, at) => [`id ${at}`, { at }])),
      diagram: new Map(),
    },
    report: {
      objects: Array.from({ length: 3001 }, (_, at) => ({ at, rows: [at] })),
      statements: 5,
      when: new Date(0),
    },
    few: [1, 2, { elsewhere: 'no' }],
    none: null,
  }
  const parts: (readonly unknown[])[] = []
  const rest = sendInParts(answer, (part) => parts.push(structuredClone(part)))
  expect(parts.map(({ length }) => length)).toEqual([1500, 1500, 1000, 1500, 1500, 1])
  expect(JSON.stringify(rest).length).toBeLessThan(500)
  expect(joinedParts(structuredClone(rest), parts)).toEqual(answer)
  expect(parts).toEqual([])
})
