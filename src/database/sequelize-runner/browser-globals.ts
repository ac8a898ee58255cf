import { Buffer } from 'buffer'

/**
 * What Sequelize, its pool and pg-types expect of Node while they load, so this module comes before them. Without
 * `versions`: PGlite would take the page for Node.
 */
const process = {
  env: {},
  argv: [],
  cwd: () => '/',
  nextTick: (work: (...args: unknown[]) => void, ...args: readonly unknown[]) =>
    queueMicrotask(() => work(...args)),
}

Object.assign(globalThis, { Buffer, process })
