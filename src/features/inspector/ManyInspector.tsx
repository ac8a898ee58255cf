import { removeObjects } from '../../core/commands/remove-objects.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { Schema } from '../../core/model/schema.ts'
import { dispatch } from '../../state/document-store.ts'
import { select, show } from '../../state/session-store.ts'
import { Button } from '../../ui/Button.tsx'
import { ChildRow } from './ChildSections.tsx'
import styles from './inspector.module.css'
import { OwnerRow } from './OwnerRow.tsx'
import { SchemaRow } from './SchemaRow.tsx'

interface ManyInspectorProps {
  readonly ids: readonly string[]
  readonly schema: Schema
}

/** Several things selected: what they are, and what can be done with all of them. */
export function ManyInspector({ ids, schema }: ManyInspectorProps) {
  const objects = ids.flatMap((id) => schema.get(id) ?? [])
  const drawings = ids.length - objects.length
  const kinds = new Map<string, number>()
  for (const object of objects) {
    const kind = kindOf(object)
    kinds.set(kind.name, (kinds.get(kind.name) ?? 0) + 1)
  }
  const parts = [...kinds].map(([name, count]) => {
    const kind = objects.map(kindOf).find((candidate) => candidate.name === name)
    return `${count} ${(count === 1 ? kind?.label : kind?.plural)?.toLowerCase()}`
  })
  if (drawings > 0) parts.push(`${drawings} ${drawings === 1 ? 'drawing' : 'drawings'}`)
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <div>
          <h2>{ids.length} selected</h2>
          <small>{parts.join(', ')}</small>
        </div>
      </header>
      <div className={styles.scroll}>
        <section className={styles.section} aria-label="Selected">
          {objects.map((object) => (
            <ChildRow key={object.id} child={object} schema={schema} />
          ))}
        </section>
        <section className={styles.section} aria-label="All of them">
          <SchemaRow objects={objects} schema={schema} />
          <OwnerRow objects={objects} schema={schema} />
          <div className={styles.cures}>
            <Button size="small" icon="scan-search" onClick={() => show(ids)}>
              Show on diagram
            </Button>
            <Button
              size="small"
              look="danger"
              icon="trash-2"
              onClick={() => {
                dispatch(`Delete ${ids.length} objects`, (document) => removeObjects(document, ids))
                select([])
              }}
            >
              Delete {ids.length}
            </Button>
          </div>
        </section>
      </div>
    </div>
  )
}
