import { Sequelize } from 'sequelize'
import { expect, test } from 'vitest'
import { FolderModules } from './folder-modules.ts'
import type { ModuleWorld } from './module-world.ts'
import { packagesFor } from './stand-in-packages.ts'
import { processModule } from './stand-in-process.ts'

/** Loads `main.js`, or another file, of a folder of texts. */
async function load(texts: Readonly<Record<string, string>>, path = 'main.js'): Promise<unknown> {
  const world: ModuleWorld = {
    files: new Map(Object.entries(texts)),
    root: '/project',
    workingFolder: 'service',
    environment: { NODE_ENV: 'test' },
  }
  const process = processModule(world, () => undefined)
  const modules = new FolderModules(world, packagesFor(world, process, Sequelize), {
    process,
    console,
    global: globalThis,
  })
  return modules.load(path)
}

const result = (source: string, more: Readonly<Record<string, string>> = {}) =>
  load({ 'main.js': `module.exports = ${source}`, ...more })

test('requires files of the folder by every spelling', async () => {
  const files = {
    'a/b.js': 'exports.b = 1',
    'a/index.ts': 'export const a: number = 2',
    'data.json': '{ "x": 3 }',
    'c.mjs': 'export default 4; export const named = 5',
    'pkg/package.json': '{ "main": "lib/start.js" }',
    'pkg/lib/start.js': 'module.exports = 6',
  }
  const source = `[require('./a/b').b, require('./a').a, require('./data').x, require('./c.mjs').default, require('./c').named, require('./pkg'), require('/project/a/b.js').b]`
  expect(await result(source, files)).toEqual([1, 2, 3, 4, 5, 6, 1])
})

test('a file is loaded once, and two may require each other', async () => {
  const files = {
    'count.js':
      'globalThis.loads = (globalThis.loads ?? 0) + 1; exports.own = 1; exports.other = require("./main").early',
  }
  const source = `exports.early = 7; const one = require('./count'); exports.same = one === require('./count.js'); exports.seen = one.other`
  expect(await load({ 'main.js': source, ...files })).toEqual({ early: 7, same: true, seen: 7 })
  expect(Reflect.get(globalThis, 'loads')).toBe(1)
})

test('packages of the same repository and aliases lead to their files', async () => {
  const files = {
    'packages/db/package.json': '{ "name": "@acme/db", "main": "./index.js" }',
    'packages/db/index.js': 'exports.x = 1',
    'packages/db/deep/y.js': 'exports.y = 2',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["src/*"] } } }',
    'src/z.ts': 'export const z = 3 as const',
    'package.json': '{ "imports": { "#w": "./src/w.js" } }',
    'src/w.js': 'exports.w = 4',
  }
  const source = `[require('@acme/db').x, require('@acme/db/deep/y').y, require('@/z').z, require('#w').w]`
  expect(await result(source, files)).toEqual([1, 2, 3, 4])
})

test('names below the baseUrl of a tsconfig.json lead to files, comments or not', async () => {
  const files = {
    'tsconfig.json': `{ "compilerOptions": { // where names begin
      "baseUrl": "./src", /* "baseUrl": "./lib", */ "paths": { "@/*": ["a/*"], "tools": ["b/tools.ts"] }, } }`,
    'src/a/x.ts': 'export const x = 1',
    'src/b/tools.ts': 'export const y = 2',
    'src/config/db.ts': 'export const z = 3',
  }
  const source = `[require('@/x').x, require('tools').y, require('config/db').z]`
  expect(await result(source, files)).toEqual([1, 2, 3])
})

test('modules and TypeScript become what Node would run', async () => {
  const files = {
    'main.ts': `import type { X } from './none'
      import sequelize, { DataTypes } from 'sequelize'
      import * as path from 'node:path'
      import value, { type Y, other as renamed } from './lib'
      enum Kind { A = 'a' }
      abstract class Base<T> { constructor(protected readonly name: T) {} }
      class Own extends Base<string> { say(): string { return this.name! as string } }
      export const all = [typeof sequelize, typeof DataTypes.STRING, path.basename('/x/y'), value, renamed, Kind.A, new Own('n').say()]
      export { value as again }
      export default async () => (await import('./lib')).other
      export const here = import.meta.url`,
    'lib.ts': `export type Y = 1; const value = 'v'; export default value; export const other = 'o'`,
  }
  const exported = await load(files, 'main.ts')
  expect(exported).toMatchObject({
    all: ['function', 'function', 'y', 'v', 'o', 'a', 'n'],
    again: 'v',
    here: 'file:///project/main.ts',
  })
})

test('a namespace of TypeScript is told where leaving it out would change the file', async () => {
  const types = `declare namespace A { const x: number }\nexport namespace B {\n  export interface C {}\n}\nexport const d: B.C = 1`
  expect(await load({ 'main.ts': types }, 'main.ts')).toMatchObject({ d: 1 })
  const values = `const a = 1\nexport namespace B {\n  export const c = a\n}`
  await expect(load({ 'main.ts': values }, 'main.ts')).rejects.toMatchObject({
    code: 'unsupported-syntax',
    path: 'main.ts',
    line: 2,
  })
})

