import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { OpenMigrator } from './migrator.ts'
import { engineFolder } from './node-assets.ts'
import { sandboxMigrator } from './sandbox-migrator.ts'
import { noteStray, serveSandbox } from './sandbox-server.ts'

/** Beyond it a thread ends by itself, in megabytes. */
const maxMemory = 2048

/**
 * Migrators in threads of their own, each with an engine, which end when they are closed, whatever a file still does.
 * `program` is the address of a module that calls `serveThread`.
 */
export function threadMigrator(program: URL): OpenMigrator {
  return async () => {
    const { port1, port2 } = new MessageChannel()
    const thread = new Worker(program, {
      workerData: { port: port2 },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: maxMemory },
    })
    // A thread that breaks closes its port, which is how its caller hears of it.
    thread.on('error', () => undefined)
    const read = async (name: string) => new Uint8Array(await readFile(join(engineFolder(), name)))
    const close = async () => {
      port1.close()
      await thread.terminate()
    }
    try {
      // Node's ports do what the browser's do.
      const migrator = await sandboxMigrator(port1 as unknown as MessagePort, read)()
      return { ...migrator, close }
    } catch (error) {
      await close()
      throw error
    }
  }
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
