import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSources, type SourceFile, sourceFolder, targetOf } from './architecture.source.ts'
import { kinds } from './core/kinds/registry.ts'

/** Who may import whom, types included. A feature sees no other feature. */
const layers: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  database: ['database', 'core'],
  platform: ['platform', 'core'],
  state: ['state', 'platform', 'database', 'core'],
  ui: ['ui'],
  features: ['state', 'ui', 'core'],
  app: ['app', 'features', 'state', 'ui', 'core'],
  cli: ['cli', 'database', 'core'],
  'main.tsx': ['app', 'ui'],
}

interface LockEntry {
  readonly version?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages with weight or side effects have one door. What is not listed may be used outside `core`. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '@base-ui/react': ['ui', 'app', 'features'],
  '@electric-sql/pglite': ['database'],
  '@electric-sql/pglite-pgvector': ['database'],
  '@xyflow/react': ['features/canvas'],
  elkjs: ['platform'],
  idb: ['platform'],
  'libpg-query': ['database'],
  'monaco-editor': ['ui'],
  pg: ['database/server'],
  react: ['ui', 'features', 'app', 'main.tsx'],
  'react-dom': ['ui', 'features', 'app', 'main.tsx'],
  sequelize: ['database'],
}

/** What the core may not reach for: it is given clocks and randomness, and its tsconfig knows no browser names. */
const impure =
  /^(new Date\(\)|Date\.now|Math\.random|fetch\b|setTimeout|setInterval|queueMicrotask|crypto\.|performance\.|console\.)/

/** Where kinds may be told apart by name. `ui` knows no kinds: a 'table' there is a role or an icon. */
const kindFolders = ['core/kinds/', 'core/commands/', 'features/canvas/', 'ui/']

/** How often other files name a kind. A number here may only fall: a new kind must not need a visit to these files. */
const kindNames: Readonly<Record<string, number>> = {
  // Words of DBML and of Prisma.
  'core/export/dbml.ts': 4,
  'core/import/dbml-schema.ts': 2,
  'core/import/prisma-parser.ts': 1,
  'core/import/prisma-schema.ts': 9,
  // An English word, not a kind.
  'core/sequelize/faithful.ts': 1,
  // An option of Sequelize, and a word of JavaScript.
  'core/sequelize/model-files/edit-attributes.ts': 1,
  'core/sequelize/model-files/find-associations.ts': 1,
  // A setting of PostgreSQL.
  'core/import/disposition.ts': 1,
  'core/sequelize/compose.ts': 1,
  'database/sandbox-migrator.ts': 1,
  'database/sandbox-protocol.ts': 1,
  'database/sandbox-server.ts': 1,
  // Every name is printed with its schema.
  'core/sql/names.ts': 1,
}

const maxLines = 400
const maxDepth = 4
const folderWords = /^(utils?|helpers?|common|misc|shared|lib)$/
const suffixes = ['worker', 'test', 'test-kit', 'pglite', 'property']

const sources = readSources()
const product = sources.filter((file) => !file.isTest)

