import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import {
  type FileContent,
  type FolderFiles,
  folderOf,
  pathIn,
  textOf,
} from '../core/sequelize/folder/folder-files.ts'
import { isFileName, packageOf, resolveFile } from '../database/sequelize-runner/module-paths.ts'
import { isProvided } from '../database/sequelize-runner/stand-in-packages.ts'

const required = /(?:\brequire\s*\(|\bfrom|\bimport\s*\(|\bimport)\s*(['"`])([^'"`\n]+)\1/g

const readable = /\.([cm]?js|json)$|(^|\/)[^./]+$/

/** Larger packages are no part of a migration, in files and bytes; all together stay below ten times that. */
const limits = { files: 4000, bytes: 20_000_000 }

/**
 * The files with those packages that the migrations of the services require, directly or through files of the folder, as
 * they are installed in the folder or above it: under `node_modules`, with what they need themselves.
 */
export function withPackages(folder: string, files: FolderFiles, services: readonly Service[]): FolderFiles {
  const packages = new InstalledPackages(resolve(folder))
  for (const { from, name } of requiredPackages(files, services)) packages.add(name, folderOf(from))
  return packages.files.size === 0 ? files : new Map([...files, ...packages.files])
}

/** Names of packages that are neither files of the folder nor here anyway, each with a file that requires it. */
function requiredPackages(files: FolderFiles, services: readonly Service[]) {
  const seen = new Set<string>()
  const packages = new Map<string, { readonly from: string; readonly name: string }>()
  const queue = services.flatMap(({ migrations, configFile, modelsFolder }) => [
    ...migrations,
    ...(configFile === null ? [] : [configFile]),
    ...[...files.keys()].filter((path) => modelsFolder !== null && path.startsWith(`${modelsFolder}/`)),
  ])
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || !/\.[cm]?[jt]s$/.test(path)) continue
    seen.add(path)
    for (const [, , name = ''] of (textOf(files, path) ?? '').matchAll(required)) {
      if (isFileName(name)) {
        const file = resolveFile(files, name, path, '/')
        if (file !== null) queue.push(file)
      } else if (!isProvided(name.replace(/^node:/, ''))) {
        const plain = packageOf(name)
        packages.set(`${folderOf(path)}\0${plain}`, { from: path, name: plain })
      }
    }
  }
  return packages.values()
}

/** Packages of a disk, laid out as Node finds them. */
class InstalledPackages {
  readonly files = new Map<string, FileContent>()
  readonly #root: string
  /** The place on the disk of each copy, by its own. */
  readonly #laid = new Map<string, string>()
  #bytes = 0

  constructor(root: string) {
    this.#root = root
  }

  /** A package that a file in a folder of the opened one requires. */
  add(name: string, from: string): void {
    const place = installed(name, join(this.#root, from))
    if (place !== null) this.#lay(name, place, '')
  }

  /** All in one folder; another version of a package that is there already, within the one that needs it. */
  #lay(name: string, place: string, above: string): void {
    const flat = `node_modules/${name}`
    const target = this.files.has(`${flat}/package.json`) ? pathIn(above, flat) : flat
    if (this.#laid.get(flat) === place || this.files.has(`${target}/package.json`)) return
    this.#laid.set(target, place)
    const read = readPackage(place)
    if (read === null || this.#bytes + read.bytes > limits.bytes * 10) return
    this.#bytes += read.bytes
    for (const [path, content] of read.files) this.files.set(`${target}/${path}`, content)
    for (const needed of needsOf(read.files)) {
      if (isProvided(needed)) continue
      const own = installed(needed, place)
      if (own !== null && !own.startsWith(`${place}/`)) this.#lay(needed, own, target)
    }
  }
}

/** Where Node finds a package from a folder; links are followed, as in Node. */
function installed(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return realpathSync(place)
    if (at === dirname(at)) return null
  }
}

/** With packages that lie within it. Null when it is larger than what a migration uses. */
function readPackage(place: string): { readonly files: Map<string, string>; readonly bytes: number } | null {
  const files = new Map<string, string>()
  let bytes = 0
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(place, path), { withFileTypes: true })) {
      const below = pathIn(path, entry.name)
      if (entry.isDirectory()) walk(below)
      else if (
        entry.isFile() &&
        readable.test(below) &&
        files.size <= limits.files &&
        bytes <= limits.bytes
      ) {
        bytes += statSync(join(place, below)).size
        files.set(below, readFileSync(join(place, below), 'utf8'))
      }
    }
  }
  walk('')
  return files.size > limits.files || bytes > limits.bytes ? null : { files, bytes }
}

function needsOf(files: ReadonlyMap<string, string>): readonly string[] {
  const manifest: unknown = JSON.parse(files.get('package.json') ?? '{}')
  const needs: unknown = Reflect.get(Object(manifest), 'dependencies')
  return Object.keys(Object(needs))
}