test('a file may await outside of functions', async () => {
  expect(await load({ 'main.mjs': 'export const x = await Promise.resolve(1)' }, 'main.mjs')).toMatchObject({
    x: 1,
  })
})

test('a module makes for itself what CommonJS is given, and imports by address', async () => {
  const files = {
    'main.mjs': `import path from 'node:path'
      import { createRequire } from 'node:module'
      import { fileURLToPath, pathToFileURL } from 'node:url'
      const require = createRequire(import.meta.url)
      const __filename = fileURLToPath(import.meta.url)
      const __dirname = path.dirname(__filename)
      const one = await import(pathToFileURL(path.join(__dirname, 'a b/one.mjs')).href)
      export const all = [require('./two.json'), __dirname, one.default]`,
    'a b/one.mjs': 'export default 1',
    'two.json': '2',
  }
  expect(await load(files, 'main.mjs')).toMatchObject({ all: [2, '/project', 1] })
})

test('a file waits for one that awaits outside of functions', async () => {
  const files = {
    'main.mjs': `import db from './db.mjs'\nexport const seen = [db, (await import('./late.mjs')).late]`,
    'db.mjs': `await Promise.resolve()\nconst db = 1\nexport default db`,
    'late.mjs': `import db from './db.mjs'\nexport const late = db + (await Promise.resolve(1))`,
  }
  expect(await load(files, 'main.mjs')).toMatchObject({ seen: [1, 2] })
  await expect(
    load({ 'main.mjs': `import './db.mjs'`, 'db.mjs': `await 0\nthrow new Error('gone')` }, 'main.mjs'),
  ).rejects.toThrow('gone')
})

test('texts that only look like modules stay as they are', async () => {
  const source = 'const sql = `\nimport x\nexport y`\nmodule.exports = sql'
  expect(await load({ 'main.js': source })).toBe('\nimport x\nexport y')
})

test('files see their place, the environment and what Node offers', async () => {
  const source = `{
    place: [__filename, __dirname, process.cwd(), process.env.NODE_ENV, require('process') === process],
    path: require('path').join(__dirname, '..', 'a'),
    resolved: require('path').resolve('x', '../y'),
    address: require('url').fileURLToPath('file:///a%20b'),
    util: require('util').format('%s', 1),
    sha: require('crypto').createHash('sha256').update('abc').digest('hex').slice(0, 8),
    md5: require('crypto').createHash('md5').update('a').update('bc').digest('base64'),
    hmac: require('crypto').createHmac('sha1', 'key').update('abc').digest('hex').slice(0, 8),
    uuid: /^[0-9a-f-]{36}$/.test(require('crypto').randomUUID()) && /^[0-9a-f-]{36}$/.test(require('uuid').v4()),
    bytes: require('crypto').randomBytes(3).length,
    lodash: require('lodash').camelCase('a b') + require('lodash/upperFirst')('c'),
    moment: require('moment').utc(0).format('YYYY'),
    bcrypt: require('bcryptjs').hashSync('x', 10).length,
    os: require('os').EOL,
  }`
  expect(await result(source)).toEqual({
    place: ['/project/main.js', '/project', '/project/service', 'test', true],
    path: '/a',
    resolved: '/project/service/y',
    address: '/a b',
    util: '1',
    sha: 'ba7816bf',
    md5: 'kAFQmDzST7DWlj99KOF/cg==',
    hmac: '4fd0b215',
    uuid: true,
    bytes: 3,
    lodash: 'aBC',
    moment: '1970',
    bcrypt: 60,
    os: '\n',
  })
})

test('reads files of the folder, and no others', async () => {
  const source = `(() => {
    const fs = require('fs'), path = require('path');
    const failing = (work) => { try { return work() } catch (error) { return error.code ?? error.message } };
    return [
      fs.readFileSync(path.join(__dirname, 'a.txt'), 'utf8'),
      fs.readFileSync('../a.txt').length,
      fs.readdirSync(__dirname).join(),
      fs.existsSync('/etc/passwd'),
      fs.statSync(__dirname).isDirectory(),
      failing(() => fs.readFileSync('/etc/passwd')),
      failing(() => fs.readFileSync('../../../etc/passwd')),
      failing(() => fs.writeFileSync('a.txt', 'x')),
    ];
  })()`
  expect(await result(source, { 'a.txt': 'täxt', 'service/b.txt': '' })).toEqual([
    'täxt',
    5,
    'a.txt,main.js,service',
    false,
    true,
    'ENOENT',
    'ENOENT',
    'refused-access',
  ])
})

