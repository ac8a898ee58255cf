import type { Exported } from '../core/export/exported.ts'
import type { ExportFormat } from '../core/export/formats.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { database } from './database.ts'
import { projectStore } from './project-store.ts'

/** The open project's schema in another format, with the rows of its shadow where those are asked for. */
export async function writeExport(
  format: ExportFormat,
  document: SchemaDocument,
): Promise<Exported | { readonly failure: string }> {
  try {
    return await format.write({
      document,
      title: projectStore.getState().name,
      read: async (sql, maxRows) => {
        const { results, problem } = await database().query(sql, { maxRows })
        return results[0] ?? { refusal: problem?.message ?? 'PostgreSQL did not answer' }
      },
    })
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
