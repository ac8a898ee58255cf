import { folderOf, textOf } from '../../core/sequelize/folder/folder-files.ts'
import { isDeclared, isFileName, resolveFile, resolveInstalled, resolveOwnPackage } from './module-paths.ts'
import { importMeta, type ModuleText, moduleText, UnsupportedSyntax } from './module-text.ts'
import { ModuleLoadError, type ModuleWorld } from './module-world.ts'
import { callingPlace, placeIn, sourceName } from './source-line.ts'
import { refusedModule } from './stand-in-files.ts'

interface LoadedModule {
  exports: unknown
  /** Settled once a file that awaits outside of functions has run. */
  readonly ready: Promise<void>
  /** It has begun to await and has not ended. */
  readonly isAwaiting: boolean
}

/** Thrown where a file needs one that still awaits: it is run anew behind that one. */
class NotReady {
  readonly ready: Promise<void>

  constructor(ready: Promise<void>) {
    this.ready = ready
  }
}

/** What a name of `require` stands for that no file of the folder is. Undefined: nothing here. */
export type FindPackage = (name: string) => { readonly exports: unknown } | undefined

type Evaluate = (...parameters: readonly unknown[]) => unknown

/**
 * Loads the files of a folder as Node does: CommonJS, modules, TypeScript and JSON, each once. They run with the rights
 * of this realm: people's files belong in the sandbox.
 */
export class FolderModules {
  readonly #world: ModuleWorld
  readonly #findPackage: FindPackage
  readonly #globals: Readonly<Record<string, unknown>>
  readonly #loaded = new Map<string, LoadedModule>()

  /** `globals` are names that every file sees besides those of Node's modules, such as `process`. */
  constructor(world: ModuleWorld, findPackage: FindPackage, globals: Readonly<Record<string, unknown>>) {
    this.#world = world
    this.#findPackage = findPackage
    this.#globals = globals
  }

  /** What a file exports. Throws ModuleLoadError, and whatever the file throws while it is loaded. */
  async load(path: string): Promise<unknown> {
    for (;;) {
      try {
        const module = this.#module(path)
        await module.ready
        return module.exports
      } catch (error) {
        if (!(error instanceof NotReady)) throw error
        this.#loaded.delete(path)
        await error.ready
      }
    }
  }

  /** What `require` gives for a name in a file of the folder. Throws as `load` does. */
  require(name: string, from: string): unknown {
    return this.#requireFrom(from)(name)
  }

  /** Whether the file has been loaded, by whichever other. */
  has(path: string): boolean {
    return this.#loaded.has(path)
  }

  #module(path: string): LoadedModule {
    const known = this.#loaded.get(path)
    if (known) return known
    const source = textOf(this.#world.files, path)
    if (source === null) throw new ModuleLoadError('missing-module', `There is no file ${path}`, path)
    try {
      return path.endsWith('.json') ? this.#keep(path, parsed(source, path)) : this.#evaluate(path, source)
    } catch (error) {
      this.#loaded.delete(path)
      throw error
    }
  }

