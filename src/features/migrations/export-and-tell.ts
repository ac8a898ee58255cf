import type { FollowingFile } from '../../state/following-files.ts'
import { type ExportTarget, exportMigration, writeSeeds } from '../../state/migration-export.ts'
import { toast } from '../../ui/toast.ts'

/** Exports, and says what a person has to do by hand: files that were downloaded once are not ours to remove. */
export async function exportAndTell(
  to: ExportTarget,
  unproven: boolean,
  following: readonly FollowingFile[] = [],
): Promise<void> {
  const outcome = await exportMigration(to, unproven, following)
  if (!outcome) return
  const { written, toRemove, notes } = outcome
  const removal = toRemove.length === 0 ? [] : [`Delete what they replace: ${toRemove.join(', ')}.`]
  const said = [...notes, ...removal]
  const count = written.length === 1 ? '1 file' : `${written.length} files`
  toast(`Exported ${count}`, said.length === 0 ? {} : { description: said.join('\n') })
}

/** Writes seeds alone. */
export async function writeSeedsAndTell(seeds: readonly FollowingFile[]): Promise<void> {
  if (await writeSeeds(seeds))
    toast(seeds.length === 1 ? 'Wrote 1 seed file' : `Wrote ${seeds.length} seed files`)
}
