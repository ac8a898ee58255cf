import { type NodeProps, NodeResizeControl } from '@xyflow/react'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import { changeArea } from '../../core/commands/diagram-items.ts'
import type { Size } from '../../core/layout/node-size.ts'
import { snap } from '../../core/layout/placement.ts'
import { dispatch } from '../../state/document-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { useCanvas } from './canvas-store.ts'
import styles from './diagram-items.module.css'
import { useDetailLevel } from './lod.ts'
import type { AreaNodeType } from './nodes.ts'
import { useFocusStop } from './use-focus-stop.ts'

const smallest = { width: 160, height: 96 }

/** A titled frame behind tables. Only its title and corner take the pointer: the inside belongs to the canvas. */
export const AreaNode = memo(
  function AreaNode({ data: { area }, selected }: NodeProps<AreaNodeType>) {
    const editing = useSession((state) => state.renaming === area.id)
    const ref = useFocusStop<HTMLHeadingElement>(area.id)
    const isStop = useCanvas((state) => state.focus === area.id)
    const level = useDetailLevel()
    const [drawn, setDrawn] = useState<Size | null>(null)
    return (
      <section
        className={classNames(styles.area, level !== 'full' && styles.areaFar, selected && styles.selected)}
        data-colour={area.colour}
        style={drawn ? { width: drawn.width, height: drawn.height } : undefined}
        aria-label={`Area ${area.title}`}
      >
        <h2 ref={ref} tabIndex={isStop ? 0 : -1} data-table={area.id}>
          {editing ? <TitleEditor id={area.id} title={area.title} /> : area.title}
        </h2>
        <NodeResizeControl
          className={classNames(styles.corner)}
          minWidth={smallest.width}
          minHeight={smallest.height}
          onResize={(_event, size) => setDrawn(snapped(size))}
          onResizeEnd={(_event, size) => {
            setDrawn(null)
            dispatch('Resize area', (document) => changeArea(document, area.id, snapped(size)))
          }}
        />
      </section>
    )
  },
  (a, b) => a.data === b.data && a.selected === b.selected,
)

function snapped({ width, height }: Size): Size {
  return { width: snap(width), height: snap(height) }
}

function TitleEditor({ id, title }: { readonly id: string; readonly title: string }) {
  const field = useRef<HTMLInputElement>(null)
  const cancelled = useRef(false)
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  return (
    <input
      ref={field}
      className={classNames(styles.title, 'nodrag', 'nopan')}
      defaultValue={title}
      aria-label="Area title"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        cancelled.current = event.key === 'Escape'
        event.currentTarget.blur()
      }}
      onBlur={(event) => {
        const written = event.currentTarget.value.trim()
        if (!cancelled.current && written !== '' && written !== title) {
          dispatch('Rename area', (document) => changeArea(document, id, { title: written }))
        }
        if (sessionStore.getState().renaming === id) sessionStore.setState({ renaming: null })
      }}
    />
  )
}
