import { finishRebase, type RebaseOutcome, readFolderAgain } from '../../state/folder-rebase.ts'
import { toast } from '../../ui/toast.ts'
import { rebaseSentences } from './disk-words.ts'

/** Reads the folder again, and says so once it is done. */
export async function readAndTell(goOnAfter: string | null = null): Promise<void> {
  tell(await readFolderAgain(goOnAfter))
}

/** Takes in what was chosen, and says so. */
export async function finishAndTell(): Promise<void> {
  tell(await finishRebase())
}

function tell(outcome: RebaseOutcome | null): void {
  if (!outcome) return
  const sentences = rebaseSentences(outcome)
  toast('The changed files are taken in', sentences === '' ? {} : { description: sentences })
}
