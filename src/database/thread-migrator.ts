import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { OpenMigrator } from './migrator.ts'
import { engineFolder } from './node-assets.ts'
import { sandboxMigrator } from './sandbox-migrator.ts'
import { runSequelizercsInSandbox } from './sandbox-sequelizerc.ts'
import { noteStray, serveSandbox } from './sandbox-server.ts'
import type { RunSequelizercs } from './sequelize-runner/run-sequelizerc.ts'

/** Beyond it a thread ends by itself, in megabytes. */
const maxMemory = 2048

/**
 * Migrators in threads of their own, each with an engine, which end when they are closed, whatever a file still does.
 * `program` is the address of a module that calls `serveThread`.
 */
export function threadMigrator(program: URL): OpenMigrator {
  return async () => {
    const { port, close } = startThread(program)
    const read = async (name: string) => new Uint8Array(await readFile(join(engineFolder(), name)))
    try {
      return { ...(await sandboxMigrator(port, read)()), close }
    } catch (error) {
      await close()
      throw error
    }
  }
}

/** Runs the `.sequelizerc` files of folders in threads of their own. */
export function threadSequelizercs(program: URL): RunSequelizercs {
  return async (request) => {
    const { port, close } = startThread(program)
    try {
      return await runSequelizercsInSandbox(port, request)
    } finally {
      await close()
    }
  }
}

function startThread(program: URL): { readonly port: MessagePort; readonly close: () => Promise<void> } {
  const { port1, port2 } = new MessageChannel()
  const thread = new Worker(program, {
    workerData: { port: port2 },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: maxMemory },
  })
  // A thread that breaks closes its port, which is how its caller hears of it.
  thread.on('error', () => undefined)
  const close = async () => {
    port1.close()
    await thread.terminate()
  }
  // Node's ports do what the browser's do.
  return { port: port1 as unknown as MessagePort, close }
}

/** Serves the thread that `threadMigrator` started; `data` is its `workerData`. */
export function serveThread(data: unknown): void {
  const port: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'port') : null
  if (!port) throw new Error('The thread was given no port')
  process.on('unhandledRejection', noteStray)
  process.on('uncaughtException', noteStray)
  // Node's ports do what the browser's do.
  serveSandbox(port as MessagePort)
}
