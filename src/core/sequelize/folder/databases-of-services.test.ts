import { expect, test } from 'vitest'
import { databasesOfServices } from './databases-of-services.ts'
import { findServices } from './find-services.ts'

/** A folder of services with these configs. */
function services(configs: Readonly<Record<string, string>>) {
  const files = new Map(
    Object.entries(configs).flatMap(([name, config]) => [
      [`${name}/migrations/1-a.js`, 'exports.up = async () => {}'] as const,
      ...(config === '' ? [] : [[`${name}/config/config.js`, config] as const]),
    ]),
  )
  return databasesOfServices(files, findServices(files))
}

test.each([
  [`{ "development": { "database": "a" } }`, `{ "development": { "database": "b" } }`],
  [`module.exports = { database: 'a' }`, `module.exports = { database: "b" }`],
  [
    'exports.database = 1; module.exports = { database: process.env.DB }',
    'module.exports = { database: process.env.DB }',
  ],
  [
    `module.exports = { url: 'postgres://localhost/a' }`,
    `module.exports = { url: 'postgres://localhost/b' }`,
  ],
])('services that name another database each have one each: %s and %s', (one, other) => {
  expect(services({ one, other })).toBe('each')
})

test.each([
  [`module.exports = { database: 'a' }`, `module.exports = { database: 'a' }`],
  [`module.exports = { database: 'a' }`, `module.exports = { dialect: 'postgres' }`],
  [`module.exports = { database: 'a' }`, ''],
])('services of which two name the same, or one names none, share one: %s and %s', (one, other) => {
  expect(services({ one, other })).toBe('one')
})

test('a single service has one', () => {
  expect(services({ one: `module.exports = { database: 'a' }` })).toBe('one')
})
