import { expect, test } from 'vitest'
import { partsOf, saysOf } from './found-words.ts'

const service = {
  name: 'shop',
  root: '',
  migrationsFolder: 'db/migrations',
  migrations: ['db/migrations/1.js'],
  others: ['db/migrations/columns.js'],
  modelsFolder: 'src/models',
  seedersFolder: null,
  configFile: 'db/config.js',
  unread: [],
}

test('what was found of a service is said, and what had to be guessed', () => {
  expect(saysOf(service)).toBe('1 migration in db/migrations, 1 other file beside them')
  expect(partsOf(service)).toBe('Models in src/models, no seeders, config db/config.js')
  expect(
    saysOf({ ...service, others: [], unread: ['models-path'], rcFailure: "Cannot find module 'x'" }),
  ).toBe(
    "1 migration in db/migrations; .sequelizerc computes models-path, which was guessed; .sequelizerc was read, not run: Cannot find module 'x'",
  )
})
