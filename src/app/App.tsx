import { lazy, Suspense } from 'react'
import { CommandPalette } from '../features/command-palette/CommandPalette.tsx'
import { DeleteProjectDialog } from '../features/projects/DeleteProjectDialog.tsx'
import { KeyboardDialog } from '../features/projects/KeyboardDialog.tsx'
import { RenameProjectDialog } from '../features/projects/RenameProjectDialog.tsx'
import { StartPage } from '../features/projects/StartPage.tsx'
import { useProject, useSession } from '../state/use-stores.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { TooltipGroup } from '../ui/Tooltip.tsx'
import { allActions } from './actions.ts'
import { Logo } from './Logo.tsx'

const ImportDialog = lazy(() =>
  import('../features/import/ImportDialog.tsx').then((module) => ({ default: module.ImportDialog })),
)
const Editor = lazy(() => import('./Editor.tsx').then((module) => ({ default: module.Editor })))

/** The whole page: the start page, or the editor of the open project. */
export function App() {
  const isOpen = useProject((state) => state.id !== null)
  return (
    <TooltipGroup>
      <ErrorBoundary name="Relata">
        {isOpen ? (
          <Suspense>
            <Editor />
          </Suspense>
        ) : (
          <StartPage logo={<Logo />} />
        )}
      </ErrorBoundary>
      <Dialogs />
      <Toasts />
    </TooltipGroup>
  )
}

function Dialogs() {
  const dialog = useSession((state) => state.dialog)
  const paletteOpen = useSession((state) => state.paletteOpen)
  return (
    <>
      {paletteOpen && <CommandPalette actions={allActions()} />}
      {dialog === 'import' && (
        <Suspense>
          <ImportDialog />
        </Suspense>
      )}
      {dialog === 'keyboard' && <KeyboardDialog actions={allActions()} />}
      {dialog === 'rename-project' && <RenameProjectDialog />}
      {dialog === 'delete-project' && <DeleteProjectDialog />}
    </>
  )
}