test('dotenv reads the file of the service into the environment', async () => {
  const env = `A=1 # one\nexport B="two words"\nNODE_ENV=kept`
  const source = `(require('dotenv').config(), [process.env.A, process.env.B, process.env.NODE_ENV])`
  expect(await result(source, { 'service/.env': env })).toEqual(['1', 'two words', 'test'])
})

test.each([
  ['child_process.execSync', `require('child_process').execSync('ls')`],
  ['child_process.exec', `require('util').promisify(require('child_process').exec)('ls')`],
  ['https.get', `require('https').get('https://example.com')`],
  ['axios', `require('axios')('https://example.com')`],
  ['process.kill', 'process.kill(1)'],
])('%s is refused by name when it is used', async (name, use) => {
  await expect(result(use)).rejects.toThrow(`${name} is refused`)
})

test('a missing module is named with the file and line that need it', async () => {
  const files = { 'main.js': `\n\nrequire('./lib')`, 'lib.js': `const a = 1\nrequire('left-pad')` }
  await expect(load(files)).rejects.toMatchObject({
    code: 'missing-module',
    message:
      "Cannot find module 'left-pad': it is not installed beside the folder, and no package.json names it",
    path: 'lib.js',
    line: 2,
  })
  await expect(load({ 'main.js': `\nrequire('./nothing')` })).rejects.toMatchObject({
    path: 'main.js',
    line: 2,
  })
})

test.each([
  ['main.js', 'const a = 1;\nconst b = ;'],
  ['main.ts', 'const a: number = 1;\nconst b: = 2'],
  ['main.mjs', 'import a from "path";\nexport const = 1'],
])('a mistake in %s is named with its line', async (path, source) => {
  await expect(load({ [path]: source }, path)).rejects.toMatchObject({ code: 'syntax-error', path, line: 2 })
})

test('a file may declare what every file sees again, as in Node', async () => {
  const files = { 'main.js': "const process = require('process')\nmodule.exports = typeof process.env" }
  expect(await load(files)).toBe('object')
})

test('an installed package is found as Node finds it, by its exports, its main file or a path', async () => {
  const files = {
    'node_modules/plain/package.json': '{ "name": "plain", "main": "lib/plain" }',
    'node_modules/plain/lib/plain.js': "module.exports = require('@scope/inner/part')",
    'node_modules/plain/lib/extra.js': 'module.exports = 3',
    'node_modules/@scope/inner/package.json':
      '{ "exports": { ".": "./no.js", "./part": { "import": "./part.mjs", "require": "./part.cjs" }, "./data/*": "./src/*.json" } }',
    'node_modules/@scope/inner/part.cjs': 'module.exports = 2',
    'node_modules/@scope/inner/src/list.json': '[4]',
  }
  const source = "[require('plain'), require('plain/lib/extra'), require('@scope/inner/data/list')[0]]"
  expect(await result(source, files)).toEqual([2, 3, 4])
})

test('a package that is only named in package.json can be loaded and not used', async () => {
  const files = { 'package.json': '{ "devDependencies": { "clock-kit": "^1.0.0" } }' }
  expect(await result("class extends require('clock-kit/core').Clock {}", files)).toBeTypeOf('function')
  const used = "require('clock-kit').Clock.now()"
  await expect(result(used, files)).rejects.toThrow(
    'clock-kit.Clock.now cannot be used here: the package is not installed beside the folder',
  )
  await expect(result("require('left-pad')", files)).rejects.toThrow("Cannot find module 'left-pad'")
})

test('bluebird is there, and a logger says nothing', async () => {
  const source = "require('bluebird').mapSeries([1, 2], (n) => n * 2)"
  expect(await result(source)).toEqual([2, 4])
  expect(await result("typeof require('winston').createLogger({}).child().info('x')")).toBe('function')
})

test('names of tsconfig and of a workspace that was not built lead to the sources', async () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./src", "paths": { "shared/*": ["common/*"] } } }',
    'src/common/one.ts': 'export const one: number = 1',
    'src/db/two.ts': 'export const two = 2',
    'kit/package.json': '{ "name": "@mono/kit", "main": "dist/index.js" }',
    'kit/src/index.ts': 'export const three = 3',
    'kit/src/parts/four.ts': 'export const four = 4',
  }
  const names = ['shared/one', 'db/two', '@mono/kit', '@mono/kit/dist/parts/four.js']
  const source = `[${names.map((name) => `...Object.values(require('${name}'))`).join(', ')}]`
  expect(await result(source, files)).toEqual([1, 2, 3, 4])
})

test('of sequelize-typescript there are the types and the class', async () => {
  const source =
    '(({ DataType, Sequelize }) => [DataType.INTEGER === Sequelize.INTEGER, typeof Sequelize.literal])'
  expect(await result(`${source}(require('sequelize-typescript'))`)).toEqual([true, 'function'])
  await expect(result("require('sequelize-typescript').Table({})")).rejects.toThrow(
    'its decorators are not run',
  )
})
