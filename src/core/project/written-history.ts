import type { ObjectBase } from '../model/object.ts'
import type { Edits } from '../model/patch.ts'
import { writtenSettings } from './migration-settings.ts'
import type { ExportedMigration, ReplayedFile } from './project.ts'
import { ordered } from './written-object.ts'

/** As JSON whose text is always the same for the same export. */
export function writtenMigration({
  title,
  files,
  service,
  exportedAt,
  proven,
  shipped,
  locks,
  made,
}: ExportedMigration): unknown {
  return {
    title,
    service,
    exportedAt,
    proven,
    shipped,
    files: files.map(({ fileName, folder, source }) => ({ fileName, folder, source })),
    made: made && {
      settings: writtenSettings(made.settings),
      ...writtenEdits(made.patch.objects),
    },
    locks,
  }
}

/** The same for a migration of the folder that the project was opened from. */
export function writtenReplayed({ path, outcome, failure, patch }: ReplayedFile): unknown {
  return { path, outcome, failure, ...writtenEdits(patch.objects) }
}

function writtenEdits({ added, changed, removed }: Edits<ObjectBase>) {
  return {
    added: inOrder(added).map(ordered),
    changed: inOrder(changed).map(({ from, to }) => ({ from: ordered(from), to: ordered(to) })),
    removed: inOrder(removed).map(ordered),
  }
}

function inOrder<R>(records: ReadonlyMap<string, R>): readonly R[] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record)
}
