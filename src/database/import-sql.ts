import { SourceLines } from '../core/import/source-lines.ts'
import { writtenCandidates } from '../core/import/written-candidates.ts'
import { isRole } from '../core/kinds/role/role.kind.ts'
import type { ObjectId } from '../core/model/object.ts'
import { type ParseSql, splitSql } from '../core/sql/split.ts'
import type { CallOptions, ImportResult } from './api.ts'
import type { OpenEngine } from './engine.ts'
import { reportOutcomes } from './import-report.ts'
import { runSource } from './import-run.ts'
import { keepWrittenText } from './import-written.ts'
import { catalogQuery } from './read-back.ts'
import { readImported } from './read-imported.ts'

export interface ImportOptions extends CallOptions {
  /** Makes ids of the objects. Default: random UUIDs. */
  readonly newId?: () => ObjectId
}

/**
 * Runs SQL in a scratch database and reads the schema back. What a person can cause is in the report, object by object;
 * rejects with an AbortError when cancelled and with EngineCrash when no engine starts.
 */
export async function importSql(
  sql: string,
  open: OpenEngine,
  parse: ParseSql,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const begun = performance.now()
  const source = splitSql(sql, parse)
  const run = await runSource(source, open, options)
  try {
    options.onProgress?.({ done: source.length, total: source.length, phase: 'Reading the catalogue' })
    const lines = new SourceLines()
    for (const { statement, outcome } of run.outcomes) {
      if (outcome.type === 'ran') lines.note(statement, outcome.oids)
    }
    const read = await readImported({
      query: catalogQuery(run.engine),
      own: (found) => found.filter((object) => !(isRole(object) && run.strangers.has(object.name))),
      assumedRoles: new Set(run.assumedRoles),
      lines,
      newId: options.newId ?? (() => crypto.randomUUID()),
    })
    const objects = [...read.objects, ...reportOutcomes(run.outcomes)]
    const candidates = writtenCandidates(read.document, read.keyIds, lines)
    const document = await keepWrittenText(read.document, candidates, open, options)
    return {
      document,
      report: { objects, statements: source.length, milliseconds: performance.now() - begun },
    }
  } finally {
    await run.engine.close()
  }
}