describe('architecture', () => {
  rule('a layer imports only what it may see', (file) => {
    const layer = layerOf(file.path)
    const allowed = layers[layer]
    if (!allowed) return [`${layer} is no layer`]
    return file.imports.flatMap((specifier) => {
      const target = targetOf(file, specifier)
      if (!isOwn(specifier) || !/\.tsx?$/.test(target)) return []
      if (target.startsWith('..')) return [`reaches out of src: ${specifier}`]
      if (file.isTest && layer === 'core') return []
      const to = layerOf(target)
      const isSibling =
        layer === 'features' && to === 'features' && featureOf(file.path) === featureOf(target)
      return isSibling || allowed.includes(to) ? [] : [`${layer} may not import ${to}: ${specifier}`]
    })
  })

  rule('a package is imported through its door', (file) => {
    if (file.isTest) return []
    return file.imports.flatMap((specifier) => {
      if (isOwn(specifier)) return []
      const name = targetOf(file, specifier)
      if (layerOf(file.path) === 'core') return [`core imports no package: ${specifier}`]
      const doorways = doors[name]
      if (!doorways || doorways.some((door) => file.path === door || file.path.startsWith(`${door}/`)))
        return []
      return [`${name} is imported only by ${doorways.join(', ')}`]
    })
  })

  rule('a session with a server is for the command line alone', (file) => {
    if (file.isTest || /^(cli|database\/server)\//.test(file.path)) return []
    return file.imports
      .filter((specifier) => targetOf(file, specifier).startsWith('database/server/'))
      .map((specifier) => `the page has no network: ${specifier}`)
  })

  rule('the core has no clock, no randomness and no network', (file) => {
    if (layerOf(file.path) !== 'core' || file.isTest) return []
    return file.calls.filter((call) => impure.test(call)).map((call) => `calls ${call}`)
  })

  rule(`a file has at most ${maxLines} lines`, (file) =>
    file.lines > maxLines ? [`${file.lines} lines`] : [],
  )

  rule('no file gathers others', (file) => {
    const reasons = file.reexportsAll ? ['re-exports a whole module'] : []
    return /^index\.tsx?$/.test(basename(file.path)) ? [...reasons, 'is a barrel by name'] : reasons
  })

  rule('nothing is exported by default', (file) =>
    file.exports.includes('default') ? ['has a default export'] : [],
  )

  rule('files and folders are named after what they hold', (file) => {
    const folders = file.path.split('/').slice(0, -1)
    const [stem = '', ...ends] = basename(file.path)
      .replace(/\.tsx?$/, '')
      .split('.')
    const isComponent = file.path.endsWith('.tsx') && /^[A-Z][A-Za-z0-9]*$/.test(stem)
    return [
      ...[...folders, stem].filter((name) => folderWords.test(name)).map((name) => `says nothing: ${name}`),
      ...folders.filter((name) => !isKebab(name)).map((name) => `folder is not in kebab case: ${name}`),
      ...(folders.length > maxDepth ? [`lies ${folders.length} folders deep, at most ${maxDepth}`] : []),
      ...(isKebab(stem) || isComponent ? [] : [`${stem} is neither kebab case nor a component's name`]),
      ...ends
        .filter((end) => !suffixes.includes(end) && !isRole(file.path) && stem !== 'architecture')
        .map((end) => `unknown suffix .${end}`),
    ]
  })

  rule('a cast is explained by a comment', (file) =>
    file.isTest ? [] : file.unexplainedCasts.map((line) => `line ${line}: \`as\` without a comment`),
  )

  test('kinds are named only where they may be', () => {
    const names = new Set(Object.keys(kinds))
    const found = product
      .filter((file) => !kindFolders.some((folder) => file.path.startsWith(folder)))
      .map((file) => [file.path, file.strings.filter((text) => names.has(text)).length] as const)
      .filter(([, count]) => count > 0)
    expect(Object.fromEntries(found), 'A rise needs another way; after a fall lower the number here').toEqual(
      kindNames,
    )
  })

  test('every kind has a folder of its own', () => {
    const folders = readdirSync(join(sourceFolder, 'core/kinds'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(folders.sort()).toEqual(Object.keys(kinds).map(toKebab).sort())
  })

  test('what the build makes is not committed', () => {
    const ignored = readFileSync(join(dirname(sourceFolder), '.gitignore'), 'utf8').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['dist/', 'node_modules/', 'public/engine/']))
  })

  test('the lock file names no registry and every platform', () => {
    const text = readFileSync(join(dirname(sourceFolder), 'package-lock.json'), 'utf8')
    expect(text).not.toMatch(/"resolved": "https?:/)
    const lock: { packages: Record<string, LockEntry> } = JSON.parse(text)
    // Two versions of one package lie in different folders, each with its own platforms.
    const majorOf = (range = '') => range.replace(/^\D*/, '').split('.')[0]
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies).flatMap(([name, range]) => {
        const own = lock.packages[`${path}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`]
        return own && majorOf(own.version) === majorOf(range) ? [] : [`${name}@${range}`]
      }),
    )
    expect(missing, 'npm leaves out what its registry does not have; npm ci then refuses the file').toEqual(
      [],
    )
  })

  test('every dependency has its line in README', () => {
    const readme = readFileSync(join(dirname(sourceFolder), 'README.md'), 'utf8')
    const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> = JSON.parse(
      readFileSync(join(dirname(sourceFolder), 'package.json'), 'utf8'),
    )
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    const unnamed = names.filter((name) => !name.startsWith('@types/') && !readme.includes(`\`${name}\``))
    expect(unnamed).toEqual([])
  })

  test('the words of README are the words of the code', () => {
    const readme = readFileSync(join(dirname(sourceFolder), 'README.md'), 'utf8')
    const rows = [...readme.matchAll(/^\| +\*\*.+?\*\* +\| +`(\w+)` in `src\/([^`]+)` +\|.*\|([^|]*)\|$/gm)]
    expect(rows.length, 'rows of the words table').toBeGreaterThanOrEqual(10)
    for (const [, name = '', path = ''] of rows) {
      const file = sources.find((source) => source.path === path)
      expect(file?.exports, `${name} in ${path}`).toContain(name)
    }
    const avoided = rows.flatMap(([, , , words = '']) =>
      [...words.matchAll(/`(\w+)`/g)].map(([, word]) => word),
    )
    const wrong = product.flatMap((file) =>
      file.exports
        .filter((name) => wordsOf(name).some((word) => avoided.includes(word)))
        .map((name) => `${file.path}: ${name}`),
    )
    expect(wrong).toEqual([])
  })
})

/** A rule gives the reasons why a file breaks it; the test prints every file with its reasons. */
function rule(title: string, reasonsOf: (file: SourceFile) => readonly string[]): void {
  test(title, () => {
    const broken = sources.flatMap((file) => reasonsOf(file).map((reason) => `src/${file.path}: ${reason}`))
    expect(broken, broken.join('\n')).toEqual([])
  })
}

/** A kind's folder splits by role: `column.kind.ts`, `column.catalog.ts`. */
function isRole(path: string): boolean {
  const [folder, stem] = [basename(dirname(path)), basename(path).split('.')[0]]
  return path.startsWith('core/kinds/') && folder === stem
}

function layerOf(path: string): string {
  const [first = ''] = path.split('/')
  return path.startsWith('architecture.') ? 'core' : first
}

function featureOf(path: string): string | undefined {
  return path.split('/')[1]
}

function isOwn(specifier: string): boolean {
  return specifier.startsWith('.')
}

function isKebab(name: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
}

function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll(' ', '-')
}

/** `readCatalogRows` → read, catalog, rows. */
function wordsOf(name: string): readonly string[] {
  return name.split(/(?=[A-Z])/).map((word) => word.toLowerCase())
}
