import { useRef, useState } from 'react'
import { addColumn } from '../../core/commands/columns.ts'
import { setField } from '../../core/commands/set-field.ts'
import { type Column, isColumn } from '../../core/kinds/column/column.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../../core/kinds/primary-key/primary-key.kind.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { useShownProblems } from '../../state/past.ts'
import { ComboField } from '../../ui/ComboField.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useFieldDraft } from './field-drafts.ts'
import { parseFieldText } from './field-text.ts'
import styles from './inspector.module.css'
import { openObject } from './open-object.ts'
import { readType, showType, typeOptions } from './type-options.ts'

interface ColumnListProps {
  readonly table: ObjectBase
  readonly schema: Schema
}

/** The columns of a table as a grid to type into: Tab goes to the type, Enter to the next row, the last row adds. */
export function ColumnList({ table, schema }: ColumnListProps) {
  const list = useRef<HTMLOListElement>(null)
  const columns = schema.childrenOf(table.id, isColumn)
  const primary = new Set(schema.childrenOf(table.id, isPrimaryKey).flatMap((key) => key.columns))
  const foreign = new Set(schema.childrenOf(table.id, isForeignKey).flatMap((key) => key.columns))
  const focusRow = (row: number, cell = 0) => {
    const inputs = list.current?.children[row]?.querySelectorAll('input')
    inputs?.[cell]?.focus()
    inputs?.[cell]?.select()
  }
  return (
    <section className={styles.section} aria-label="Columns">
      <h3>
        Columns<small className={styles.count}>{columns.length}</small>
      </h3>
      <ol
        ref={list}
        className={styles.columns}
        onKeyDown={(event) => {
          if (!event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
            moveAlong(event, list.current, focusRow)
          }
        }}
      >
        {columns.map((column, index) => (
          <ColumnRow
            key={column.id}
            column={column}
            schema={schema}
            mark={primary.has(column.id) ? 'key-round' : foreign.has(column.id) ? 'link' : null}
            onEnter={() => focusRow(index + 1)}
          />
        ))}
        <NewColumnRow table={table} schema={schema} onAdded={() => focusRow(columns.length + 1)} />
      </ol>
    </section>
  )
}

/** Up and down lead to the same cell of the next row, unless a list of suggestions is open. */
function moveAlong(
  event: React.KeyboardEvent,
  list: HTMLOListElement | null,
  focusRow: (row: number, cell: number) => void,
): void {
  const input = event.target
  if (!(input instanceof HTMLInputElement) || input.getAttribute('aria-expanded') === 'true') return
  const row = [...(list?.children ?? [])].findIndex((item) => item.contains(input))
  const cell = [...(list?.children[row]?.querySelectorAll('input') ?? [])].indexOf(input)
  event.preventDefault()
  event.stopPropagation()
  focusRow(row + (event.key === 'ArrowDown' ? 1 : -1), cell)
}

interface ColumnRowProps {
  readonly column: Column
  readonly schema: Schema
  readonly mark: string | null
  readonly onEnter: () => void
}

function ColumnRow({ column, schema, mark, onEnter }: ColumnRowProps) {
  const isWrong = useShownProblems((problems) =>
    problems.some((problem) => problem.object === column.id && problem.severity === 'error'),
  )
  const set = (title: string, field: string, value: unknown) => {
    dispatch(title, (document) => setField(document, { object: column.id, field, value }))
    return null
  }
  const name = useFieldDraft(`${column.id} name`, column.name, (text) => {
    const parsed = parseFieldText(text, { type: 'name' }, () => true)
    return 'error' in parsed ? parsed.error : set('Rename column', 'name', parsed.value)
  })
  const type = useFieldDraft(`${column.id} type`, showType(column.type, schema), (text) =>
    text.trim() === '' ? 'A type is needed.' : set('Change type', 'type', readType(text, schema)),
  )
  return (
    <li className={classNames(styles.columnRow, isWrong && styles.wrong)}>
      <span className={styles.mark}>
        {mark && <Icon name={mark} size={12} label={mark === 'link' ? 'Foreign key' : 'Primary key'} />}
      </span>
      <input
        className={styles.cell}
        aria-label={`Name of ${column.name}`}
        aria-invalid={name.error !== null || undefined}
        title={name.error ?? undefined}
        value={name.text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => name.change(event.target.value)}
        onBlur={() => name.commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            name.commit()
            onEnter()
          }
          if (event.key === 'Escape') name.cancel()
        }}
      />
      <ComboField
        bare
        mono
        label={`Type of ${column.name}`}
        value={type.text}
        options={typeOptions(schema)}
        invalid={type.error !== null}
        onChange={type.change}
        onCommit={type.commit}
        onCancel={type.cancel}
        onEnter={onEnter}
      />
      <button
        type="button"
        className={styles.nullable}
        aria-pressed={!column.notNull}
        aria-label={`${column.name} may be null`}
        title={column.notNull ? 'Not null' : 'Nullable'}
        onClick={() => set('Change nullability', 'notNull', !column.notNull)}
      >
        {column.notNull ? '' : '?'}
      </button>
      <IconButton
        size="small"
        icon="chevron-right"
        label={`Open ${column.name}`}
        onClick={() => openObject(column.id)}
      />
    </li>
  )
}

interface NewColumnRowProps {
  readonly table: ObjectBase
  readonly schema: Schema
  readonly onAdded: () => void
}

function NewColumnRow({ table, schema, onAdded }: NewColumnRowProps) {
  const [name, setName] = useState('')
  const [type, setType] = useState('')
  const row = useRef<HTMLLIElement>(null)
  const add = (typeText: string) => {
    if (name.trim() === '') return
    dispatch('Add column', (document) =>
      addColumn(document, {
        id: newId(),
        table: table.id,
        name: name.trim(),
        ...(typeText.trim() === '' ? {} : { column: { type: readType(typeText, schema) } }),
      }),
    )
    setName('')
    setType('')
  }
  return (
    <li
      ref={row}
      className={styles.columnRow}
      onBlur={(event) => {
        if (!row.current?.contains(event.relatedTarget)) add(type)
      }}
    >
      <span className={styles.mark}>
        <Icon name="plus" size={12} />
      </span>
      <input
        className={styles.cell}
        aria-label="Name of a new column"
        placeholder="New column"
        value={name}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || name.trim() === '') return
          add(type)
          requestAnimationFrame(onAdded)
        }}
      />
      <ComboField
        bare
        mono
        label="Type of the new column"
        value={type}
        placeholder="text"
        options={typeOptions(schema)}
        onChange={setType}
        onCommit={setType}
        onEnter={(chosen) => {
          if (name.trim() === '') return
          add(chosen)
          requestAnimationFrame(onAdded)
        }}
      />
    </li>
  )
}
