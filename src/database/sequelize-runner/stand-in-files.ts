import { Buffer } from 'buffer'
import { type FolderFiles, joinPath, namesIn } from '../../core/sequelize/folder/folder-files.ts'
import { type ModuleWorld, RefusedAccess } from './module-world.ts'

interface Entry {
  readonly isFile: () => boolean
  readonly isDirectory: () => boolean
  readonly isSymbolicLink: () => boolean
  readonly name: string
  readonly size: number
}

type Done = (error: unknown, value?: unknown) => void

/** `fs` for reading: the files of the folder and nothing else. Whatever would write is refused. */
export function filesModule(world: ModuleWorld): object {
  const { files } = world
  const locate = (path: unknown): string => place(world, path)

  const readFileSync = (path: unknown, options?: unknown): unknown => {
    const content = files.get(locate(path))
    if (content === undefined) throw noEntry('open', path)
    const bytes = Buffer.from(content)
    const encoding = typeof options === 'string' ? options : encodingOf(options)
    return encoding === undefined ? bytes : decoded(bytes, encoding)
  }
  const statSync = (path: unknown): Entry => {
    const found = entryAt(files, locate(path))
    if (!found) throw noEntry('stat', path)
    return found
  }
  const readdirSync = (path: unknown, options?: unknown): unknown => {
    const folder = locate(path)
    const names = namesIn(files, folder)
    if (names.length === 0) throw noEntry('scandir', path)
    const withTypes = typeof options === 'object' && options !== null && Reflect.get(options, 'withFileTypes')
    return withTypes ? names.map((name) => entryAt(files, joinPath(folder, name) ?? name)) : names
  }
  const accessSync = (path: unknown): void => void statSync(path)
  const existsSync = (path: unknown): boolean => entryAt(files, locate(path)) !== undefined

  const reads = {
    readFile: readFileSync,
    stat: statSync,
    lstat: statSync,
    readdir: readdirSync,
    access: accessSync,
  }
  const promises = Object.fromEntries(
    Object.entries(reads).map(([name, read]) => [
      name,
      async (...args: [unknown, unknown?]) => read(...args),
    ]),
  )
  const called = Object.fromEntries(
    Object.entries(reads).map(([name, read]) => [
      name,
      (...args: [unknown, ...unknown[]]) => callBack(read, args),
    ]),
  )
  const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 }
  const known = {
    ...called,
    readFileSync,
    statSync,
    lstatSync: statSync,
    readdirSync,
    accessSync,
    existsSync,
    realpathSync: (path: unknown) => path,
    constants,
    promises: withRefusals('fs.promises', { ...promises, constants }),
  }
  return withRefusals('fs', known)
}

/** Every other member is a function that refuses when it is called. */
export function withRefusals(module: string, known: object): object {
  return new Proxy(known, {
    get: (target, name) => {
      if (typeof name !== 'string' || name in target || ['then', '__esModule', 'default'].includes(name)) {
        return name === 'default' ? target : Reflect.get(target, name)
      }
      return () => {
        throw new RefusedAccess(`${module}.${name} is refused to a migration here`)
      }
    },
  })
}

/**
 * A module that can be loaded and refuses whatever is done with it or with a member of it, so that a file which only names
 * it still runs, and one that extends its classes.
 */
export function refusedModule(
  module: string,
  reason = 'is refused to a migration here: it leads out of the folder',
): object {
  function refuse(): never {
    throw new RefusedAccess(`${module} ${reason}`)
  }
  return new Proxy(refuse, {
    get: (target, name) => {
      const isOwn = typeof name !== 'string' || ['then', '__esModule', 'prototype'].includes(name)
      return isOwn ? Reflect.get(target, name) : refusedModule(`${module}.${name}`, reason)
    },
    construct: refuse,
  })
}

function callBack(read: (path: unknown, options?: unknown) => unknown, args: readonly unknown[]): void {
  const [path, options] = args
  const done = args.at(-1)
  if (typeof done !== 'function') throw new TypeError('The "cb" argument must be of type function')
  // Callbacks of Node take an error and a value.
  const call = done as Done
  queueMicrotask(() => {
    try {
      call(null, read(path, typeof options === 'function' ? undefined : options))
    } catch (error) {
      call(error)
    }
  })
}

function encodingOf(options: unknown): string | undefined {
  if (typeof options !== 'object' || options === null) return undefined
  const encoding: unknown = Reflect.get(options, 'encoding')
  return typeof encoding === 'string' ? encoding : undefined
}

function decoded(bytes: Buffer, encoding: string): string {
  return Buffer.isEncoding(encoding) ? bytes.toString(encoding) : bytes.toString()
}

/** The path in the folder; a place outside it does not exist. */
function place({ root, workingFolder }: ModuleWorld, path: unknown): string {
  const text = path instanceof URL ? decodeURI(path.pathname) : String(path)
  if (text === root) return ''
  if (text.startsWith(`${root}/`)) return joinPath(text.slice(root.length)) ?? outside
  return text.startsWith('/') ? outside : (joinPath(workingFolder, text) ?? outside)
}

const outside = '\0outside'

function entryAt(files: FolderFiles, path: string): Entry | undefined {
  const content = files.get(path)
  const isFile = content !== undefined
  if (!isFile && namesIn(files, path).length === 0) return undefined
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    isFile: () => isFile,
    isDirectory: () => !isFile,
    isSymbolicLink: () => false,
    size: content?.length ?? 0,
  }
}

/** As Node words it. */
function noEntry(call: string, path: unknown): Error {
  const message = `ENOENT: no such file or directory, ${call} '${String(path)}'`
  return Object.assign(new Error(message), { code: 'ENOENT', syscall: call, path: String(path) })
}
