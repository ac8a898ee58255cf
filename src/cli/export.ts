import { basename } from 'node:path'
import type { Exported, ExportSource } from '../core/export/exported.ts'
import { exportFormat } from '../core/export/formats.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { schemaOf } from '../core/model/schema.ts'
import { fillTables } from '../core/sample-data/fill-tables.ts'
import type { DatabaseApi } from '../database/api.ts'
import { exitCodes } from './exit-codes.ts'
import { type Invocation, textOption, UsageError } from './options.ts'
import { readSchema } from './read-schema.ts'
import { importReportLines } from './report.ts'
import { count, emit, type Terminal } from './terminal.ts'

/** `relata export`: the schema in another format; what that loses on standard error. */
export async function runExport(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [path = ''] = invocation.inputs
  const format = exportFormat(textOption(invocation, 'format') ?? 'dbml')
  if (!format) throw new UsageError('There is no such format.', 'export')
  const rows = Number(textOption(invocation, 'rows') ?? 5)
  if (!Number.isInteger(rows) || rows < 0) throw new UsageError('--rows is a whole number.', 'export')
  const { document, report } = await readSchema(path, database)
  if (format.id === 'inserts') await fill(document, rows, database)
  const title = basename(path).replace(/(\.relata)?\.\w+$/, '')
  const { text, losses } = await format.write({ document, title, read: reader(database) })
  emit(text, textOption(invocation, 'output'), terminal)
  if (textOption(invocation, 'report') === 'json') terminal.note(JSON.stringify({ losses }, null, 2))
  else for (const line of lossLines(losses)) terminal.note(line)
  if (!report?.objects.some(({ outcome }) => outcome === 'refused')) return exitCodes.done
  for (const line of importReportLines(report)) terminal.note(line)
  return exitCodes.failed
}

async function fill(document: SchemaDocument, rows: number, database: DatabaseApi): Promise<void> {
  await database.validate(document)
  await fillTables(schemaOf(document), rows, async (sql) => {
    const { problem } = await database.query(sql)
    return problem?.message ?? null
  })
}

function reader(database: DatabaseApi): ExportSource['read'] {
  return async (sql, maxRows) => {
    const { results, problem } = await database.query(sql, { maxRows })
    return results[0] ?? { refusal: problem?.message ?? 'No answer' }
  }
}

function lossLines(losses: Exported['losses']): readonly string[] {
  if (losses.length === 0) return ['Nothing is lost.']
  return [
    `${count(losses.length, 'object')} not wholly written:`,
    ...losses.map(({ kind, name, reason }) => `  ${kind.toLowerCase()} ${name}: ${reason}`),
  ]
}
