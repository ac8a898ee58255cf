import { expect, test } from 'vitest'
import { versionProblems } from './asked-version.ts'
import { findServices } from './find-services.ts'

const migration = 'exports.up = async () => {}'

const asking = (range: string) => JSON.stringify({ dependencies: { sequelize: range } })

test('a package.json that asks for another major is named once, the nearest of each service', () => {
  const files = new Map([
    ['package.json', asking('^5.21.0')],
    ['a/migrations/1-a.js', migration],
    ['b/migrations/1-a.js', migration],
    ['c/migrations/1-a.js', migration],
    ['c/package.json', asking('~6.3')],
  ])
  const problems = versionProblems(files, findServices(files), '6.37.8')
  expect(problems.map(({ message }) => message)).toEqual([
    'package.json asks for Sequelize ^5.21.0; the migrations ran on 6.37.8.',
  ])
})

test.each(['^6', '6.x', '*', 'latest', '>=5 <7', 'github:me/sequelize'])(
  '%s is not known to be another',
  (range) => {
    const files = new Map([
      ['package.json', asking(range)],
      ['migrations/1-a.js', migration],
    ])
    expect(versionProblems(files, findServices(files), '6.37.8')).toEqual([])
  },
)
