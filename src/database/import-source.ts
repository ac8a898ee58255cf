import { archiveAdvice, type ImportSource, sourceFormatOf } from '../core/import/source-format.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type { ImportResult } from './api.ts'
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
  switch (format) {
    case 'catalogue':
      return importCatalogText(source.text, options)
    case 'dbml':
    case 'prisma':
      return importForeign(source, format, open, parse, options)
    case 'archive':
      return refusedImport(source.name || 'archive', {
        code: 'archive',
        severity: 'error',
        source: 'Import',
        message: archiveAdvice(source),
      })
    case 'sql':
      return importSql(source.text, open, parse, options)
  }
}
