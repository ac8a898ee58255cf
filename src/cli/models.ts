import { signed } from '../core/sequelize/model-files/signature.ts'
import { type ModelStyle, renderModels } from '../core/sequelize/models/render-models.ts'
import type { DatabaseApi } from '../database/api.ts'
import { exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { readSchema } from './read-schema.ts'
import { importReportLines } from './report.ts'
import { emitFiles, type Terminal } from './terminal.ts'

/** `relata models`: every table as a Sequelize model, and an index that defines and joins them. */
export async function runModels(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [path = ''] = invocation.inputs
  const { document, report } = await readSchema(path, database)
  const style = styles[textOption(invocation, 'style') ?? 'class'] ?? 'class'
  const files = renderModels(document, style)
  const texts = files.map(({ fileName, source }) => ({ name: fileName, text: signed(source) }))
  emitFiles(texts, textOption(invocation, 'output'), terminal)
  if (!report?.objects.some(({ outcome }) => outcome === 'refused')) return exitCodes.done
  for (const line of importReportLines(report)) terminal.note(line)
  return exitCodes.failed
}

/** What --style may be; others were refused when the arguments were read. */
const styles: Readonly<Record<string, ModelStyle>> = {
  class: 'class',
  define: 'define',
  typescript: 'typescript',
}
