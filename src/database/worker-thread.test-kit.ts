import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker as Thread } from 'node:worker_threads'
import { build } from 'vite'

/** What a browser's worker has and a thread of Node lacks, around the worker's own program. */
const bootstrap = `
import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
globalThis.fetch = async (url) => new Response(await readFile(url))
globalThis.self = { postMessage: (message) => parentPort.postMessage(message) }
await import('./database.worker.js')
parentPort.on('message', (data) => self.onmessage({ data }))
`

const root = join(import.meta.dirname, '../..')

/** The address of the folder `engine`, for workers of `threadMaker`. */
export const engineBase = pathToFileURL(join(root, 'public/engine/')).href

/** Builds the page's database worker for Node; gives what starts one in a thread. */
export async function threadMaker(): Promise<() => Worker> {
  const folder = join(root, 'node_modules/.cache/worker-thread')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    base: pathToFileURL(`${folder}/`).href.replace('file://', ''),
    build: {
      ssr: join(import.meta.dirname, 'database.worker.ts'),
      ssrEmitAssets: true,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'database.worker.js' } },
    },
  })
  const program = join(folder, 'start.mjs')
  await writeFile(program, bootstrap)
  return () => startThread(program)
}

/** A thread with the part of a browser's Worker that the client uses. */
function startThread(program: string): Worker {
  const thread = new Thread(program)
  const worker: Pick<Worker, 'onmessage' | 'onerror' | 'postMessage' | 'terminate'> = {
    onmessage: null,
    onerror: null,
    postMessage: (message: unknown) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  }
  // The client reads `data` of a message, `message` of an error, and calls preventDefault.
  const asWorker = worker as Worker
  thread.on('message', (data: unknown) => asWorker.onmessage?.({ data } as MessageEvent))
  thread.on('error', ({ message }) =>
    asWorker.onerror?.({ message, preventDefault: () => undefined } as ErrorEvent),
  )
  return asWorker
}
