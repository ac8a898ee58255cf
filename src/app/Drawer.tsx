import { useEffect, useRef, useState } from 'react'
import { pathOfFile } from '../core/sequelize/migration-file.ts'
import { type DrawerTab, initialSizes, openDrawer, resizeDrawer } from '../state/session-store.ts'
import { useDrawnChanges, useEngine, useProject, useSession } from '../state/use-stores.ts'
import { Badge } from '../ui/Badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Splitter } from '../ui/Splitter.tsx'
import { type TabInfo, Tabs } from '../ui/Tabs.tsx'
import styles from './frame.module.css'
import { DrawerPanel } from './panels.tsx'

/** Height of the strip of tabs with its border, and the least that the open drawer has, in px. */
const stripHeight = 33
const leastHeight = 160

/** The panel below the canvas; closed, only its tabs are there. */
export function Drawer() {
  const tab = useSession((state) => state.drawer)
  const wanted = useSession((state) => (state.drawer === null ? 0 : state.sizes.drawer[state.drawer]))
  const lastTab = useRef<DrawerTab>('problems')
  const space = usePageHeight() - 44
  if (tab !== null) lastTab.current = tab
  const height = tab === null ? stripHeight : Math.max(leastHeight, Math.min(wanted, space))
  return (
    <section
      aria-label="Drawer"
      data-region="drawer"
      className={classNames(styles.drawer, tab !== null && styles.drawerOpen)}
      style={{ height }}
    >
      {tab !== null && (
        <Splitter
          label="drawer"
          side="top"
          size={height}
          min={leastHeight}
          max={space}
          onResize={(size) => resizeDrawer(tab, size)}
          onReset={() => resizeDrawer(tab, initialSizes.drawer[tab])}
        />
      )}
      <Tabs
        label="Drawer"
        className={styles.drawerTabs}
        panelClassName={styles.drawerPanel}
        tabs={useTabs()}
        value={tab}
        onChange={openDrawer}
        onPressActive={() => openDrawer(null)}
        end={
          <>
            {tab === 'migrations' ? <Baseline /> : <Checked />}
            <IconButton
              icon={tab === null ? 'chevron-up' : 'chevron-down'}
              label={tab === null ? 'Open drawer' : 'Close drawer'}
              onClick={() => openDrawer(tab === null ? lastTab.current : null)}
            />
          </>
        }
      >
        {tab !== null && (
          <ErrorBoundary name="Drawer" key={tab}>
            <DrawerPanel tab={tab} />
          </ErrorBoundary>
        )}
      </Tabs>
    </section>
  )
}

function useTabs(): readonly TabInfo<DrawerTab>[] {
  const problems = useEngine((state) => state.problems)
  const changes = useDrawnChanges().length
  const errors = problems.filter((problem) => problem.severity === 'error').length
  return [
    {
      value: 'problems',
      label: 'Problems',
      icon: 'circle-alert',
      badge: problems.length > 0 && (
        <Badge meaning={errors > 0 ? 'error' : 'neutral'}>{problems.length}</Badge>
      ),
    },
    { value: 'sql', label: 'SQL', icon: 'code-xml' },
    {
      value: 'migrations',
      label: 'Migrations',
      icon: 'git-compare-arrows',
      badge: changes > 0 && <Badge>{changes}</Badge>,
    },
    { value: 'query', label: 'Query', icon: 'square-terminal' },
  ]
}

/** How long PostgreSQL took for the last edit. */
function Checked() {
  const milliseconds = useEngine((state) => state.checkedMilliseconds)
  if (milliseconds === null) return null
  return <small>Checked in {milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms</small>
}

/** What the next migration starts from. */
function Baseline() {
  const last = useProject((state) => state.history.at(-1)?.files.at(-1))
  return <small>Baseline: {last ? pathOfFile(last) : 'the schema as opened'}</small>
}

function usePageHeight(): number {
  const [height, setHeight] = useState(window.innerHeight)
  useEffect(() => {
    const onResize = () => setHeight(window.innerHeight)
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  return height
}
