import { expect, test } from 'vitest'
import { runSequelizercs } from './run-sequelizerc.ts'

const run = async (files: Readonly<Record<string, string>>, environment = {}) =>
  Object.fromEntries(
    await runSequelizercs({ files: new Map(Object.entries(files)), environment, timeLimitMilliseconds: 200 }),
  )

test('what it computes is what sequelize-cli would be given', async () => {
  const files = {
    '.env': 'DB_DIR=server/db',
    'server/db/changes/1.js': '',
    'names.js': `exports.models = 'entities'`,
    '.sequelizerc': `require('dotenv').config()
      const path = require('path'), fs = require('fs')
      const { models } = require('./names')
      const db = path.resolve(process.env.DB_DIR)
      const has = fs.existsSync(path.join(db, 'changes'))
      module.exports = {
        config: path.resolve(__dirname, 'config', process.env.NODE_ENV + '.js'),
        'migrations-path': has ? path.join(db, 'changes') : 'nowhere',
        modelsPath: \`\${db}/\${models}\`,
        'seeders-path': '/etc/seeders',
        url: process.env.DATABASE_URL,
      }`,
  }
  expect(await run(files, { NODE_ENV: 'test' })).toEqual({
    '.sequelizerc': {
      places: {
        config: 'config/test.js',
        'migrations-path': 'server/db/changes',
        'models-path': 'server/db/entities',
      },
      unread: ['seeders-path'],
    },
  })
})

test('a service deep in the folder may lead to what all share', async () => {
  const source = `const path = require('path');
    module.exports = { 'migrations-path': path.resolve('../../shared/migrations'), config: './config.json' }`
  expect(await run({ 'apps/api/.sequelizerc': source, 'node_modules/x/.sequelizerc': source })).toEqual({
    'apps/api/.sequelizerc': {
      places: { 'migrations-path': '../../shared/migrations', config: '../../apps/api/config.json' },
      unread: [],
    },
  })
})

test.each([
  ['module.exports = {', /Unexpected token/],
  [`require('app-root-path')`, /^Cannot find module 'app-root-path'/],
  [`require('child_process').execSync('pwd')`, /^child_process.execSync is refused/],
  ['process.exit(0)', /^The file called process.exit\(0\)/],
  ['throw new Error("No NODE_ENV")', /^No NODE_ENV$/],
])('%s is why it could not be run', async (source, failure) => {
  expect(await run({ '.sequelizerc': source })).toEqual({
    '.sequelizerc': { failure: expect.stringMatching(failure) },
  })
})

test('one that is no object names no place', async () => {
  expect(await run({ '.sequelizerc': 'module.exports = 3' })).toEqual({
    '.sequelizerc': { places: {}, unread: [] },
  })
})
