import { expect, test } from 'vitest'
import { findServices } from './find-services.ts'

const migration = 'module.exports = { up: async () => {}, down: async () => {} }'

const filesOf = (...paths: readonly string[]) => new Map(paths.map((path) => [path, migration]))

test('finds the parts of a project at the usual places', () => {
  const files = filesOf(
    'config/config.js',
    'migrations/20200101-b.js',
    'migrations/001-a.js',
    'models/index.js',
    'seeders/1-a.js',
    'node_modules/x/migrations/1-x.js',
  )
  expect(findServices(files.set('package.json', '{ "name": "shop" }'))).toEqual([
    {
      name: 'shop',
      root: '',
      migrationsFolder: 'migrations',
      migrations: ['migrations/001-a.js', 'migrations/20200101-b.js'],
      others: [],
      modelsFolder: 'models',
      seedersFolder: 'seeders',
      configFile: 'config/config.js',
      unread: [],
    },
  ])
})

test('.sequelizerc says where they are, from its own folder', () => {
  const files = filesOf('api/db/changes/1-a.js', 'api/src/models/user.js', 'api/db/config.json')
  files.set(
    'api/.sequelizerc',
    `module.exports = { 'migrations-path': 'db/changes', config: 'db/config', 'models-path': 'src/models' }`,
  )
  expect(findServices(files)).toMatchObject([
    {
      name: 'api',
      root: 'api',
      migrationsFolder: 'api/db/changes',
      configFile: 'api/db/config.json',
      modelsFolder: 'api/src/models',
    },
  ])
})

test('what .sequelizerc computes is said, and the usual place is taken', () => {
  const files = filesOf('db/migrations/1-a.js')
  files.set('.sequelizerc', `module.exports = { 'migrations-path': where() }`)
  expect(findServices(files)).toMatchObject([
    { migrationsFolder: 'db/migrations', unread: ['migrations-path'] },
  ])
})

test('what running .sequelizerc gave comes before what its text says', () => {
  const files = filesOf('one/1-a.js', 'shared/two/1-a.js', 'api/.sequelizerc')
  files.set('api/.sequelizerc', `module.exports = { 'migrations-path': '../one' }`)
  const ran = { places: { 'migrations-path': '../shared/two' }, unread: [] }
  expect(findServices(files, new Map([['api/.sequelizerc', ran]]))).toMatchObject([
    { root: 'api', migrationsFolder: 'shared/two', unread: [] },
  ])
  expect(findServices(files, new Map([['api/.sequelizerc', { failure: 'No such module' }]]))).toEqual([])
  files.set('api/.sequelizerc', `module.exports = { 'migrations-path': 'db' }`).set('api/db/1.js', migration)
  expect(findServices(files, new Map([['api/.sequelizerc', { failure: 'No such module' }]]))).toMatchObject([
    { migrationsFolder: 'api/db', rcFailure: 'No such module' },
  ])
})

test('every service of a repository is one', () => {
  const files = filesOf('apps/a/migrations/1.js', 'apps/b/src/db/migrations/1.ts')
  files.set('apps/a/package.json', '{ "name": "a" }')
  expect(findServices(files).map(({ name, root }) => [name, root])).toEqual([
    ['a', 'apps/a'],
    ['b', 'apps/b'],
  ])
})

test('compiled migrations give way to those they were made from', () => {
  expect(findServices(filesOf('src/migrations/1-a.ts', 'dist/migrations/1-a.js'))).toMatchObject([
    { migrationsFolder: 'src/migrations' },
  ])
  expect(findServices(filesOf('dist/migrations/1-a.js'))).toHaveLength(1)
})

test('tells migrations from what helps them', () => {
  const files = filesOf(
    'migrations/1-a.js',
    'migrations/deeper/2-b.js',
    'migrations/types.d.ts',
    'migrations/notes.md',
  )
  files.set('migrations/columns.js', `exports.timestamps = (S) => ({ at: S.DATE })`)
  files.set('migrations/named.ts', `export async function up() {}`)
  files.set('migrations/moved.js', `module.exports = require('./columns')`)
  expect(findServices(files)).toMatchObject([
    {
      migrations: ['migrations/1-a.js', 'migrations/named.ts'],
      others: [
        'migrations/columns.js',
        'migrations/moved.js',
        'migrations/notes.md',
        'migrations/types.d.ts',
      ],
    },
  ])
})

test('the order is that of code units', () => {
  const names = [
    'migrations/é.js',
    'migrations/Z.js',
    'migrations/a.js',
    'migrations/10.js',
    'migrations/9.js',
  ]
  expect(findServices(filesOf(...names))[0]?.migrations).toEqual([
    'migrations/10.js',
    'migrations/9.js',
    'migrations/Z.js',
    'migrations/a.js',
    'migrations/é.js',
  ])
})

test('a folder without migrations has no service', () => {
  expect(findServices(new Map([['migrations/readme.md', 'Nothing yet']]))).toEqual([])
})

test('a folder that holds nothing but numbered code is itself one of migrations', () => {
  const up = 'module.exports = { up() {} }'
  const [service, ...others] = findServices(
    new Map([
      ['1-a.js', up],
      ['2-b.js', up],
      ['notes.md', ''],
    ]),
  )
  expect(service).toMatchObject({ root: '', migrationsFolder: '', migrations: ['1-a.js', '2-b.js'] })
  expect(others).toEqual([])
  expect(
    findServices(
      new Map([
        ['404.js', up],
        ['server.js', ''],
      ]),
    ),
  ).toEqual([])
})
