import { lazy, type ReactNode, Suspense } from 'react'
import { Canvas } from '../features/canvas/Canvas.tsx'
import type { DrawerTab } from '../state/session-store.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Spinner } from '../ui/Progress.tsx'

const Explorer = lazy(() =>
  import('../features/explorer/Explorer.tsx').then((it) => ({ default: it.Explorer })),
)
const Inspector = lazy(() =>
  import('../features/inspector/Inspector.tsx').then((it) => ({ default: it.Inspector })),
)
const MigrationsPanel = lazy(() =>
  import('../features/migrations/MigrationsPanel.tsx').then((it) => ({ default: it.MigrationsPanel })),
)
const ProblemsPanel = lazy(() =>
  import('../features/problems/ProblemsPanel.tsx').then((it) => ({ default: it.ProblemsPanel })),
)
const QueryPanel = lazy(() =>
  import('../features/query/QueryPanel.tsx').then((it) => ({ default: it.QueryPanel })),
)
const SqlPanel = lazy(() => import('../features/sql/SqlPanel.tsx').then((it) => ({ default: it.SqlPanel })))

export function CanvasPanel() {
  return <Canvas />
}

export function ExplorerPanel() {
  return (
    <Suspense>
      <Explorer />
    </Suspense>
  )
}

export function InspectorPanel() {
  return (
    <Suspense>
      <Inspector />
    </Suspense>
  )
}

const panels: Readonly<Record<DrawerTab, () => ReactNode>> = {
  problems: () => <ProblemsPanel />,
  sql: () => <SqlPanel />,
  migrations: () => <MigrationsPanel />,
  query: () => <QueryPanel />,
}

/** The panel of the drawer's open tab, loaded when it is first opened. */
export function DrawerPanel({ tab }: { readonly tab: DrawerTab }) {
  return (
    <Suspense
      fallback={
        <EmptyState>
          <Spinner />
        </EmptyState>
      }
    >
      {panels[tab]()}
    </Suspense>
  )
}
