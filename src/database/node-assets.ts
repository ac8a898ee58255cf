import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EngineAssets, loadAssets } from './engine-assets.ts'

let shared: Promise<EngineAssets> | undefined

/** The engine's files on Node, loaded once per process. Throws when `node scripts/prepare-engine.mjs` has not run. */
export function nodeAssets(): Promise<EngineAssets> {
  shared ??= loadAssets(async (name) => new Uint8Array(await readFile(join(engineFolder(), name))))
  return shared
}

/** `engine` beside the built program, or `public/engine` above the sources. */
export function engineFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'engine'), join(folder, 'public', 'engine')]) {
      if (existsSync(join(candidate, 'manifest.json'))) return candidate
    }
    if (folder === dirname(folder)) throw new Error('No engine files: run node scripts/prepare-engine.mjs')
  }
}
