import type { NodeChange, OnNodeDrag } from '@xyflow/react'
import { useMemo } from 'react'
import { moveItems } from '../../core/commands/place.ts'
import type { Point } from '../../core/layout/node-size.ts'
import { isCentredIn } from '../../core/layout/placement.ts'
import { dispatch } from '../../state/document-store.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { canvasStore } from './canvas-store.ts'
import { type CanvasNode, rectOf } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'
import { unsavedPlaces } from './viewport.ts'

/** What one drag needs to know from its beginning. */
interface Drag {
  cancelled: boolean
  /** Where what stands in a dragged area was, from the area's corner. */
  readonly inside: ReadonlyMap<string, { readonly area: string; readonly dx: number; readonly dy: number }>
  readonly stop: () => void
}

let drag: Drag | null = null

/** Dragging nodes: positions are the canvas's own until the release, which is one edit. Escape puts all back. */
export function useDragging({ nodes }: Diagram) {
  return useMemo(() => {
    const onNodeDragStart: OnNodeDrag<CanvasNode> = (_event, node) => {
      if (!sessionStore.getState().selection.includes(node.id)) select([node.id])
      const cancel = (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || !drag) return
        event.preventDefault()
        event.stopPropagation()
        drag.cancelled = true
        canvasStore.setState({ dragged: null })
      }
      window.addEventListener('keydown', cancel, true)
      drag = {
        cancelled: false,
        inside: insideOf(node, nodes),
        stop: () => window.removeEventListener('keydown', cancel, true),
      }
    }
    const onNodeDragStop: OnNodeDrag<CanvasNode> = () => {
      const { dragged } = canvasStore.getState()
      drag?.stop()
      const cancelled = drag?.cancelled ?? false
      drag = null
      if (dragged && !cancelled) {
        dispatch('Move', (document) => moveItems(document, new Map([...unsavedPlaces(), ...dragged])))
      }
      canvasStore.setState({ dragged: null })
    }
    return {
      onNodeDragStart,
      onNodeDragStop,
      onNodesChange(changes: readonly NodeChange<CanvasNode>[]) {
        if (!drag || drag.cancelled) return
        const moved = new Map<string, Point>(canvasStore.getState().dragged)
        let any = false
        for (const change of changes) {
          if (change.type !== 'position' || !change.position) continue
          moved.set(change.id, change.position)
          any = true
        }
        if (!any) return
        for (const [id, { area, dx, dy }] of drag.inside) {
          const corner = moved.get(area)
          if (corner) moved.set(id, { x: corner.x + dx, y: corner.y + dy })
        }
        canvasStore.setState({ dragged: moved })
      },
    }
  }, [nodes])
}

function insideOf(area: CanvasNode, nodes: ReadonlyMap<string, CanvasNode>): Drag['inside'] {
  if (area.type !== 'area') return new Map()
  const inside = [...nodes.values()].filter(
    (node) => node.id !== area.id && isCentredIn(rectOf(area), rectOf(node)),
  )
  return new Map(
    inside.map((node) => [
      node.id,
      { area: area.id, dx: node.position.x - area.position.x, dy: node.position.y - area.position.y },
    ]),
  )
}
