import '@xyflow/react/dist/base.css'
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, SelectionMode } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { documentStore } from '../../state/document-store.ts'
import { usePast } from '../../state/past.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { useProject, useSession } from '../../state/use-stores.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { AreaNode } from './AreaNode.tsx'
import { CanvasTools } from './CanvasTools.tsx'
import styles from './canvas.module.css'
import { canvasStore, useCanvas } from './canvas-store.ts'
import { menuFor } from './context-menu.ts'
import { EdgeLayer } from './EdgeLayer.tsx'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import { handleCanvasKey } from './keyboard.ts'
import { LinkLine } from './LinkLine.tsx'
import { setDrawnEdges } from './lit-rows.ts'
import { Minimap } from './Minimap.tsx'
import { targetOf } from './menu-target.ts'
import { NoteNode } from './NoteNode.tsx'
import { type CanvasNode, isReachable, isTableNode } from './nodes.ts'
import { OverviewLayer } from './OverviewLayer.tsx'
import { PastBanner } from './PastBanner.tsx'
import { handlePastKey } from './past-keys.ts'
import { TableNode } from './TableNode.tsx'
import { tablesShowing } from './tables-showing.ts'
import { useClipboardEvents } from './use-clipboard-events.ts'
import { type Diagram as DrawnDiagram, useDiagram } from './use-diagram.ts'
import { useDragging } from './use-dragging.ts'
import { useSelecting } from './use-selecting.ts'
import { useSteadyMiddle } from './use-steady-middle.ts'
import { fitAll, revealNodes, zoomRange } from './viewport.ts'

const nodeTypes = { table: TableNode, note: NoteNode, area: AreaNode }
const grid: [number, number] = [8, 8]
const multiSelectKeys = ['Shift', 'Meta', 'Control']
/** Middle button; the secondary one opens the menu, the first draws a marquee. */
const panButtons = [1]
/** From this many tables on, the minimap is shown unless it was closed. */
const minimapFrom = 30

/** The diagram: what the open document looks like, and where it is edited by hand. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Diagram />
    </ReactFlowProvider>
  )
}

function Diagram() {
  const diagram = useDiagram()
  const past = usePast()
  const nodes = useMemo(() => [...diagram.nodes.values()], [diagram.nodes])
  const menuTarget = useRef<MouseEvent | null>(null)
  const tool = useCanvas((state) => state.tool)
  const wanted = useCanvas((state) => state.minimap)
  const minimap = wanted ?? diagram.views.size >= minimapFrom
  const dragging = useDragging(diagram)
  const selecting = useSelecting(diagram)
  useClipboardEvents()
  useSteadyMiddle()
  useReveal(diagram)
  setDrawnEdges(diagram.edges)
  useEffect(() => {
    const { focus } = canvasStore.getState()
    if (focus === null || !diagram.nodes.has(focus)) {
      canvasStore.setState({ focus: firstTable(nodes), focusRow: null })
    }
  })
  return (
    <ContextMenu entries={() => (menuTarget.current && !past ? menuFor(targetOf(menuTarget.current)) : [])}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a region whose tables and rows take the keyboard */}
      <div
        className={styles.canvas}
        data-canvas
        data-tool={tool}
        data-past={past ? '' : undefined}
        onContextMenuCapture={(event) => {
          menuTarget.current = event.nativeEvent
          if (!past) selecting.selectForMenu(event.nativeEvent)
        }}
        onFocus={(event) => noteFocus(event.target)}
        onKeyDown={(event) => (past ? handlePastKey(event) : handleCanvasKey(event, diagram))}
      >
        <ReactFlow<CanvasNode>
          nodes={nodes}
          nodeTypes={nodeTypes}
          onInit={(flow) => canvasStore.setState({ flow })}
          onNodesChange={(changes) => {
            dragging.onNodesChange(changes)
            selecting.onNodesChange(changes)
          }}
          onNodeDragStart={dragging.onNodeDragStart}
          onNodeDragStop={dragging.onNodeDragStop}
          {...(past ? selecting.onLooks : selecting.onClicks)}
          nodesDraggable={!past}
          elementsSelectable={!past}
          onNodeMouseEnter={(_event, node) => canvasStore.setState({ hoveredNode: node.id })}
          onNodeMouseLeave={() => canvasStore.setState({ hoveredNode: null })}
          onlyRenderVisibleElements
          disableKeyboardA11y
          nodesFocusable={false}
          nodesConnectable={false}
          selectNodesOnDrag={false}
          elevateNodesOnSelect={false}
          snapToGrid
          snapGrid={grid}
          minZoom={zoomRange.min}
          maxZoom={zoomRange.max}
          panOnScroll
          panOnDrag={panButtons}
          selectionOnDrag={!past}
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={multiSelectKeys}
          selectionKeyCode={null}
          deleteKeyCode={null}
          zoomOnDoubleClick={false}
          attributionPosition="bottom-left"
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.6} color="var(--grid)" />
          <OverviewLayer diagram={diagram} />
          <EdgeLayer diagram={diagram} />
          <LinkLine diagram={diagram} />
        </ReactFlow>
        {diagram.views.size === 0 && !past && <EmptyCanvas />}
        {past && <PastBanner past={past} />}
        {minimap && <Minimap diagram={diagram} />}
        <CanvasTools minimap={minimap} />
      </div>
    </ContextMenu>
  )
}

/** Wherever the focus came from, the keys act on what has it; coming by keyboard, it selects where nothing is selected. */
function noteFocus(target: Element): void {
  const node = target.closest('[data-table]')?.getAttribute('data-table')
  const { objects, diagram } = documentStore.getState().document
  if (node == null || !(objects.has(node) || diagram.has(node))) return
  const focusRow = target.closest('[data-row]')?.getAttribute('data-row') ?? null
  const { focus, focusRow: row } = canvasStore.getState()
  if (focus !== node || row !== focusRow) canvasStore.setState({ focus: node, focusRow })
  const isIdle = sessionStore.getState().selection.length === 0
  if (isIdle && target.matches('[data-table]:focus-visible, [data-row]:focus-visible'))
    select([focusRow ?? node])
}

function firstTable(nodes: readonly CanvasNode[]): string | null {
  return (nodes.find((node) => isTableNode(node) && isReachable(node)) ?? nodes.find(isReachable))?.id ?? null
}

/** Fits a project when it opens, and brings into view what the session asks for. */
function useReveal({ nodes, input }: DrawnDiagram): void {
  const hasNodes = nodes.size > 0
  const project = useProject((state) => state.id)
  const reveal = useSession((state) => state.reveal)
  const flow = useCanvas((state) => state.flow)
  const fitted = useRef<string | null>(null)
  const shown = useRef(input)
  shown.current = input
  useEffect(() => {
    if (!flow || !hasNodes || fitted.current === project) return
    fitted.current = project
    requestAnimationFrame(fitAll)
  }, [flow, hasNodes, project])
  useEffect(() => {
    if (!reveal || !shown.current) return
    // What is removed is drawn too, where the schema before had it.
    const { document, baseline } = shown.current
    revealNodes([...tablesShowing(reveal, document), ...tablesShowing(reveal, baseline)])
  }, [reveal])
}
