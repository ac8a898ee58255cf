import type { NodeChange } from '@xyflow/react'
import { type MouseEvent as ReactMouseEvent, useMemo } from 'react'
import { select, sessionStore } from '../../state/session-store.ts'
import { canvasStore, focusNode } from './canvas-store.ts'
import { newTable } from './edits.ts'
import { rename } from './keyboard.ts'
import { targetOf } from './menu-target.ts'
import type { CanvasNode } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'

/** Pointer and marquee selection: React Flow's changes go to the session, a click on a row selects its column. */
export function useSelecting({ nodes, input }: Diagram) {
  return useMemo(() => {
    /** True for what is drawn because it was removed: there is nothing to select. */
    const isGone = (id: string) =>
      input !== null &&
      !input.document.objects.has(id) &&
      !input.document.diagram.has(id) &&
      input.baseline.objects.has(id)
    const selectForMenu = (event: MouseEvent) => {
      const { row, table, edge } = targetOf(event)
      const id = row ?? edge ?? table
      if (id !== null && !isGone(id) && !sessionStore.getState().selection.includes(id)) select([id])
    }
    const onNodeClick = (event: ReactMouseEvent, node: CanvasNode) => {
      const target = targetOf(event.nativeEvent)
      if (isGone(target.row ?? node.id)) return
      const { row } = target
      const id = row ?? node.id
      const several = event.shiftKey || event.metaKey || event.ctrlKey
      if (!several) {
        select([id])
        if (!isTyping(event.target)) focusNode(node.id, row)
        return
      }
      if (row === null) return
      const { selection } = sessionStore.getState()
      const others = selection.filter((other) => other !== row && other !== node.id)
      select(selection.includes(row) ? others : [...others, row])
    }
    return {
      selectForMenu,
      onNodesChange(changes: readonly NodeChange<CanvasNode>[]) {
        const marks = changes.filter((change) => change.type === 'select')
        if (marks.length === 0) return
        const { selection } = sessionStore.getState()
        const off = new Set(marks.filter((change) => !change.selected).map((change) => change.id))
        const on = marks.filter((change) => change.selected).map((change) => change.id)
        const kept = selection.filter((id) => !off.has(id) && nodes.has(id) && !on.includes(id))
        select([...kept, ...on])
      },
      /** For `<ReactFlow>` while the past is looked at. */
      onLooks: { onNodeClick, onPaneClick: () => select([]) },
      /** For `<ReactFlow>`, where a click selects. */
      onClicks: {
        onNodeClick,
        onNodeDoubleClick(event: ReactMouseEvent, node: CanvasNode) {
          if (!isTyping(event.target)) rename(targetOf(event.nativeEvent).row ?? node.id)
        },
        onPaneClick(event: ReactMouseEvent) {
          canvasStore.setState({ draft: null })
          if (event.detail === 2) newTable(targetOf(event.nativeEvent).at)
          else select([])
        },
      },
    }
  }, [nodes, input])
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}
