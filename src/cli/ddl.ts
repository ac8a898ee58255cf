import { documentSql } from '../core/ddl/ddl-of-document.ts'
import type { DatabaseApi } from '../database/api.ts'
import { exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { readSchema } from './read-schema.ts'
import { importReportLines } from './report.ts'
import { emit, type Terminal } from './terminal.ts'

/** `relata ddl`: the schema as statements in an order that runs. */
export async function runDdl(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [path = ''] = invocation.inputs
  const { document, report } = await readSchema(path, database)
  emit(documentSql(document), textOption(invocation, 'output'), terminal)
  if (!report?.objects.some(({ outcome }) => outcome === 'refused')) return exitCodes.done
  for (const line of importReportLines(report)) terminal.note(line)
  return exitCodes.failed
}
