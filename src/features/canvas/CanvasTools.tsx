import { type ReactFlowState, useStore } from '@xyflow/react'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './canvas.module.css'
import { canvasStore, setTool, useCanvas } from './canvas-store.ts'
import { arrange, newArea, newNote, newTable } from './edits.ts'
import { fitAll, zoomBy, zoomTo } from './viewport.ts'

const selectPercent = (state: ReactFlowState) => Math.round(state.transform[2] * 100)

/** Tools at the bottom of the canvas: make, zoom, arrange, minimap. */
export function CanvasTools({ minimap }: { readonly minimap: boolean }) {
  const percent = useStore(selectPercent)
  const tool = useCanvas((state) => state.tool)
  const arranging = useCanvas((state) => state.arranging)
  return (
    <div className={styles.tools} role="toolbar" aria-label="Canvas tools">
      <IconButton
        icon="mouse-pointer-2"
        label="Select"
        pressed={tool === 'select'}
        onClick={() => setTool('select')}
      />
      <IconButton icon="table-2" label="New table" shortcut="T" onClick={() => newTable()} />
      <IconButton
        icon="spline"
        label="Draw foreign keys"
        shortcut="L"
        pressed={tool === 'link'}
        onClick={() => setTool(tool === 'link' ? 'select' : 'link')}
      />
      <IconButton icon="group" label="New area" shortcut="A" onClick={() => newArea()} />
      <IconButton icon="sticky-note" label="New note" shortcut="N" onClick={() => newNote()} />
      <i className={styles.rule} />
      <IconButton icon="minus" label="Zoom out" shortcut="Mod+-" onClick={() => zoomBy(0.8)} />
      <button type="button" className={styles.zoom} title="Zoom to 100 %" onClick={() => zoomTo(1)}>
        {percent}%
      </button>
      <IconButton icon="plus" label="Zoom in" shortcut="Mod+=" onClick={() => zoomBy(1.25)} />
      <IconButton icon="maximize" label="Fit" shortcut="Shift+1" onClick={fitAll} />
      <i className={styles.rule} />
      <IconButton
        icon="workflow"
        label="Arrange"
        shortcut="Shift+A"
        disabled={arranging}
        onClick={() => void arrange()}
      />
      <IconButton
        icon="map"
        label="Minimap"
        shortcut="M"
        pressed={minimap}
        onClick={() => canvasStore.setState({ minimap: !minimap })}
      />
    </div>
  )
}
