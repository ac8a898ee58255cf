import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../../core/kinds/primary-key/primary-key.kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './inspector.module.css'
import { openObject } from './open-object.ts'
import { showType } from './type-options.ts'

interface PastColumnsProps {
  readonly table: ObjectBase
  readonly schema: Schema
}

/** The columns that a table had: read, and opened like anything else that lies in it. */
export function PastColumns({ table, schema }: PastColumnsProps) {
  const columns = schema.childrenOf(table.id, isColumn)
  const primary = new Set(schema.childrenOf(table.id, isPrimaryKey).flatMap((key) => key.columns))
  const foreign = new Set(schema.childrenOf(table.id, isForeignKey).flatMap((key) => key.columns))
  const iconOf = (column: ObjectBase) =>
    primary.has(column.id) ? 'key-round' : foreign.has(column.id) ? 'link' : kindOf(column).icon
  return (
    <section className={styles.section} aria-label="Columns">
      <h3>
        Columns<small className={styles.count}>{columns.length}</small>
      </h3>
      {columns.map((column) => (
        <button key={column.id} type="button" className={styles.item} onClick={() => openObject(column.id)}>
          <Icon name={iconOf(column)} size={13} />
          <span>{column.name}</span>
          <small className={styles.pastType}>
            {showType(column.type, schema)}
            {column.notNull ? '' : '?'}
          </small>
        </button>
      ))}
    </section>
  )
}
