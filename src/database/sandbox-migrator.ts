import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { type Engine, EngineCrash, type RawResult, type TransactionState } from './engine.ts'
import type { ReadAsset } from './engine-assets.ts'
import { EndlessRun, type Migrator, type OpenMigrator } from './migrator.ts'
import {
  type AssetRequest,
  PortDialogue,
  type QueryAnswer,
  revivedError,
  type SandboxCall,
  type SandboxInfo,
  type SandboxQuery,
  type SandboxReply,
} from './sandbox-protocol.ts'
import type { FileRun } from './sequelize-runner/folder-runner.ts'
import type { ProjectConfig } from './sequelize-runner/project-config.ts'
import type { MigrationRun } from './sequelize-runner/run-migration.ts'
import { configTimeLimit } from './sequelize-runner/time-limit.ts'

type Asset = Uint8Array<ArrayBuffer> | string

/** Who asks may be a person's file that took the way to the page: no address leads out of the engine's folder. */
const engineFile = /^[a-z0-9_-]+([./][a-z0-9_-]+)*$/i

/** Less than the silence after which a worker of the page is taken for dead. */
const defaultTimeLimit = 40_000

/**
 * Migrators in a sandbox at the other end of the port; `read` gives it the engine's files. One at a time: opening one
 * ends the one before. Beyond the time limit (milliseconds) a migration is taken to run for ever; what the sandbox does
 * from then on is lost, and only closing it ends it.
 */
export function sandboxMigrator(
  port: MessagePort,
  read: ReadAsset,
  timeLimit = defaultTimeLimit,
): OpenMigrator {
  const dialogue = new PortDialogue<SandboxCall, AssetRequest, SandboxReply, Asset>(
    port,
    async ({ asset }) => {
      if (!engineFile.test(asset)) return { value: 'No file of the engine' }
      try {
        const bytes = await read(asset)
        return { value: bytes, transfer: [bytes.buffer] }
      } catch (error) {
        return { value: error instanceof Error ? error.message : String(error) }
      }
    },
  )
  let transaction: TransactionState = 'idle'
  const call = async <T>(question: SandboxCall): Promise<T> => {
    const reply = await dialogue.ask(question)
    transaction = reply.transaction
    if (!reply.ok) throw revivedError(reply.error)
    // What comes back is what the worker's engine gave, copied by postMessage.
    return reply.value as T
  }
  const query = inBatches((queries) => call<readonly QueryAnswer[]>({ type: 'queries', queries }))
  return async (): Promise<Migrator> => {
    const info = await call<SandboxInfo>({ type: 'open' })
    const raw = (sql: string, options = {}) => call<readonly RawResult[]>({ type: 'raw', sql, options })
    return {
      engine: {
        version: info.version,
        extensions: info.extensions,
        get transaction() {
          return transaction
        },
        query,
        run: async (sql) => void (await query(sql)),
        raw,
        onNotice: () => () => undefined,
        close: async () => undefined,
      },
      sequelize: info.sequelize,
      migrate: (source, fileName, direction) =>
        withTimeLimit(
          call<MigrationRun>({ type: 'migrate', source, fileName, direction }),
          direction,
          timeLimit,
        ),
      openFolder: async (setup) => ({
        config: await orEndless(
          call<ProjectConfig>({ type: 'openFolder', setup }),
          `Loading ${setup.configFile}`,
          configTimeLimit,
        ),
        run: (path, direction, limits) =>
          orEndless(
            call<FileRun>({ type: 'runFile', path, direction, limits }),
            direction,
            limits.timeLimitMilliseconds,
          ),
        close: () => call<void>({ type: 'closeFolder' }),
      }),
      readModels: (setup) =>
        orEndless(
          call<ModelReading>({ type: 'readModels', setup }),
          'Loading the models',
          setup.timeLimitMilliseconds,
        ),
      close: async () => undefined,
    }
  }
}

/** Queries that are asked at the same moment travel in one message, and a text that stays the same travels once. */
function inBatches(
  ask: (queries: readonly SandboxQuery[]) => Promise<readonly QueryAnswer[]>,
): Engine['query'] {
  let batch: { readonly queries: SandboxQuery[]; readonly answers: Promise<readonly QueryAnswer[]> } | null =
    null
  const texts = new Map<string, number>()
  const numbered = (sql: string): string | number => {
    const known = texts.get(sql)
    if (known === undefined) texts.set(sql, texts.size)
    return known ?? sql
  }
  const open = () => {
    const queries: SandboxQuery[] = []
    const answers = Promise.resolve().then(() => {
      batch = null
      return ask(queries)
    })
    return { queries, answers }
  }
  return async (sql, parameters) => {
    batch ??= open()
    const { queries, answers } = batch
    const index = queries.push(parameters ? { sql: numbered(sql), parameters } : { sql }) - 1
    const answer = (await answers)[index]
    if (!answer) throw new EngineCrash('The sandbox gave no answer')
    if (!answer.ok) throw revivedError(answer.error)
    return answer.result
  }
}

/** After its time limit a file that still listens says so itself; from one that does not, nothing comes. */
const graceMilliseconds = 2000

/** Rejects with an EndlessRun when the work has not ended by then, in milliseconds, and says nothing of it. */
export async function orEndless<T>(run: Promise<T>, what: string, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const message = `${what} ran longer than ${milliseconds / 1000} s and was ended.`
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new EndlessRun(message)), milliseconds + graceMilliseconds)
  })
  try {
    return await Promise.race([run, limit])
  } finally {
    clearTimeout(timer)
  }
}

async function withTimeLimit(
  run: Promise<MigrationRun>,
  direction: string,
  milliseconds: number,
): Promise<MigrationRun> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<MigrationRun>((resolve) => {
    const problem = {
      code: 'time-limit',
      severity: 'error',
      source: 'Migration',
      message: `${direction} ran longer than ${milliseconds / 1000} s and was ended.`,
    } as const
    timer = setTimeout(() => resolve({ milliseconds, statements: [], problem }), milliseconds)
  })
  try {
    return await Promise.race([run, limit])
  } finally {
    clearTimeout(timer)
  }
}
