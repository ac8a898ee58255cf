import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameHabits } from './name-habits.ts'
import { nextNames } from './next-names.ts'
import { type FolderStyle, isShape, usualStyle } from './style.ts'

const stamp = new Date('2026-01-15T12:00:00.900Z')
const wordy = (style: Partial<FolderStyle>, present: readonly string[], titles = ['add slug to posts']) =>
  nextNames({ titles, style: { ...usualStyle, ...style }, present, taken: [], stamp })

/** As the newest file is named. */
const after = (...present: readonly string[]) => {
  const { numbering, shape, separator, words, ending } = nameHabits(present.at(-1) ?? '')
  const { names, problems } = wordy(
    {
      ...(numbering ? { numbering } : {}),
      ...(shape === undefined ? {} : { shape }),
      ...(separator ? { separator } : {}),
      ...(words ? { words } : {}),
      ...(ending ? { ending } : {}),
    },
    present,
  )
  expect(problems).toEqual([])
  return names[0]
}

test('the next name goes on where the newest stands', () => {
  expect(after('20230105101500-create-posts.js')).toBe('20260115120000-add-slug-to-posts.js')
  expect(after('20300105101559-create-posts.js')).toBe('20300105101600-add-slug-to-posts.js')
  expect(after('20220100000000-first_table.js')).toBe('20260115120000-add_slug_to_posts.js')
  expect(after('20300100000000-first_table.js')).toBe('20300100000001-add_slug_to_posts.js')
  expect(after('20301231-create-posts.js')).toBe('20310101-add-slug-to-posts.js')
  expect(after('2021.03.04T10.20.30.create-posts.ts')).toBe('2026.01.15T12.00.00.add-slug-to-posts.ts')
  expect(after('20210304_102030_create_posts.ts')).toBe('20260115_120000_add_slug_to_posts.ts')
  expect(after('1672531200000-CreatePosts.ts')).toBe('1768478400900-AddSlugToPosts.ts')
  expect(after('001-create-posts.cjs', '002_createPosts.cjs')).toBe('003_addSlugToPosts.cjs')
  expect(after('V1__create_posts.js')).toBe('V2__add_slug_to_posts.js')
  expect(after('8-create-posts.mjs')).toBe('9-add-slug-to-posts.mjs')
})

test('several files follow one another', () => {
  const { names } = wordy({ numbering: 'number', shape: '###' }, ['007-a.js'], ['one', 'two'])
  expect(names).toEqual(['008-one.js', '009-two.js'])
})

test('a name that another folder of the same database has is passed over', () => {
  const request = { titles: ['total'], present: ['0001_init.js'], taken: ['0002_total.js'], stamp }
  const style = { ...usualStyle, numbering: 'number', shape: '####', separator: '_' } as const
  expect(nextNames({ ...request, style }).names).toEqual(['0003_total.js'])
})

test('a pattern that would run too early gives way to that of the newest file, and says so', () => {
  const present = ['001-a.js', '002-b.js', '20230105101500-c.js']
  const { names, problems } = wordy({ numbering: 'number', shape: '###' }, present)
  expect(names).toEqual(['20260115120000-add-slug-to-posts.js'])
  expect(problems).toMatchObject([{ code: 'runs-too-early', severity: 'info' }])
})

test('where no pattern runs last, a letter does, and that is a warning', () => {
  const nine = wordy({ numbering: 'number', shape: '#' }, ['8-a.js', '9-b.js'])
  expect(nine.names).toEqual(['z10-add-slug-to-posts.js'])
  expect(nine.problems).toMatchObject([{ code: 'runs-too-early', severity: 'warning' }])
  expect(wordy({ numbering: 'none', shape: '' }, ['d-after.js', 'e-last.js']).names).toEqual([
    'zadd-slug-to-posts.js',
  ])
  expect(wordy({ numbering: 'none', shape: '' }, ['я.js'], ['a', 'a']).names).toEqual([
    'яz-a.js',
    'яz-az-a-2.js',
  ])
})

test('whatever is there, the next names are new, run last and keep their order', () => {
  const name = fc.oneof(
    fc.stringMatching(/^[0-9]{1,14}[-_][a-z]{1,6}$/),
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/),
    fc.constantFrom('2021.03.04T10.20.30.a', '20210304_102030_b', '99999999999999-z', 'zzz', 'ямб'),
  )
  const present = fc.array(
    name.map((stem) => `${stem}.js`),
    { maxLength: 6 },
  )
  const pattern = fc.constantFrom<Partial<FolderStyle>>(
    {},
    { numbering: 'stamp', shape: '####.##.##T##.##.##', separator: '.' },
    { numbering: 'stamp', shape: '########' },
    { numbering: 'epoch', shape: '#'.repeat(13) },
    { numbering: 'number', shape: '###', words: 'camel' },
    { numbering: 'number', shape: 'V#', separator: '__' },
    { numbering: 'none', shape: '' },
  )
  fc.assert(
    fc.property(present, pattern, (files, style) => {
      const { names } = wordy(style, files, ['one', 'two', 'two'])
      const all = [...files.toSorted(), ...names]
      expect(all).toEqual(all.toSorted())
      expect(new Set(names).size).toBe(3)
      expect(names.some((one) => files.includes(one))).toBe(false)
    }),
  )
})

test('a shape is text that numbers fit into', () => {
  for (const shape of ['#', '###', 'V#', '####.##.##T##.##.##', '########_######'])
    expect(isShape(shape)).toBe(true)
  for (const shape of ['', 'abcd#', '#/#', '../#', '#-', '# #']) expect(isShape(shape)).toBe(false)
})
