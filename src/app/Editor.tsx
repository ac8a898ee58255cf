import { useEffect } from 'react'
import { Explorer } from '../features/explorer/Explorer.tsx'
import { takeOverProject } from '../state/projects.ts'
import { initialSizes, resizePanel, sessionStore } from '../state/session-store.ts'
import { useProject, useSession } from '../state/use-stores.ts'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Splitter } from '../ui/Splitter.tsx'
import { Drawer } from './Drawer.tsx'
import styles from './frame.module.css'
import { CanvasPanel, InspectorPanel } from './panels.tsx'
import { TopBar } from './TopBar.tsx'
import { useNarrow } from './use-narrow.ts'

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
  const sizes = useSession((state) => state.sizes)
  useEffect(() => sessionStore.setState({ inspectorOpen: !narrowInspector }), [narrowInspector])
  useEffect(() => sessionStore.setState({ explorerOpen: !narrowExplorer }), [narrowExplorer])
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{name}</h1>
      <TopBar narrowExplorer={narrowExplorer} narrowInspector={narrowInspector} />
      <div className={styles.columns}>
        {explorerOpen && (
          <aside
            aria-label="Explorer"
            data-region="explorer"
            className={classNames(styles.explorer, narrowExplorer && styles.overlay)}
            style={{ width: sizes.explorer }}
          >
            <ErrorBoundary name="Explorer">
              <Explorer />
            </ErrorBoundary>
            <Splitter
              label="explorer"
              side="right"
              size={sizes.explorer}
              min={200}
              max={400}
              onResize={(size) => resizePanel('explorer', size)}
              onReset={() => resizePanel('explorer', initialSizes.explorer)}
            />
          </aside>
        )}
        <div className={styles.main}>
          <ReadOnlyBanner />
          <div className={styles.upper}>
            <main className={styles.canvas} aria-label="Diagram" data-region="canvas">
              <ErrorBoundary name="Canvas">
                <CanvasPanel />
              </ErrorBoundary>
            </main>
            {inspectorOpen && (
              <aside
                aria-label="Inspector"
                data-region="inspector"
                className={classNames(styles.inspector, narrowInspector && styles.overlay)}
                style={{ width: sizes.inspector }}
              >
                <ErrorBoundary name="Inspector">
                  <InspectorPanel />
                </ErrorBoundary>
                <Splitter
                  label="inspector"
                  side="left"
                  size={sizes.inspector}
                  min={280}
                  max={480}
                  onResize={(size) => resizePanel('inspector', size)}
                  onReset={() => resizePanel('inspector', initialSizes.inspector)}
                />
              </aside>
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
