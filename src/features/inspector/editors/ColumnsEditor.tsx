import { type Column, isColumn } from '../../../core/kinds/column/column.kind.ts'
import { columnHolder } from '../../../core/kinds/column-holder.ts'
import { readField } from '../../../core/kinds/field-access.ts'
import { isTexts } from '../../../core/kinds/fields.ts'
import type { ObjectId } from '../../../core/model/object.ts'
import { Select } from '../../../ui/Select.tsx'
import { showType } from '../type-options.ts'
import { ChosenList } from './ChosenList.tsx'
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
    <ChosenList
      chosen={chosen}
      nameOf={(id) => schema.find(id, isColumn)?.name ?? 'a removed column'}
      noteOf={(id) => {
        const column = schema.find(id, isColumn)
        return column && showType(column.type, schema)
      }}
      options={options(rest)}
      label={`Add to ${field.label.toLowerCase()}`}
      placeholder={chosen.length === 0 ? 'Choose a column' : 'Add a column'}
      set={set}
    />
  )
}
