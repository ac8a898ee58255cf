import type { ReadAsset } from './engine-assets.ts'

/** Fetches the engine's files from `base`, the address of the folder `engine`. Throws when one is missing. */
export function readAssets(base: string): ReadAsset {
  return async (name) => {
    const response = await fetch(new URL(name, base))
    if (!response.ok)
      throw new Error(`${name} could not be loaded: ${response.status} ${response.statusText}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
