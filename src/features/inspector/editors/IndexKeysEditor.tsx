import { columnKey } from '../../../core/commands/add-parts.ts'
import { columnsBeside } from '../../../core/kinds/column-holder.ts'
import type { IndexKey } from '../../../core/kinds/index/index.kind.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SqlLine } from '../../../ui/monaco/SqlLine.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useCompletions } from '../completions.ts'
import { useFieldDraft } from '../field-drafts.ts'
import styles from '../inspector.module.css'
import type { EditorProps } from './editor-props.ts'

const expressionChoice = 'expression'

const orders = {
  'asc ': { order: 'asc', nulls: null, label: 'Ascending' },
  'desc ': { order: 'desc', nulls: null, label: 'Descending' },
  'asc first': { order: 'asc', nulls: 'first', label: 'Ascending, nulls first' },
  'asc last': { order: 'asc', nulls: 'last', label: 'Ascending, nulls last' },
  'desc first': { order: 'desc', nulls: 'first', label: 'Descending, nulls first' },
  'desc last': { order: 'desc', nulls: 'last', label: 'Descending, nulls last' },
} as const

type OrderName = keyof typeof orders

/** The keys of an index: columns or expressions with order and operator class. */
export function IndexKeysEditor(props: EditorProps) {
  const { field, value, set, object, schema } = props
  // The kind's own guard, so that the list below has the type it checks.
  const isKeys = (keys: unknown): keys is readonly IndexKey[] => field.valid(keys)
  if (!isKeys(value)) return null
  const unused = columnsBeside(object, schema).find(
    (column) => !value.some((key) => key.column === column.id),
  )
  return (
    <div className={styles.stack}>
      {value.map((key, index) => (
        <KeyEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a key has no identity but its place
          key={index}
          {...props}
          indexKey={key}
          place={index}
          onChange={(next) => set(value.toSpliced(index, 1, next))}
          onRemove={value.length > 1 ? () => set(value.toSpliced(index, 1)) : undefined}
        />
      ))}
      <Button
        look="link"
        size="small"
        icon="plus"
        className={styles.add}
        disabled={!unused}
        onClick={() => unused && set([...value, columnKey(unused.id)])}
      >
        Add key
      </Button>
    </div>
  )
}

interface KeyEditorProps extends EditorProps {
  readonly indexKey: IndexKey
  readonly place: number
  readonly onChange: (key: IndexKey) => void
  readonly onRemove: (() => void) | undefined
}

function KeyEditor({ object, name, schema, indexKey: key, place, onChange, onRemove }: KeyEditorProps) {
  const columns = columnsBeside(object, schema)
  const completions = useCompletions(object, schema)
  const draftKey = `${object.id} ${name} ${place}`
  const expression = useFieldDraft(draftKey, key.expression ?? '', (text) => {
    if (text.trim() === '') return 'An expression is needed.'
    onChange({ ...key, expression: text.trim() })
    return null
  })
  const opclass = useFieldDraft(`${draftKey} opclass`, key.opclass ?? '', (text) => {
    onChange({ ...key, opclass: text.trim() || null })
    return null
  })
  const order: OrderName = `${key.order} ${key.nulls ?? ''}`
  const label = `Key ${place + 1}`
  return (
    <div className={styles.part}>
      <div className={styles.pair}>
        <Select
          label={label}
          value={key.column ?? expressionChoice}
          options={[
            ...columns.map((column) => ({ value: column.id, label: column.name })),
            { value: expressionChoice, label: 'Expression' },
          ]}
          onChange={(chosen) => {
            if (chosen !== expressionChoice) return onChange({ ...key, column: chosen, expression: null })
            if (key.column === null) return
            const column = schema.get(key.column)?.name ?? ''
            onChange({ ...key, column: null, expression: `lower(${column})` })
          }}
        />
        {onRemove && <IconButton icon="x" label={`Remove key ${place + 1}`} onClick={onRemove} />}
      </div>
      {key.column === null && (
        <div className={styles.codeLine}>
          <SqlLine
            label={`${label}, expression`}
            value={expression.text}
            completions={completions}
            onChange={expression.change}
            onCommit={() => expression.commit()}
            onCancel={expression.cancel}
          />
        </div>
      )}
      <div className={styles.pair}>
        <Select
          label={`${label}, order`}
          value={order}
          options={Object.entries(orders).map(([value, option]) => ({ value, label: option.label }))}
          onChange={(chosen) => {
            const next = Object.entries(orders).find(([candidate]) => candidate === chosen)?.[1]
            if (next) onChange({ ...key, order: next.order, nulls: next.nulls })
          }}
        />
        <TextField
          label={`${label}, operator class`}
          mono
          placeholder="opclass"
          value={opclass.text}
          onChange={opclass.change}
          onBlur={() => opclass.commit()}
          onKeyDown={(event) => event.key === 'Enter' && opclass.commit()}
        />
      </div>
    </div>
  )
}
