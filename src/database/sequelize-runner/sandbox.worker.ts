import './browser-globals.ts'
import type { Engine } from '../engine.ts'
import { loadAssets } from '../engine-assets.ts'
import { openPglite } from '../pglite-engine.ts'
import {
  type AssetRequest,
  PortDialogue,
  portableError,
  type SandboxCall,
  type SandboxInfo,
  type SandboxReply,
} from '../sandbox-protocol.ts'
import { runMigration, sequelizeVersion } from './run-migration.ts'

/** The worker inside the sandboxed frame: PostgreSQL and Sequelize, fed through one port, with no other door. */

/** A file of the engine, or why it cannot be had. */
type Asset = Uint8Array<ArrayBuffer> | string

let engine: Engine | null = null

function needEngine(): Engine {
  if (!engine) throw new Error('The sandbox has no engine yet')
  return engine
}

function serve(port: MessagePort): void {
  const dialogue = new PortDialogue<AssetRequest, SandboxCall, Asset, SandboxReply>(port, async (call) => ({
    value: await reply(() => run(call)),
  }))
  const assets = loadAssets(async (asset) => {
    const bytes = await dialogue.ask({ asset })
    if (typeof bytes === 'string') throw new Error(bytes)
    return bytes
  })

  const run = async (call: SandboxCall): Promise<unknown> => {
    switch (call.type) {
      case 'open': {
        await engine?.close()
        engine = await openPglite(await assets)
        const info: SandboxInfo = {
          version: engine.version,
          extensions: engine.extensions,
          sequelize: sequelizeVersion,
        }
        return info
      }
      case 'query':
        return needEngine().query(call.sql, call.parameters)
      case 'raw':
        return needEngine().raw(call.sql, call.options)
      case 'migrate':
        return runMigration(needEngine(), call.source, call.fileName, call.direction)
    }
  }
}

async function reply(work: () => Promise<unknown>): Promise<SandboxReply> {
  try {
    const value = await work()
    return { ok: true, value, transaction: engine?.transaction ?? 'idle' }
  } catch (error) {
    return { ok: false, error: portableError(error), transaction: engine?.transaction ?? 'idle' }
  }
}

self.onmessage = ({ ports: [port] }: MessageEvent) => {
  if (port) serve(port)
}
