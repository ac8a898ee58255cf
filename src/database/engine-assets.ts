/** An extension's archive and the extensions it needs, as scripts/prepare-engine.mjs lists them. */
export interface ExtensionEntry {
  readonly file: string
  readonly requires: readonly string[]
}

/** Everything an engine starts from. All parts can be shared by any number of engines. */
export interface EngineAssets {
  readonly wasm: WebAssembly.Module
  /** PostgreSQL's own files. */
  readonly files: Blob
  /** A data directory on which initdb has run, as a tar archive. */
  readonly cluster: Blob
  readonly extensions: Readonly<Record<string, ExtensionEntry>>
  /** The extension archive, a tar file. */
  loadExtension(file: string): Promise<Uint8Array>
}

/** Reads one file of public/engine. */
export type ReadAsset = (name: string) => Promise<Uint8Array<ArrayBuffer>>

/** Loads what every engine needs; extensions follow when they are asked for. */
export async function loadAssets(read: ReadAsset): Promise<EngineAssets> {
  const [manifest, wasm, files, cluster] = await Promise.all([
    read('manifest.json'),
    unpacked(read, 'pglite.wasm.gz').then((bytes) => WebAssembly.compile(bytes)),
    unpacked(read, 'pglite.data.gz'),
    unpacked(read, 'cluster.tar.gz'),
  ])
  return withExtensions(
    {
      wasm,
      files: new Blob([files]),
      cluster: new Blob([cluster]),
      extensions: extensionsOf(JSON.parse(new TextDecoder().decode(manifest))),
    },
    read,
  )
}

/** Assets that were loaded before, with extensions to be read when they are asked for. */
export function withExtensions(loaded: Omit<EngineAssets, 'loadExtension'>, read: ReadAsset): EngineAssets {
  const archives = new Map<string, Promise<Uint8Array>>()
  return {
    ...loaded,
    loadExtension(file) {
      const archive = archives.get(file) ?? unpacked(read, `extensions/${file}`)
      archives.set(file, archive)
      return archive
    },
  }
}

/** Some servers send `.gz` files with Content-Encoding, so that they arrive unpacked: the magic number decides. */
async function unpacked(read: ReadAsset, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(name)
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function extensionsOf(manifest: unknown): Readonly<Record<string, ExtensionEntry>> {
  if (typeof manifest !== 'object' || manifest === null || !('extensions' in manifest)) {
    throw new Error('The engine manifest is damaged')
  }
  const entries = Object.entries(Object(manifest.extensions))
  return Object.fromEntries(entries.filter((entry): entry is [string, ExtensionEntry] => isEntry(entry[1])))
}

function isEntry(value: unknown): value is ExtensionEntry {
  return typeof value === 'object' && value !== null && 'file' in value && 'requires' in value
}
