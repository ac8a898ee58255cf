import type { Engine } from './engine.ts'
import { type EngineAssets, loadAssets } from './engine-assets.ts'
import { openPglite } from './pglite-engine.ts'
import {
  type AssetRequest,
  PortDialogue,
  portableError,
  type QueryAnswer,
  type SandboxCall,
  type SandboxInfo,
  type SandboxQuery,
  type SandboxReply,
} from './sandbox-protocol.ts'
import { FolderRunner } from './sequelize-runner/folder-runner.ts'
import { readModels } from './sequelize-runner/read-models.ts'
import { runMigration, sequelizeVersion } from './sequelize-runner/run-migration.ts'
import { runSequelizercs } from './sequelize-runner/run-sequelizerc.ts'
import { TouchLog } from './touch-log.ts'

/** A file of the engine, or why it cannot be had. */
type Asset = Uint8Array<ArrayBuffer> | string

let engine: Engine | null = null
let folder: FolderRunner | null = null

function needEngine(): Engine {
  if (!engine) throw new Error('The sandbox has no engine yet')
  return engine
}

/** PostgreSQL and Sequelize in a worker of their own, fed through one port, with no other door. */
export function serveSandbox(port: MessagePort): void {
  const dialogue = new PortDialogue<AssetRequest, SandboxCall, Asset, SandboxReply>(port, async (call) => ({
    value: await reply(() => run(call)),
  }))
  let assets: Promise<EngineAssets> | null = null
  const loaded = () => {
    assets ??= loadAssets(async (asset) => {
      const bytes = await dialogue.ask({ asset })
      if (typeof bytes === 'string') throw new Error(bytes)
      return bytes
    })
    return assets
  }

  const texts: string[] = []
  /** As the other side numbers them: those with parameters in the order in which they came. */
  const textOf = ({ sql, parameters }: SandboxQuery): string => {
    if (typeof sql === 'string') {
      if (parameters) texts.push(sql)
      return sql
    }
    const known = texts[sql]
    if (known === undefined) throw new Error(`No query has the number ${sql}`)
    return known
  }

  const run = async (call: SandboxCall): Promise<unknown> => {
    switch (call.type) {
      case 'open': {
        folder = null
        await engine?.close()
        engine = await openPglite(await loaded())
        const info: SandboxInfo = {
          version: engine.version,
          extensions: engine.extensions,
          sequelize: sequelizeVersion,
        }
        return info
      }
      case 'queries':
        return answersOf(
          needEngine(),
          call.queries.map((query) => ({ ...query, sql: textOf(query) })),
        )
      case 'raw':
        return needEngine().raw(call.sql, call.options)
      case 'migrate':
        return runMigration(needEngine(), call.source, call.fileName, call.direction)
      case 'openFolder':
        folder = await FolderRunner.open(needEngine(), call.setup, await TouchLog.install(needEngine()))
        return folder.config
      case 'runFile':
        return folder?.run(call.path, call.direction, call.limits)
      case 'readModels':
        return readModels(needEngine(), call.setup)
      case 'runSequelizerc':
        return runSequelizercs(call.request)
      case 'closeFolder':
        return folder?.close()
    }
  }
}

async function answersOf(
  engine: Engine,
  queries: readonly (SandboxQuery & { readonly sql: string })[],
): Promise<readonly QueryAnswer[]> {
  const given: QueryAnswer[] = []
  for (const { sql, parameters } of queries) {
    try {
      given.push({ ok: true, result: await engine.query(sql, parameters) })
    } catch (error) {
      given.push({ ok: false, error: portableError(error) })
    }
  }
  return given
}

async function reply(work: () => Promise<unknown>): Promise<SandboxReply> {
  try {
    const value = await work()
    return { ok: true, value, transaction: engine?.transaction ?? 'idle' }
  } catch (error) {
    return { ok: false, error: portableError(error), transaction: engine?.transaction ?? 'idle' }
  }
}

/** An error that no file caught in time: the worker hears of it, not the call. */
export function noteStray(error: unknown): void {
  folder?.noteStray(error)
}
