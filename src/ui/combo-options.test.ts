import { expect, test } from 'vitest'
import { rankOptions } from './combo-options.ts'

const options = ['timestamptz', 'integer', 'interval', 'time', 'point'].map((value) => ({ value }))
const ranked = (text: string) => rankOptions(options, text).map((option) => option.value)

test('equal comes before beginning with, and that before containing', () => {
  expect(ranked('time')).toEqual(['time', 'timestamptz'])
  expect(ranked('int')).toEqual(['integer', 'interval', 'point'])
})

test('nothing typed offers everything, nonsense nothing', () => {
  expect(ranked(' ')).toHaveLength(5)
  expect(ranked('varchar(80)')).toEqual([])
})
