import { useMemo } from 'react'
import { foreignKeyKind, isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isTable, tableKind } from '../../core/kinds/table/table.kind.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { useShown } from '../../state/past.ts'
import { useSession } from '../../state/use-stores.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DiagramItemInspector } from './DiagramItemInspector.tsx'
import styles from './inspector.module.css'
import { ManyInspector } from './ManyInspector.tsx'
import { ObjectInspector } from './ObjectInspector.tsx'

/** The right panel: what is selected, field by field. */
export function Inspector() {
  const selection = useSession((state) => state.selection)
  const { document } = useShown()
  const schema = schemaOf(document)
  const selected = useMemo(
    () => selection.filter((id) => document.objects.has(id) || document.diagram.has(id)),
    [selection, document],
  )
  const [only, second] = selected
  if (only === undefined) {
    const tables = counted(schema.all(isTable).length, tableKind)
    const keys = counted(schema.all(isForeignKey).length, foreignKeyKind)
    return (
      <div className={styles.inspector}>
        <EmptyState>
          Nothing selected. {tables}, {keys}.
        </EmptyState>
      </div>
    )
  }
  if (second !== undefined) return <ManyInspector ids={selected} schema={schema} />
  const object = schema.get(only)
  if (object) return <ObjectInspector object={object} schema={schema} />
  const item = document.diagram.get(only)
  return item ? <DiagramItemInspector key={item.id} item={item} /> : null
}

function counted(amount: number, kind: { readonly label: string; readonly plural: string }): string {
  return `${amount} ${(amount === 1 ? kind.label : kind.plural).toLowerCase()}`
}
