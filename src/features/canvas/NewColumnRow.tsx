import type { ObjectId } from '../../core/model/object.ts'
import { ColumnEditor } from './ColumnEditor.tsx'
import { useCanvas } from './canvas-store.ts'
import styles from './table-node.module.css'

/** The row in which a new column of this table is being typed. */
export function NewColumnRow({ table }: { readonly table: ObjectId }) {
  const key = useCanvas((state) => (state.draft?.table === table ? state.draft.key : null))
  if (key === null) return null
  return (
    <li className={styles.row}>
      <ColumnEditor key={key} table={table} column={null} />
    </li>
  )
}
