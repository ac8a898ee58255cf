import { type ModuleWorld, ProcessExit, RefusedAccess } from './module-world.ts'

/** `process` as a file sees it. `onExit` hears of a call to `exit`, which the file might catch. */
export function processModule(world: ModuleWorld, onExit: (exit: ProcessExit) => void): object {
  const { root, workingFolder, environment } = world
  const folder = workingFolder === '' ? root : `${root}/${workingFolder}`
  const leave = (code: unknown = 0): never => {
    const exit = new ProcessExit(`The file called process.exit(${String(code)})`)
    onExit(exit)
    throw exit
  }
  const refuse = (name: string) => (): never => {
    throw new RefusedAccess(`process.${name} is refused to a migration here`)
  }
  const silent = { write: () => true, isTTY: false, columns: 80 }
  const process = {
    env: environment,
    argv: ['node', `${folder}/node_modules/.bin/sequelize`, 'db:migrate'],
    execArgv: [],
    pid: 1,
    platform: 'linux',
    arch: 'x64',
    version: 'v20.0.0',
    versions: { node: '20.0.0' },
    title: 'node',
    exitCode: undefined,
    stdout: silent,
    stderr: silent,
    cwd: () => folder,
    uptime: () => performance.now() / 1000,
    hrtime: Object.assign((since?: readonly [number, number]) => elapsed(since), {
      bigint: () => BigInt(Math.round(performance.now() * 1e6)),
    }),
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0 }),
    nextTick: (work: (...args: unknown[]) => void, ...args: readonly unknown[]) =>
      queueMicrotask(() => work(...args)),
    emitWarning: () => undefined,
    exit: leave,
    abort: leave,
    reallyExit: leave,
    kill: refuse('kill'),
    chdir: refuse('chdir'),
    binding: refuse('binding'),
    dlopen: refuse('dlopen'),
  }
  const listening = ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners']
  return Object.assign(process, Object.fromEntries(listening.map((name) => [name, () => process])))
}

function elapsed(since: readonly [number, number] = [0, 0]): [number, number] {
  const now = performance.now()
  const nanoseconds = Math.round((now % 1000) * 1e6) - since[1]
  const seconds = Math.floor(now / 1000) - since[0]
  return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1e9] : [seconds, nanoseconds]
}

const silent = () => undefined
const silentConsole: unknown = new Proxy({}, { get: () => silent })

/** The names that every file of a folder sees. */
export function globalsOf(process: object): Readonly<Record<string, unknown>> {
  return { process, console: silentConsole, global: globalThis }
}
