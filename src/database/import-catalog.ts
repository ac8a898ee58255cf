import { type CatalogFile, readCatalogFile } from '../core/catalog/catalog-file.ts'
import { SourceLines } from '../core/import/source-lines.ts'
import { withoutServer } from '../core/import/used-roles.ts'
import { isRole } from '../core/kinds/role/role.kind.ts'
import { blankDocument } from '../core/model/document.ts'
import type { ObjectBase } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { ImportedObject, ImportResult } from './api.ts'
import type { ImportOptions } from './import-sql.ts'
import { readImported } from './read-imported.ts'

/** A database in use, its catalogue read at one moment. */
export type LiveCatalog = Pick<CatalogFile, 'query' | 'version'>

/** The document of a database in use, exactly as it is. */
export async function importCatalog(live: LiveCatalog, options: ImportOptions = {}): Promise<ImportResult> {
  const begun = performance.now()
  options.onProgress?.({ done: 0, total: 1, phase: 'Reading the catalogue' })
  let strangers: readonly ObjectBase[] = []
  const { document, objects } = await readImported({
    query: live.query,
    own: (all, facts) => {
      const own = withoutServer(all, facts)
      const kept = new Set(own)
      strangers = all.filter((object) => isRole(object) && !kept.has(object))
      return own
    },
    assumedRoles: new Set(),
    lines: new SourceLines(),
    newId: options.newId ?? (() => crypto.randomUUID()),
  })
  const skipped = strangers.map(({ kind, name }) => ({
    kind,
    name,
    outcome: 'skipped' as const,
    reason: 'A role of the server that nothing in this schema names',
  }))
  return {
    document,
    report: { objects: [...objects, ...skipped], statements: 0, milliseconds: performance.now() - begun },
  }
}

/** The same from the text that `catalogFileQuery` gave; one that cannot be read is refused with the reason. */
export async function importCatalogText(text: string, options: ImportOptions = {}): Promise<ImportResult> {
  const read = readCatalogFile(text)
  if (!('query' in read)) return refusedImport('catalogue', read)
  try {
    return await importCatalog(read, options)
  } catch (error) {
    // Its rows are a person's text: what no database answers is found only where it is read.
    if (!(error instanceof Error) || options.signal?.aborted) throw error
    const message = `The catalogue holds what no database answers: ${error.message}`
    return refusedImport('catalogue', {
      code: 'catalogue-file',
      severity: 'error',
      source: 'Import',
      message,
    })
  }
}

/** What an import gives of a source that it cannot read at all. */
export function refusedImport(name: string, problem: Problem, line?: number): ImportResult {
  const object: ImportedObject = {
    kind: 'source',
    name,
    outcome: 'refused',
    reason: problem.message,
    problem,
    ...(line === undefined ? {} : { line }),
  }
  return { document: blankDocument, report: { objects: [object], statements: 0, milliseconds: 0 } }
}
