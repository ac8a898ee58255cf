import { lazy, Suspense, useEffect } from 'react'
import { takeOverProject } from '../state/projects.ts'
import { sessionStore } from '../state/session-store.ts'
import { useProject, useSession } from '../state/use-stores.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Drawer } from './Drawer.tsx'
import styles from './frame.module.css'
import { CanvasPanel, ExplorerPanel, InspectorPanel } from './panels.tsx'
import { SidePanel } from './SidePanel.tsx'
import { TopBar } from './TopBar.tsx'
import { useNarrow } from './use-narrow.ts'

const FolderBanner = lazy(() =>
  import('../features/folder/FolderBanner.tsx').then((it) => ({ default: it.FolderBanner })),
)

/** Below these widths of the page in px the panels lie over the canvas. */
const inspectorNeeds = 1180
const explorerNeeds = 900

/** The frame of an open project. */
export function Editor() {
  const narrowInspector = useNarrow(inspectorNeeds)
  const narrowExplorer = useNarrow(explorerNeeds)
  const name = useProject((state) => state.name)
  const explorerOpen = useSession((state) => state.explorerOpen)
  const inspectorOpen = useSession((state) => state.inspectorOpen)
  useEffect(() => sessionStore.setState({ inspectorOpen: !narrowInspector }), [narrowInspector])
  useEffect(() => sessionStore.setState({ explorerOpen: !narrowExplorer }), [narrowExplorer])
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{name}</h1>
      <TopBar narrowExplorer={narrowExplorer} narrowInspector={narrowInspector} />
      <div className={styles.columns}>
        {explorerOpen && (
          <SidePanel panel="explorer" over={narrowExplorer}>
            <ExplorerPanel />
          </SidePanel>
        )}
        <div className={styles.main}>
          <ReadOnlyBanner />
          <Suspense>
            <FolderBanner />
          </Suspense>
          <div className={styles.upper}>
            <main className={styles.canvas} aria-label="Diagram" data-region="canvas">
              <ErrorBoundary name="Canvas">
                <CanvasPanel />
              </ErrorBoundary>
            </main>
            {inspectorOpen && (
              <SidePanel panel="inspector" over={narrowInspector}>
                <InspectorPanel />
              </SidePanel>
            )}
          </div>
          <Drawer />
        </div>
      </div>
    </div>
  )
}

function ReadOnlyBanner() {
  const saving = useProject((state) => state.saving)
  const problem = useProject((state) => state.savingProblem)
  if (saving !== 'read-only') return null
  return (
    <div className={styles.readOnly} role="alert">
      <Icon name="lock" size={13} />
      {problem}
      <Button size="small" onClick={() => void takeOverProject()}>
        Edit here
      </Button>
    </div>
  )
}
