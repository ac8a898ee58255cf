import type { SchemaDocument } from '../core/model/document.ts'
import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import type { Drift } from '../core/sequelize/models/drift.ts'
import type { ModelProblem, ModelReading } from '../core/sequelize/models/model-facts.ts'
import type { CallOptions, DatabaseApi } from './api.ts'
import type { ModelsRequest } from './model-reading.ts'

export interface ModelFilesToCheck extends Omit<ModelsRequest, 'files'> {
  /** As they are on disk. */
  readonly files: FolderFiles
  readonly changes: readonly Pick<FileChange, 'path' | 'after'>[]
  /** What the files on disk say, and the schema that it belongs to. */
  readonly reading: ModelReading
  readonly from: SchemaDocument
  readonly to: SchemaDocument
}

/** What Sequelize makes of the changed files. */
export interface CheckedModelFiles {
  readonly reading: ModelReading
  /** What differs from the schema now and did not before. */
  readonly drift: readonly Drift[]
  /** What cannot be loaded now and could before. */
  readonly problems: readonly ModelProblem[]
}

/** Loads a folder's models as they would be with the changes, and compares them with the schema that they are to follow. */
export async function checkModelFiles(
  database: Pick<DatabaseApi, 'readModels' | 'compareModels'>,
  { changes, reading, from, to, ...request }: ModelFilesToCheck,
  options: CallOptions = {},
): Promise<CheckedModelFiles> {
  const files = withChanges(request.files, changes)
  const after = await database.readModels({ ...request, files }, options)
  const now = await database.compareModels(to, after.models, options)
  const before = await database.compareModels(from, reading.models, options)
  const known = new Set(before.drift.map(sentenceOf))
  const refused = new Set(reading.problems.map(({ problem }) => problem.message))
  return {
    reading: after,
    drift: now.drift.filter((drift) => !known.has(sentenceOf(drift))),
    problems: after.problems.filter(({ problem }) => !refused.has(problem.message)),
  }
}

/** The files with those changes. */
export function withChanges(
  files: FolderFiles,
  changes: readonly Pick<FileChange, 'path' | 'after'>[],
): FolderFiles {
  const next = new Map(files)
  for (const { path, after } of changes) {
    if (after === null) next.delete(path)
    else next.set(path, after)
  }
  return next
}

function sentenceOf({ code, model, message }: Drift): string {
  return JSON.stringify([code, model, message])
}
