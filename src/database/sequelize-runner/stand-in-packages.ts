// Package names, not node:, because the sandbox bundle puts browser packages in their place.
// biome-ignore-start lint/style/useNodejsImportProtocol: as above.
import assert from 'assert'
import bluebird from 'bluebird'
import * as buffer from 'buffer'
import events from 'events'
import lodash from 'lodash'
import moment from 'moment'
import momentTimezone from 'moment-timezone'
import path from 'path'
import hstore from 'pg-hstore'
import * as sequelizeModule from 'sequelize'
import * as url from 'url'
import util from 'util'
import * as uuid from 'uuid'
// biome-ignore-end lint/style/useNodejsImportProtocol: as above.
import { textOf } from '../../core/sequelize/folder/folder-files.ts'
import type { FindPackage } from './folder-modules.ts'
import type { ModuleWorld } from './module-world.ts'
import { cryptoModule } from './stand-in-crypto.ts'
import { filesModule, refusedModule } from './stand-in-files.ts'

/** What leads to other programs or to the network. */
const refused =
  /^(child_process|cluster|dgram|dns|dns\/promises|http|http2|https|inspector|net|repl|tls|v8|vm|worker_threads|node-fetch|request|undici)$/

/** What a file may well make on its way without using it: clients of other servers, and parts of Node that need a disk. */
const clients =
  /^(async_hooks|module|pg|pg-native|pg-pool|querystring|readline|readline\/promises|stream|stream\/promises|string_decoder|tty|zlib|axios|got|superagent|ws|redis|ioredis|aws-sdk|@aws-sdk\/.*|nodemailer)$/

/** True for what migrations are refused, and files that are only read may make and not use. */
export function isClient(name: string): boolean {
  return clients.test(name)
}

/** Packages that change how files are loaded, which is done here already, or that only talk to a person. */
const nothing =
  /^(@babel\/(register|polyfill|core|runtime)|babel-register|babel-polyfill|core-js(\/.*)?|regenerator-runtime(\/.*)?|ts-node(\/.*)?|tsx(\/.*)?|tsconfig-paths(\/.*)?|sucrase\/register(\/.*)?|reflect-metadata|source-map-support(\/.*)?|module-alias(\/.*)?|esm|sequelize-cli)$/

/** Packages that only write to a log or a terminal. */
const logs =
  /^(winston|pino|pino-pretty|bunyan|log4js|loglevel|tracer|signale|consola|npmlog|chalk|colors|ansi-colors|cli-color|kleur|picocolors|cli-progress|ora)(\/.*)?$/

/**
 * What a name stands for that is no file of the folder: parts of Node, packages that Sequelize brings, stand-ins. Whatever
 * connects by `sequelize` reaches what that one reaches.
 */
export function packagesFor(world: ModuleWorld, process: object, sequelize: object): FindPackage {
  const made = new Map<string, unknown>()
  const packages = packageTable(world, process, sequelize)
  return (name) => {
    const make = Object.hasOwn(packages, name) ? packages[name] : byPattern(name)
    if (!make) return undefined
    if (!made.has(name)) made.set(name, make())
    return { exports: made.get(name) }
  }
}

/** Whether a name stands for something without any file. */
export function isProvided(name: string): boolean {
  const nowhere = { files: new Map(), root: '', workingFolder: '', environment: {} }
  return packagesFor(nowhere, {}, {})(name) !== undefined
}

function byPattern(name: string): (() => unknown) | undefined {
  if (refused.test(name) || clients.test(name)) return () => refusedModule(name)
  if (logs.test(name)) return () => silentModule
  const member = /^lodash(?:\/|\.)(?:fp\/)?(\w+)$/.exec(name)?.[1]
  if (member !== undefined) {
    const found = Object.entries(lodash).find(([key]) => key.toLowerCase() === member.toLowerCase())
    if (found) return () => found[1]
  }
  return nothing.test(name) ? () => ({}) : undefined
}

