import { expect, test } from 'vitest'
import { readSequelizerc } from './read-sequelizerc.ts'

const places = (body: string, before = '') =>
  readSequelizerc(`const path = require('path');\n${before}\nmodule.exports = { ${body} };`)

test('reads what sequelize-cli writes and what people make of it', () => {
  const body = `
    // 'migrations-path': path.resolve('old'),
    'config': path.resolve('config', 'database.js'),
    "migrations-path": path.join(__dirname, "db/migrations"),
    'models-path': \`\${__dirname}/src/models\`,
    'seeders-path': path.resolve(process.cwd(), 'db' + '/seeds')`
  expect(places(body)).toEqual({
    places: {
      config: 'config/database.js',
      'migrations-path': 'db/migrations',
      'models-path': 'src/models',
      'seeders-path': 'db/seeds',
    },
    unread: [],
  })
})

test('follows constants, and names spelled without dashes', () => {
  const before = `const root = path.join(__dirname, 'server');\nconst db = path.join(root, 'db')`
  const { places: found } = places(`migrationsPath: path.resolve(db, 'migrations'), config: db`, before)
  expect(found).toEqual({ 'migrations-path': 'server/db/migrations', config: 'server/db' })
})

test('reads ES modules', () => {
  const source = `import { resolve } from 'node:path'\nexport default { 'migrations-path': resolve('m') }`
  expect(readSequelizerc(source).places).toEqual({ 'migrations-path': 'm' })
})

test.each([
  ['a variable of the environment', `'migrations-path': path.resolve(process.env.DB_DIR, 'migrations')`],
  ['a choice', `'migrations-path': isTest ? 'a' : 'b'`],
  ['a default', `'migrations-path': process.env.DIR || 'migrations'`],
  ['a template with a value', `'migrations-path': \`\${name}/migrations\``],
  ['a place outside', `'migrations-path': path.resolve(__dirname, '..', '..', 'migrations')`],
])('says that it does not read %s', (_name, body) => {
  expect(places(body)).toEqual({ places: {}, unread: ['migrations-path'] })
})

test('a constant that is made of itself is not read', () => {
  expect(places(`config: a`, 'const a = b; const b = a;')).toEqual({ places: {}, unread: ['config'] })
})
