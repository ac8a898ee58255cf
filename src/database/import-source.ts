import {
  archiveAdvice,
  type ImportSource,
  type SourceFormat,
  sourceFormatOf,
} from '../core/import/source-format.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type { ImportedObject, ImportResult } from './api.ts'
import type { OpenEngine } from './engine.ts'
import { importCatalogText, refusedImport } from './import-catalog.ts'
import { importForeign } from './import-foreign.ts'
import { type ImportOptions, importSql } from './import-sql.ts'

/** Reads a schema from a text of any form that Relata knows. */
export async function importSource(
  source: ImportSource,
  open: OpenEngine,
  parse: ParseSql,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const format = sourceFormatOf(source)
  const { document, report } = await readAs(format, source, open, parse, options)
  const unreadable = format === 'archive' ? [] : unreadableBytes(source)
  return { document, report: { ...report, objects: [...report.objects, ...unreadable] } }
}

function readAs(
  format: SourceFormat,
  source: ImportSource,
  open: OpenEngine,
  parse: ParseSql,
  options: ImportOptions,
): Promise<ImportResult> {
  switch (format) {
    case 'catalogue':
      return importCatalogText(source.text, options)
    case 'dbml':
    case 'prisma':
      return importForeign(source, format, open, parse, options)
    case 'archive':
      return Promise.resolve(
        refusedImport(source.name || 'archive', {
          code: 'archive',
          severity: 'error',
          source: 'Import',
          message: archiveAdvice(source),
        }),
      )
    case 'sql':
      return importSql(source.text, open, parse, options)
  }
}

/** Where a file was read as UTF-8 and is not: its letters were replaced, which nobody would see. */
function unreadableBytes({ text }: ImportSource): readonly ImportedObject[] {
  const at = text.indexOf('\ufffd')
  if (at === -1) return []
  const line = text.slice(0, at).split('\n').length
  const reason = 'Letters that are not UTF-8 were read as \ufffd: save the file as UTF-8 and import it again'
  return [{ kind: 'source', name: 'Encoding', outcome: 'skipped', reason, line }]
}
