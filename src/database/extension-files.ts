import type { PGlite } from '@electric-sql/pglite'
import { untar } from './tar.ts'

/** Where PGlite keeps PostgreSQL's files. */
const root = '/pglite'

/**
 * Puts an extension's files where CREATE EXTENSION looks for them. PGlite itself takes extensions only at boot; its
 * file system takes files at any time, which keeps the boot fast and needs no restart.
 */
export async function installExtension(pglite: PGlite, archive: Uint8Array): Promise<void> {
  for (const { name, data } of untar(archive)) {
    const path = `${root}/${name}`
    if (name.endsWith('.so')) await compileLibrary(pglite, path, data)
    else pglite.copyToFS(path, data)
  }
}

/** Emscripten compiles libraries ahead of dlopen when they arrive as preloaded files. */
function compileLibrary(pglite: PGlite, path: string, data: Uint8Array): Promise<void> {
  const slash = path.lastIndexOf('/')
  const { FS } = pglite.Module
  return new Promise((resolve) => {
    const fail = () => {
      pglite.copyToFS(path, data)
      resolve()
    }
    FS.createPreloadedFile(
      path.slice(0, slash),
      path.slice(slash + 1),
      data,
      true,
      true,
      resolve,
      fail,
      false,
    )
  })
}
