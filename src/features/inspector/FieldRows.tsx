import { useId, useState } from 'react'
import { setField, setFields } from '../../core/commands/set-field.ts'
import { fieldsOf, readField } from '../../core/kinds/field-access.ts'
import type { Field } from '../../core/kinds/kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { Schema } from '../../core/model/schema.ts'
import { dispatch } from '../../state/document-store.ts'
import { Icon } from '../../ui/Icon.tsx'
import { FieldRow } from '../../ui/TextField.tsx'
import { FieldEditor } from './editors/FieldEditor.tsx'
import { ValueEditor } from './editors/ValueEditor.tsx'
import { FieldProblems } from './FieldProblems.tsx'
import { displayedFields, isAnySet, withAdvancedApart } from './field-order.ts'
import { isLongText } from './field-text.ts'
import styles from './inspector.module.css'

interface FieldRowsProps {
  readonly object: ObjectBase
  readonly schema: Schema
  readonly baseline: ObjectBase | undefined
  readonly problems: readonly Problem[]
  /** Fields that are shown elsewhere. */
  readonly without?: readonly string[]
  /** Only these fields, in this order, wherever their usual place is. */
  readonly only?: readonly string[]
}

type NamedField = readonly [string, Field<ObjectBase, unknown>]

/** A row for each field of the object, drawn from its kind's table. */
export function FieldRows({ object, schema, baseline, problems, without = [], only }: FieldRowsProps) {
  const kind = kindOf(object)
  const fields = fieldsOf(kind).filter(([name]) => !without.includes(name))
  if (only !== undefined) {
    return only
      .flatMap((name) => fields.filter((named) => named[0] === name))
      .map((named) => (
        <Row key={named[0]} named={named} object={object} schema={schema} problems={problems} />
      ))
  }
  const generated = fields.find(([, field]) => field.editor.type === 'generated')
  const identity = fields.find(([, field]) => field.editor.type === 'identity')
  const { usual, advanced } = withAdvancedApart(displayedFields(fields, object, baseline))
  const rows = (some: readonly NamedField[]) =>
    some.map((named) => (
      <Row key={named[0]} named={named} object={object} schema={schema} problems={problems} />
    ))
  return (
    <>
      {rows(usual)}
      {generated && identity && (
        <ValueRow
          object={object}
          schema={schema}
          problems={problems}
          generated={generated}
          identity={identity}
        />
      )}
      {advanced.length > 0 && (
        <details className={styles.advanced} open={isAnySet(advanced, object)}>
          <summary>
            <Icon name="chevron-right" size={12} />
            Advanced
          </summary>
          {rows(advanced)}
        </details>
      )}
    </>
  )
}

interface RowProps {
  readonly named: NamedField
  readonly object: ObjectBase
  readonly schema: Schema
  readonly problems: readonly Problem[]
}

function Row({ named: [name, field], object, schema, problems }: RowProps) {
  const controlId = useId()
  const [isLong] = useState(() => isLongText(readField(object, name)))
  const isWide = field.editor.type === 'code' || (field.editor.type === 'expression' && isLong)
  const own = problems.filter((problem) => problem.field === name)
  const editor = (
    <FieldEditor
      object={object}
      name={name}
      field={field}
      value={readField(object, name)}
      schema={schema}
      problems={own}
      isLong={isLong}
      controlId={controlId}
      set={(value) => {
        if (!field.valid(value)) return `This is no ${field.label.toLowerCase()}.`
        dispatch(`Change ${field.label.toLowerCase()}`, (document) =>
          setField(document, { object: object.id, field: name, value }),
        )
        return null
      }}
    />
  )
  return (
    <>
      {isWide ? (
        <div className={styles.wide}>
          <span>{field.label}</span>
          {editor}
        </div>
      ) : (
        <FieldRow label={rowLabel(field)} htmlFor={labelable(field) ? controlId : undefined}>
          {editor}
        </FieldRow>
      )}
      <FieldProblems object={object} name={name} problems={own} schema={schema} />
    </>
  )
}

function rowLabel({ editor, label }: Field<ObjectBase, unknown>): string {
  return editor.type === 'boolean' ? (editor.row ?? label) : label
}

/** Editors made of one element that a label may point to. */
function labelable({ editor }: Field<ObjectBase, unknown>): boolean {
  return ['name', 'text', 'number', 'comment', 'texts', 'choice', 'object', 'pg-type'].includes(editor.type)
}

interface ValueRowProps extends Omit<RowProps, 'named'> {
  readonly generated: NamedField
  readonly identity: NamedField
}

function ValueRow({ object, schema, problems, generated, identity }: ValueRowProps) {
  const own = problems.filter(({ field }) => field === generated[0] || field === identity[0])
  return (
    <>
      <FieldRow label="Value">
        <ValueEditor
          object={object}
          schema={schema}
          problems={own}
          controlId=""
          generatedField={generated[0]}
          identityField={identity[0]}
          setAll={(values) => {
            dispatch('Change value', (document) => setFields(document, { object: object.id, values }))
            return null
          }}
        />
      </FieldRow>
      <FieldProblems object={object} name={generated[0]} problems={own} schema={schema} />
    </>
  )
}
