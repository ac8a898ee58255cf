import { fetchFixes } from '../features/problems/actions.ts'
import { noticeStore } from '../state/document-store.ts'
import { startLiveValidation } from '../state/live-validation.ts'
import { followAddress } from '../state/projects.ts'
import { toast } from '../ui/toast.ts'
import { listenForShortcuts } from './keyboard.ts'
import { rememberFocus } from './regions.ts'

/** Starts all that runs beside the page; once, before the first paint. */
export async function startServices(): Promise<void> {
  listenForShortcuts()
  rememberFocus()
  startLiveValidation()
  noticeStore.subscribe(({ text }) => toast(text))
  preload()
  const problems = await followAddress()
  const [first] = problems
  if (first) toast('The project was not opened', { description: first.message, error: true })
}

/** Fetches what is likely to be wanted next and must not wait then, and starts what looks on from the side. */
function preload(): void {
  setTimeout(() => {
    void import('../features/command-palette/CommandPalette.tsx')
    void fetchFixes()
    void import('../state/model-drift.ts').then(({ watchModels }) => watchModels())
    void import('../state/folder-models.ts').then(({ watchFolderModels }) => watchFolderModels())
    void import('../state/migration-problems.ts').then(({ watchRefusals }) => watchRefusals())
  }, 1500)
}
