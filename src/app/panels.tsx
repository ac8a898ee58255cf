import { Inspector } from '../features/inspector/Inspector.tsx'
import type { DrawerTab } from '../state/session-store.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

export function CanvasPanel() {
  return <EmptyState>No tables yet.</EmptyState>
}

export function InspectorPanel() {
  return <Inspector />
}

export function DrawerPanel({ tab }: { readonly tab: DrawerTab }) {
  return <EmptyState>{tab}</EmptyState>
}