function packageTable(
  world: ModuleWorld,
  process: object,
  sequelize: object,
): Readonly<Record<string, () => unknown>> {
  const files = filesModule(world)
  const paths = pathsFrom(world)
  return {
    sequelize: () => sequelize,
    'sequelize/lib/data-types': () => sequelizeModule.DataTypes,
    'sequelize-typescript': () => typescriptModule(sequelize),
    '@sequelize/core': () => sequelize,
    lodash: () => lodash,
    bluebird: () => bluebird,
    'pg-hstore': () => hstore,
    moment: () => moment,
    'moment-timezone': () => momentTimezone,
    uuid: () => uuid,
    'uuid/v1': () => uuid.v1,
    'uuid/v4': () => uuid.v4,
    assert: () => assert,
    buffer: () => buffer,
    events: () => events,
    'assert/strict': () => assert,
    path: () => paths,
    'path/posix': () => paths,
    url: () => ({ ...url, URL, URLSearchParams, fileURLToPath, pathToFileURL }),
    util: () => util,
    process: () => process,
    fs: () => files,
    'fs/promises': () => Reflect.get(files, 'promises'),
    'fs-extra': () => files,
    crypto: cryptoModule,
    os: () => ({
      EOL: '\n',
      platform: () => 'linux',
      hostname: () => 'localhost',
      tmpdir: () => '/tmp',
      cpus: () => [],
    }),
    timers: () => ({ setTimeout, clearTimeout, setInterval, clearInterval }),
    'timers/promises': () => ({ setTimeout: wait }),
    perf_hooks: () => ({ performance }),
    bcrypt: passwordHashes,
    bcryptjs: passwordHashes,
    'bcrypt-nodejs': passwordHashes,
    dotenv: () => environmentFiles(world),
    'dotenv-safe': () => environmentFiles(world),
    'dotenv/config': () => environmentFiles(world).config(),
    'dotenv-expand': () => ({ expand: (read: unknown) => read }),
    debug: () => Object.assign(() => () => undefined, { enable: () => undefined, disable: () => undefined }),
  }
}

/** What migrations take of `sequelize-typescript`: its types and the class. */
function typescriptModule(sequelize: object): object {
  const rest = refusedModule('sequelize-typescript', 'cannot be used here: its decorators are not run')
  const known = { DataType: sequelizeModule.DataTypes, Sequelize: sequelize }
  return new Proxy(known, { get: (target, name) => Reflect.get(name in target ? target : rest, name) })
}

/** Whatever is asked of it is it again, and prints as nothing. */
const silentModule: unknown = new Proxy(() => undefined, {
  get: (_target, name) => {
    if (name === Symbol.toPrimitive) return () => ''
    return typeof name !== 'string' || ['then', '__esModule'].includes(name) ? undefined : silentModule
  },
  apply: () => silentModule,
  construct: () => Object(silentModule),
})

/** `path` of a process that runs in the service's folder. */
function pathsFrom({ root, workingFolder }: ModuleWorld): object {
  const here = path.join('/', root, workingFolder)
  const resolve = (...parts: readonly string[]) => path.resolve(here, ...parts)
  const paths = { ...path, resolve }
  return Object.assign(paths, { posix: paths })
}

function fileURLToPath(address: unknown): string {
  return decodeURIComponent(new URL(String(address)).pathname)
}

function pathToFileURL(name: string): URL {
  return new URL(`file://${encodeURI(name)}`)
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A text of the form that bcrypt gives. Rows are not kept, so nobody will compare it with a password. */
const hash = `$2b$10$${'x'.repeat(53)}`

function passwordHashes(): object {
  const give =
    <T>(value: T) =>
    (...args: readonly unknown[]): Promise<T> | undefined => {
      const done = args.at(-1)
      if (typeof done !== 'function') return Promise.resolve(value)
      queueMicrotask(() => done(null, value))
      return undefined
    }
  return {
    hash: give(hash),
    hashSync: () => hash,
    genSalt: give(hash.slice(0, 29)),
    genSaltSync: () => hash.slice(0, 29),
    compare: give(true),
    compareSync: () => true,
  }
}

/** `dotenv`: reads `.env` of the folder into `process.env`, where a variable is not set yet. */
function environmentFiles(world: ModuleWorld) {
  const config = (options: { readonly path?: unknown } = {}) => {
    const path = String(options.path ?? '.env').replace(`${world.root}/`, '')
    const near = world.workingFolder === '' ? path : `${world.workingFolder}/${path}`
    const parsed = parseEnvironment(textOf(world.files, near) ?? textOf(world.files, path) ?? '')
    for (const [name, value] of Object.entries(parsed)) world.environment[name] ??= value
    return { parsed }
  }
  return { config, parse: (text: unknown) => parseEnvironment(String(text)) }
}

function parseEnvironment(text: string): Readonly<Record<string, string>> {
  const lines = text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*("[^"]*"|'[^']*'|[^#\n]*)/gm)
  return Object.fromEntries(
    [...lines].map(([, name = '', value = '']) => [name, value.trim().replace(/^(["'])(.*)\1$/s, '$2')]),
  )
}
