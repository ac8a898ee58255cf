import type { ReplayedFile } from '../core/project/project.ts'
import type { MigrationFailure, ReplayedMigration } from '../database/replay/replay.ts'

/** What is kept of a migration that ran: its statements are in its file. */
export function replayedFile({ path, outcome, changes, failure }: ReplayedMigration): ReplayedFile {
  return { path, outcome, patch: changes, ...(failure ? { failure: failureSentence(failure) } : {}) }
}

function failureSentence({ problem, place }: MigrationFailure): string {
  return place ? `${problem.message} (${place.path}, line ${place.line})` : problem.message
}