  #keep(path: string, exports: unknown): LoadedModule {
    const module = { exports, ready: Promise.resolve(), isAwaiting: false }
    this.#loaded.set(path, module)
    return module
  }

  #evaluate(path: string, source: string): LoadedModule {
    const { code, isAsync } = readText(source, path)
    const fileName = `${this.#world.root}/${path}`
    const exports: unknown = {}
    const module = { exports, id: fileName, filename: fileName, loaded: false, children: [], paths: [] }
    const own = {
      module,
      exports,
      require: this.#requireFrom(path),
      __filename: fileName,
      __dirname: folderOf(fileName),
      [importMeta]: { url: `file://${fileName}`, filename: fileName, dirname: folderOf(fileName) },
    }
    // Around the file's own function, so that the file may declare names of the world again, as in Node.
    // In one more of its own, so that a module may declare `__dirname` and the like, which Node gives to no module.
    const head = `return function (${Object.keys(own).join(', ')}) { return (${isAsync ? 'async ' : ''}function () {`
    const text = `${head}${code}\n}).call(this) }${sourceName(path)}`
    // The constructor gives functions of any shape.
    const world = new Function(...Object.keys(this.#globals), text) as Evaluate
    // It returns the file's own function, whatever the types know.
    const evaluate = world(...Object.values(this.#globals)) as Evaluate
    let ready: Promise<void> = Promise.resolve()
    let isAwaiting = false
    // Known before it has run, so that files may require each other.
    const loaded: LoadedModule = {
      get exports() {
        return module.exports
      },
      get ready() {
        return ready
      },
      get isAwaiting() {
        return isAwaiting
      },
    }
    this.#loaded.set(path, loaded)
    const outcome = evaluate.call(exports, ...Object.values(own))
    if (isAsync) {
      isAwaiting = true
      ready = Promise.resolve(outcome).then(() => {
        isAwaiting = false
      })
    }
    module.loaded = true
    return loaded
  }

  #required(path: string): unknown {
    const module = this.#module(path)
    if (module.isAwaiting) throw new NotReady(module.ready)
    return module.exports
  }

  #requireFrom(from: string) {
    const { files, root } = this.#world
    const resolve = (name: string): string | null =>
      isFileName(name)
        ? resolveFile(files, name, from, root)
        : (resolveInstalled(files, name, from) ?? resolveOwnPackage(files, name))
    const require = (given: unknown): unknown => {
      const name = moduleName(given)
      if (name === 'module' || name === 'node:module') {
        const createRequire = (file: unknown) => this.#requireFrom(moduleName(file).replace(`${root}/`, ''))
        return { createRequire }
      }
      const path = isFileName(name) ? resolve(name) : null
      if (path !== null) return this.#required(path)
      const found = isFileName(name) ? undefined : this.#findPackage(name.replace(/^node:/, ''))
      if (found) return found.exports
      const own = isFileName(name) ? null : resolve(name)
      if (own !== null) return this.#required(own)
      if (!isFileName(name) && isDeclared(files, name)) return refusedModule(name, notRead)
      const { path: file, line } = callingPlace() ?? { path: from, line: undefined }
      throw new ModuleLoadError('missing-module', missing(name), file, line)
    }
    const cache = {}
    return Object.assign(require, {
      cache,
      main: { filename: `${root}/node_modules/.bin/sequelize`, exports: {} },
      extensions: {},
      resolve: (name: string) => {
        const path = resolve(name)
        return path === null ? name : `${root}/${path}`
      },
    })
  }
}

/** `import()` takes addresses of files too. */
function moduleName(given: unknown): string {
  const name = given instanceof URL ? given.href : given
  if (typeof name !== 'string') throw new TypeError('The name of a module is a text')
  return name.startsWith('file://') ? decodeURIComponent(new URL(name).pathname) : name
}

/** A package that a project names is there when its commands run. */
const notRead = 'cannot be used here: the package is not installed beside the folder'

function missing(name: string): string {
  return isFileName(name)
    ? `Cannot find module '${name}': no such file in the folder`
    : `Cannot find module '${name}': it is not installed beside the folder, and no package.json names it`
}

function readText(source: string, path: string): ModuleText {
  try {
    return moduleText(source, path)
  } catch (error) {
    if (error instanceof UnsupportedSyntax) {
      throw new ModuleLoadError('unsupported-syntax', error.message, path, error.line)
    }
    if (!(error instanceof SyntaxError)) throw error
    const line = /\((\d+):\d+\)/.exec(error.message)?.[1]
    const place = placeIn(error.stack)?.line ?? (line === undefined ? undefined : Number(line))
    throw new ModuleLoadError('syntax-error', error.message, path, place)
  }
}

function parsed(source: string, path: string): unknown {
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ModuleLoadError('syntax-error', error instanceof Error ? error.message : String(error), path)
  }
}
