import { type Column, isColumn } from '../../../core/kinds/column/column.kind.ts'
import { columnHolder } from '../../../core/kinds/column-holder.ts'
import { readField } from '../../../core/kinds/field-access.ts'
import { isTexts } from '../../../core/kinds/fields.ts'
import type { ObjectId } from '../../../core/model/object.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import styles from '../inspector.module.css'
import { showType } from '../type-options.ts'
import type { EditorProps } from './editor-props.ts'

/** A column, or an ordered list of columns, of the object's own table or of the one that another field names. */
export function ColumnsEditor({ object, field, value, schema, set }: EditorProps) {
  const { editor } = field
  if (editor.type !== 'columns') return null
  const chosen: readonly ObjectId[] = isTexts(value) ? value : []
  const table = editor.of === undefined ? object.parent : readField(object, editor.of)
  const columns = schema.childrenOf(columnHolder(typeof table === 'string' ? table : null, schema), isColumn)
  const options = (some: readonly Column[]) =>
    some.map((column) => ({ value: column.id, label: `${column.name} ${showType(column.type, schema)}` }))
  if (editor.single) {
    const one = typeof value === 'string' ? value : null
    return <Select label={field.label} mono value={one} options={options(columns)} onChange={set} />
  }
  const rest = columns.filter((column) => !chosen.includes(column.id))
  return (
    <div className={styles.stack}>
      {chosen.map((id, index) => {
        const column = schema.find(id, isColumn)
        const name = column?.name ?? 'a removed column'
        return (
          <div key={id} className={styles.chosen}>
            <span>{name}</span>
            {column && <small>{showType(column.type, schema)}</small>}
            <IconButton
              size="small"
              icon="arrow-up"
              label={`Move ${name} up`}
              disabled={index === 0}
              onClick={() => set(chosen.toSpliced(index, 1).toSpliced(index - 1, 0, id))}
            />
            <IconButton
              size="small"
              icon="x"
              label={`Remove ${name}`}
              onClick={() => set(chosen.toSpliced(index, 1))}
            />
          </div>
        )
      })}
      {rest.length > 0 && (
        <Select
          label={`Add to ${field.label.toLowerCase()}`}
          mono
          value={null}
          placeholder={chosen.length === 0 ? 'Choose a column' : 'Add a column'}
          options={options(rest)}
          onChange={(id) => set([...chosen, id])}
        />
      )}
    </div>
  )
}
