import { ViewportPortal } from '@xyflow/react'
import { drawnPath } from '../../core/layout/edge-geometry.ts'
import { headerCentre } from '../../core/layout/node-size.ts'
import { classNames } from '../../ui/class-names.ts'
import { useCanvas } from './canvas-store.ts'
import { endOf } from './EdgeLayer.tsx'
import styles from './edges.module.css'
import { rectOf } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'

/** The dashed line of a foreign key while it is drawn. */
export function LinkLine({ diagram }: { readonly diagram: Diagram }) {
  const link = useCanvas((state) => state.link)
  if (!link) return null
  const from = endOf(link.fromTable, link.from, diagram)
  const at = link.at ?? targetPoint(link.over, diagram)
  if (!from || !at) return null
  const side = at.x < from.node.x + from.node.width / 2 ? 'left' : 'right'
  return (
    <ViewportPortal>
      <svg className={classNames(styles.layer, styles.raised)} aria-hidden>
        <path className={styles.drawing} d={drawnPath(from, side, at.x, at.y)} />
      </svg>
    </ViewportPortal>
  )
}

/** Where a keyboard-drawn line ends: at the chosen row or header. */
function targetPoint(over: string | null, diagram: Diagram): { x: number; y: number } | null {
  for (const [id, { view }] of diagram.views) {
    if (id !== over && !view.rows.some((row) => row.id === over)) continue
    const end = endOf(id, id === over ? undefined : (over ?? undefined), diagram)
    const node = diagram.nodes.get(id)
    if (end && node) return { x: rectOf(node).x, y: id === over ? node.position.y + headerCentre : end.y }
  }
  return null
}
