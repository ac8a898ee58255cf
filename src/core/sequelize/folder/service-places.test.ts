import { expect, test } from 'vitest'
import { findServices } from './find-services.ts'
import { placeServices } from './service-places.ts'

const migration = 'module.exports = { up: async () => {} }'

test('the parts of a service lie where a person said', () => {
  const files = new Map(
    ['migrations/1.js', 'changes/2.js', 'src/tables/a.js'].map((path) => [path, migration]),
  )
  files.set('changes/readme.md', '')
  const found = findServices(files)
  const places = {
    found: 'migrations',
    migrationsFolder: 'changes',
    modelsFolder: 'src/tables',
    seedersFolder: null,
    configFile: null,
  }
  expect(placeServices(files, found, [places])).toEqual([
    {
      ...found[0],
      migrationsFolder: 'changes',
      migrations: ['changes/2.js'],
      others: ['changes/readme.md'],
      modelsFolder: 'src/tables',
    },
  ])
  expect(placeServices(files, found, [{ ...places, found: 'elsewhere' }])).toEqual(found)
})
