import { lazy, Suspense } from 'react'
import { useProject, useSession } from '../state/use-stores.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { TooltipGroup } from '../ui/Tooltip.tsx'
import { allActions } from './actions.ts'
import { Logo } from './Logo.tsx'

const Editor = lazy(() => import('./Editor.tsx').then((it) => ({ default: it.Editor })))
const StartPage = lazy(() =>
  import('../features/projects/StartPage.tsx').then((it) => ({ default: it.StartPage })),
)
const CommandPalette = lazy(() =>
  import('../features/command-palette/CommandPalette.tsx').then((it) => ({ default: it.CommandPalette })),
)
const ImportDialog = lazy(() =>
  import('../features/import/ImportDialog.tsx').then((it) => ({ default: it.ImportDialog })),
)
const ExportDialog = lazy(() =>
  import('../features/export/ExportDialog.tsx').then((it) => ({ default: it.ExportDialog })),
)
const FolderDialog = lazy(() =>
  import('../features/folder/FolderDialog.tsx').then((it) => ({ default: it.FolderDialog })),
)
const KeyboardDialog = lazy(() =>
  import('../features/projects/KeyboardDialog.tsx').then((it) => ({ default: it.KeyboardDialog })),
)
const ProjectSettingsDialog = lazy(() =>
  import('../features/projects/ProjectSettingsDialog.tsx').then((it) => ({
    default: it.ProjectSettingsDialog,
  })),
)
const RenameProjectDialog = lazy(() =>
  import('../features/projects/RenameProjectDialog.tsx').then((it) => ({ default: it.RenameProjectDialog })),
)
const DeleteProjectDialog = lazy(() =>
  import('../features/projects/DeleteProjectDialog.tsx').then((it) => ({ default: it.DeleteProjectDialog })),
)
const Toasts = lazy(() => import('../ui/Toasts.tsx').then((it) => ({ default: it.Toasts })))

/** The whole page: the start page, or the editor of the open project. */
export function App() {
  const isOpen = useProject((state) => state.id !== null)
  return (
    <TooltipGroup>
      <ErrorBoundary name="Relata">
        <Suspense>{isOpen ? <Editor /> : <StartPage logo={<Logo />} />}</Suspense>
      </ErrorBoundary>
      <Suspense>
        <Dialogs />
      </Suspense>
      <Suspense>
        <Toasts />
      </Suspense>
    </TooltipGroup>
  )
}

/** What lies over the page; each part is loaded when it is first asked for. */
function Dialogs() {
  const dialog = useSession((state) => state.dialog)
  const paletteOpen = useSession((state) => state.paletteOpen)
  return (
    <>
      {paletteOpen && <CommandPalette actions={allActions()} />}
      {dialog === 'import' && <ImportDialog />}
      {dialog === 'export' && <ExportDialog />}
      {dialog === 'folder' && <FolderDialog />}
      {dialog === 'keyboard' && <KeyboardDialog actions={allActions()} />}
      {dialog === 'project-settings' && <ProjectSettingsDialog />}
      {dialog === 'rename-project' && <RenameProjectDialog />}
      {dialog === 'delete-project' && <DeleteProjectDialog />}
    </>
  )
}
