import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What the canvas shell may weigh: JavaScript and styles of the first load, compressed. */
export const firstLoadBudget = 350 * 1024

/** A file of the build with its sizes in bytes. */
export interface ChunkSize {
  readonly file: string
  readonly bytes: number
  readonly gzip: number
}

interface ManifestChunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
  readonly isEntry?: boolean
}

/** Tests and benchmarks run in the project's folder, whatever file they were bundled into. */
const dist = 'dist'

/** The module that the entry loads as soon as a project is open. */
const editor = 'src/app/Editor.tsx'

/**
 * The files a browser fetches before the canvas is usable (the entry, the editor, all they import statically, and
 * styles; fonts come later), and every other script, which waits behind a dynamic import or a worker. Largest first.
 * Needs a build.
 */
export function measureFirstLoad(): {
  readonly first: readonly ChunkSize[]
  readonly lazy: readonly ChunkSize[]
} {
  // Written by Vite in this shape (vite.dev, "Backend Integration").
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    ManifestChunk
  >
  const first = new Set<string>()
  const seen = new Set<string>()
  const follow = (key: string): void => {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) first.add(file)
    for (const next of chunk.imports ?? []) follow(next)
  }
  if (!manifest[editor]) throw new Error(`The build has no chunk of ${editor}`)
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry || key === editor) follow(key)
  const all = new Set(Object.values(manifest).flatMap((chunk) => [chunk.file, ...(chunk.css ?? [])]))
  const lazy = [...all].filter((file) => /\.(js|css)$/.test(file) && !first.has(file))
  return { first: sizesOf([...first]), lazy: sizesOf(lazy) }
}

export function totalGzip(chunks: readonly ChunkSize[]): number {
  return chunks.reduce((sum, { gzip }) => sum + gzip, 0)
}

function sizesOf(files: readonly string[]): readonly ChunkSize[] {
  return files
    .map((file) => {
      const content = readFileSync(join(dist, file))
      return { file, bytes: content.length, gzip: gzipSync(content).length }
    })
    .sort((a, b) => b.gzip - a.gzip)
}
