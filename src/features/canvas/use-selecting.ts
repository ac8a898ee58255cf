import type { NodeChange } from '@xyflow/react'
import { type MouseEvent as ReactMouseEvent, useMemo } from 'react'
import { documentStore } from '../../state/document-store.ts'
import { projectStore } from '../../state/project-store.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { canvasStore, focusNode } from './canvas-store.ts'
import { newTable } from './edits.ts'
import { rename } from './keyboard.ts'
import { targetOf } from './menu-target.ts'
import type { CanvasNode } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'

/** Pointer and marquee selection: React Flow's changes go to the session, a click on a row selects its column. */
export function useSelecting({ nodes }: Diagram) {
  return useMemo(() => {
    const selectForMenu = (event: MouseEvent) => {
      const { row, table, edge } = targetOf(event)
      const id = row ?? edge ?? table
      if (id !== null && !isGone(id) && !sessionStore.getState().selection.includes(id)) select([id])
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
      /** For `<ReactFlow>`, where a click selects. */
      onClicks: {
        onNodeClick(event: ReactMouseEvent, node: CanvasNode) {
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
        },
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
  }, [nodes])
}

/** True for what is drawn because it was removed: there is nothing to select. */
function isGone(id: string): boolean {
  const { objects, diagram } = documentStore.getState().document
  return !objects.has(id) && !diagram.has(id) && projectStore.getState().baseline.objects.has(id)
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}
