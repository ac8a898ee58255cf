import { expect, test } from 'vitest'
import { environmentOf } from './environment.ts'

test('settings are read to their first equals sign', () => {
  expect(environmentOf(['NODE_ENV=test', 'URL=postgres://a?b=c', 'EMPTY='])).toEqual({
    values: { NODE_ENV: 'test', URL: 'postgres://a?b=c', EMPTY: '' },
    refused: [],
  })
})

test('what is no setting is given back, and an empty line is nothing', () => {
  expect(environmentOf(['NODE_ENV', '', '=x', 'A=1'])).toEqual({
    values: { A: '1' },
    refused: ['NODE_ENV', '=x'],
  })
})
