import { exportMigration } from '../../state/migration-export.ts'
import { toast } from '../../ui/toast.ts'

/** Exports, and says what a person has to do by hand: files that were downloaded once are not ours to remove. */
export async function exportAndTell(to: 'download' | 'folder', unproven: boolean): Promise<void> {
  const outcome = await exportMigration(to, unproven)
  if (!outcome) return
  const { written, toRemove } = outcome
  const count = written.length === 1 ? '1 file' : `${written.length} files`
  toast(`Exported ${count}`, {
    ...(toRemove.length === 0 ? {} : { description: `Delete what they replace: ${toRemove.join(', ')}.` }),
  })
}
