import { useState } from 'react'
import {
  addForeignKey,
  keyColumnName,
  proposeKeyColumns,
  typesFit,
} from '../../core/commands/add-foreign-key.ts'
import { type Column, isColumn } from '../../core/kinds/column/column.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { uniqueKeysOf } from '../../core/layout/unique-keys.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { qualifiedName } from '../../core/sql/names.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { FieldMessage, FieldRow } from '../../ui/TextField.tsx'
import styles from './inspector.module.css'
import { openObject } from './open-object.ts'
import { showType } from './type-options.ts'

interface NewForeignKeyProps {
  readonly table: ObjectBase
  readonly schema: Schema
  readonly onClose: () => void
}

const newColumn = 'new'

/** Makes a foreign key by choosing: the table, which of its keys, and the column for each column of the key. */
export function NewForeignKey({ table, schema, onClose }: NewForeignKeyProps) {
  const [target, setTarget] = useState<ObjectId | null>(null)
  const [place, setPlace] = useState(0)
  const [chosen, setChosen] = useState<readonly (ObjectId | null)[]>([])
  const keys = target === null ? [] : uniqueKeysOf(target, schema)
  const key = keys[place] ?? []
  const own = schema.childrenOf(table.id, isColumn)
  const choose = (referenced: ObjectId, index: number) => {
    setTarget(referenced)
    setPlace(index)
    setChosen(proposeKeyColumns(table.id, uniqueKeysOf(referenced, schema)[index] ?? [], schema))
  }
  const add = () => {
    if (target === null) return
    const id = newId()
    dispatch('Add foreign key', (document) =>
      addForeignKey(document, {
        id,
        newId,
        table: table.id,
        columns: chosen,
        referencedTable: target,
        referencedColumns: key,
      }),
    )
    onClose()
    openObject(id)
  }
  return (
    <fieldset ref={bringIntoView} className={styles.form} aria-label="New foreign key">
      <FieldRow label="References">
        <Select
          label="Referenced table"
          mono
          value={target}
          placeholder="Choose a table"
          options={schema
            .all(isTable)
            .map((option) => ({ value: option.id, label: qualifiedName(option, schema) }))
            .toSorted((a, b) => a.label.localeCompare(b.label))}
          onChange={(id) => choose(id, 0)}
        />
      </FieldRow>
      {target !== null && keys.length === 0 && (
        <FieldMessage>
          {schema.get(target)?.name} has no key to refer to. Give it a primary key first.
        </FieldMessage>
      )}
      {target !== null && keys.length > 1 && (
        <FieldRow label="Its key">
          <Select
            label="Referenced key"
            mono
            value={String(place)}
            options={keys.map((columns, index) => ({
              value: String(index),
              label: columns.map((id) => schema.get(id)?.name ?? '?').join(', '),
            }))}
            onChange={(index) => choose(target, Number(index))}
          />
        </FieldRow>
      )}
      {key.flatMap((id, index) => {
        const referenced = schema.find(id, isColumn)
        if (!referenced) return []
        return (
          <FieldRow key={id} label={`→ ${referenced.name}`}>
            <Select
              label={`Column for ${referenced.name}`}
              mono
              value={chosen[index] ?? newColumn}
              options={columnOptions(own, referenced, table, schema)}
              onChange={(column) => setChosen(chosen.with(index, column === newColumn ? null : column))}
            />
          </FieldRow>
        )
      })}
      <div className={styles.cures}>
        <Button size="small" look="primary" disabled={key.length === 0} onClick={add}>
          Add foreign key
        </Button>
        <Button size="small" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </fieldset>
  )
}

function bringIntoView(form: HTMLFieldSetElement | null): void {
  form?.scrollIntoView({ block: 'nearest' })
  form?.querySelector('button')?.focus({ preventScroll: true })
}

/** A new column, then those whose type fits, then the others; each with its type. */
function columnOptions(own: readonly Column[], referenced: Column, table: ObjectBase, schema: Schema) {
  const fitting = own.filter((column) => typesFit(column, referenced) && column.id !== referenced.id)
  const others = own.filter((column) => !typesFit(column, referenced))
  const written = (name: string, column: Column) => `${name} ${showType(column.type, schema)}`
  return [
    {
      value: newColumn,
      label: `New: ${written(keyColumnName(table.id, referenced.id, schema), referenced)}`,
      icon: 'plus',
    },
    ...fitting.map((column) => ({
      value: column.id,
      label: written(column.name, column),
      icon: 'link-2',
    })),
    ...others.map((column) => ({ value: column.id, label: written(column.name, column) })),
  ]
}
