import type { DatabaseApi } from '../database/api.ts'
import { exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { projectText, readSchema } from './read-schema.ts'
import { importReportLines } from './report.ts'
import { emit, type Terminal } from './terminal.ts'

/** `relata import`: the project on standard output or in a file, the report on standard error. */
export async function runImport(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [path = ''] = invocation.inputs
  const { document, report } = await readSchema(path, database)
  emit(projectText(path, document), textOption(invocation, 'output'), terminal)
  if (!report) return exitCodes.done
  if (textOption(invocation, 'report') === 'json') terminal.note(JSON.stringify(report, null, 2))
  else for (const line of importReportLines(report)) terminal.note(line)
  return report.objects.some(({ outcome }) => outcome === 'refused') ? exitCodes.failed : exitCodes.done
}
