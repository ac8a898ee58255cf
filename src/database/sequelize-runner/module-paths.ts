import {
  type FolderFiles,
  folderOf,
  isForeign,
  joinPath,
  nameOf,
  pathIn,
  textOf,
} from '../../core/sequelize/folder/folder-files.ts'

/** Tried after the name as it stands, in this order. TypeScript writes `./a.js` for `./a.ts`. */
const endings = ['', '.js', '.cjs', '.mjs', '.ts', '.cts', '.mts', '.json']

/** The file that a relative or absolute name means, seen from a file of the folder; null where there is none. */
export function resolveFile(files: FolderFiles, name: string, from: string, root: string): string | null {
  const inside = name.startsWith(`${root}/`) ? joinPath(name.slice(root.length)) : null
  const path = inside ?? joinPath(folderOf(from), name)
  return path === null ? null : fileAt(files, path)
}

/** True for a name that means a file and no package. */
export function isFileName(name: string): boolean {
  return /^(\.\.?)?\//.test(name) || name === '.' || name === '..'
}

function fileAt(files: FolderFiles, path: string): string | null {
  const spellings = [path, path.replace(/\.([cm]?)js$/, '.$1ts')]
  for (const spelling of spellings) {
    const found = endings.map((ending) => spelling + ending).find((file) => files.has(file))
    if (found !== undefined) return found
  }
  const manifest = textOf(files, join(path, 'package.json'))
  const main = manifest === null ? undefined : /"main"\s*:\s*"([^"]+)"/.exec(manifest)?.[1]
  const byMain = main === undefined ? null : joinPath(path, main)
  if (byMain !== null && byMain !== path) {
    const found = fileAt(files, byMain)
    if (found !== null) return found
  }
  return endings.map((ending) => join(path, `index${ending}`)).find((file) => files.has(file)) ?? null
}

/**
 * A package that lies in the folder itself (a workspace, or what `imports`, `paths` and `_moduleAliases` of package.json
 * and tsconfig.json name): the file that the name means.
 */
export function resolveOwnPackage(files: FolderFiles, name: string): string | null {
  for (const [path, manifest] of manifestsOf(files)) {
    const own = /"name"\s*:\s*"([^"]+)"/.exec(manifest)?.[1]
    if (own === undefined || (name !== own && !name.startsWith(`${own}/`))) continue
    const below = name.slice(own.length + 1)
    // What its main file is compiled from lies in `src`, where nothing was built.
    const places = [join(folderOf(path), below), join(folderOf(path), `src/${below.replace(/^dist\//, '')}`)]
    const found = places.map((place) => fileAt(files, place)).find((file) => file !== null)
    if (found !== undefined) return found
  }
  return resolveAlias(files, name)
}

/** The file of an installed package that a name means, as Node looks for it: in `node_modules` of each folder above. */
export function resolveInstalled(files: FolderFiles, name: string, from: string): string | null {
  const own = packageOf(name)
  for (let at = folderOf(from); ; at = folderOf(at)) {
    const place = pathIn(at, `node_modules/${own}`)
    const manifest = textOf(files, `${place}/package.json`)
    if (manifest !== null) {
      const below = name.slice(own.length + 1)
      const entry = entryOf(manifest, below === '' ? '.' : `./${below}`)
      return fileAt(files, join(place, entry ?? below))
    }
    if (at === '') return null
  }
}

/** What `exports` of a package says of a path; null where it says nothing. */
function entryOf(manifest: string, path: string): string | null {
  const parsed: unknown = JSON.parse(manifest)
  const entries: unknown = Reflect.get(Object(parsed), 'exports')
  if (entries === undefined) return null
  const byPath = Object.keys(Object(entries)).some((key) => key.startsWith('.'))
  if (!byPath) return path === '.' ? targetOf(entries) : null
  const exact: unknown = Reflect.get(Object(entries), path)
  if (exact !== undefined) return targetOf(exact)
  for (const [key, value] of Object.entries(Object(entries))) {
    const [head = '', tail] = key.split('*')
    if (tail === undefined || !path.startsWith(head) || !path.endsWith(tail)) continue
    return targetOf(value)?.replace('*', path.slice(head.length, path.length - tail.length)) ?? null
  }
  return null
}

const conditions = ['node', 'require', 'default', 'import']

function targetOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return targetOf(value[0])
  const held = conditions.filter((condition) => Object.hasOwn(Object(value), condition))
  return (
    held
      .map((condition) => targetOf(Reflect.get(Object(value), condition)))
      .find((found) => found !== null) ?? null
  )
}

/** Whether a package.json of the folder names the package among what it needs. */
export function isDeclared(files: FolderFiles, name: string): boolean {
  const wanted = `"${packageOf(name)}"`
  return manifestsOf(files).some(([, manifest]) =>
    [...manifest.matchAll(/"\w*[dD]ependencies"\s*:\s*\{([^}]*)\}/g)].some(([, list = '']) =>
      list.includes(wanted),
    ),
  )
}

/** `@a/b/c` → `@a/b`, `a/b` → `a`. */
export function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/')
}

function manifestsOf(files: FolderFiles): readonly (readonly [string, string])[] {
  return [...files.keys()]
    .filter((path) => nameOf(path) === 'package.json' && !isForeign(path))
    .flatMap((path) => {
      const text = textOf(files, path)
      return text === null ? [] : [[path, text] as const]
    })
}

const aliasFiles = ['package.json', 'tsconfig.json', 'jsconfig.json', 'tsconfig.base.json', '.babelrc']

/**
 * `"@/*": ["src/*"]`, `"#db": "./db/index.js"`, `"@root": "."`: entries that begin as the name does; then what lies below
 * the `baseUrl` of a tsconfig.json.
 */
function resolveAlias(files: FolderFiles, name: string): string | null {
  for (const path of files.keys()) {
    if (!aliasFiles.includes(nameOf(path)) || isForeign(path)) continue
    const text = withoutComments(textOf(files, path) ?? '')
    const base = /"baseUrl"\s*:\s*"([^"]+)"/.exec(text)?.[1]
    const folders = [...(base === undefined ? [] : [joinPath(folderOf(path), base) ?? '']), folderOf(path)]
    for (const [alias, target] of aliasesIn(text)) {
      const stem = alias.replace(/\*$/, '')
      const isWhole = alias === stem
      if (isWhole ? name !== stem && !name.startsWith(`${stem}/`) : !name.startsWith(stem)) continue
      for (const folder of folders) {
        const place = joinPath(folder, target.replace(/\*$/, ''), name.slice(stem.length))
        const found = place === null ? null : fileAt(files, place)
        if (found !== null) return found
      }
    }
    const below = base === undefined ? null : fileAt(files, join(folders[0] ?? '', name))
    if (below !== null) return below
  }
  return null
}

/** Names with a mark before them wherever they are, and every name among the `paths` of a tsconfig.json. */
function aliasesIn(text: string): readonly (readonly [string, string])[] {
  const [, paths = ''] = /"paths"\s*:\s*\{([^}]*)\}/.exec(text) ?? []
  const marked = text.matchAll(/"([@#~][^"]*)"\s*:\s*\[?\s*"([^"]+)"/g)
  const mapped = paths.matchAll(/"([^"*@#~][^"]*)"\s*:\s*\[\s*"([^"]+)"/g)
  return [...marked, ...mapped].map(([, alias = '', target = '']) => [alias, target] as const)
}

/** Of JSON; `"@/*"` is no comment. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_all, quoted: string = '') => quoted,
  )
}

function join(folder: string, name: string): string {
  return joinPath(folder, name) ?? name
}
