import { addForeignKey, typesFit } from '../../core/commands/add-foreign-key.ts'
import { removeObjects } from '../../core/commands/remove-objects.ts'
import { setFields } from '../../core/commands/set-field.ts'
import { type Column, isColumn } from '../../core/kinds/column/column.kind.ts'
import type { ForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { uniqueKeysOf } from '../../core/layout/unique-keys.ts'
import type { Schema } from '../../core/model/schema.ts'
import { qualifiedNameOf } from '../../core/sql/names.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { useShown, useShownProblems } from '../../state/past.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { FieldRow } from '../../ui/TextField.tsx'
import { cardinalityOf } from './cardinality.ts'
import { FieldProblems } from './FieldProblems.tsx'
import { FieldRows } from './FieldRows.tsx'
import styles from './inspector.module.css'
import { showType } from './type-options.ts'

interface ForeignKeySectionProps {
  readonly foreignKey: ForeignKey
  readonly schema: Schema
}

/** A foreign key as part of its column: what it says, what it points to, what happens to it. */
export function ForeignKeySection({ foreignKey, schema }: ForeignKeySectionProps) {
  const all = useShownProblems((found) => found)
  const { past, ...shown } = useShown()
  const baseline = shown.baseline.objects.get(foreignKey.id)
  const problems = all.filter((problem) => problem.object === foreignKey.id)
  const isSimple = foreignKey.columns.length === 1
  return (
    <section className={styles.section} aria-label="Foreign key">
      <h3>
        Foreign key
        <span className={styles.space} />
        {past === null && (
          <IconButton
            size="small"
            icon="trash-2"
            label="Remove foreign key"
            onClick={() =>
              dispatch('Remove foreign key', (document) => removeObjects(document, [foreignKey.id]))
            }
          />
        )}
      </h3>
      <KeySentence foreignKey={foreignKey} schema={schema} />
      <FieldProblems
        object={foreignKey}
        problems={problems.filter(
          ({ field }) => field === undefined || (isSimple && !ownRows.includes(field)),
        )}
        schema={schema}
      />
      <fieldset className={styles.fields} disabled={past !== null}>
        {isSimple && <References foreignKey={foreignKey} schema={schema} />}
        <FieldRows
          object={foreignKey}
          schema={schema}
          baseline={baseline}
          problems={problems}
          {...(isSimple ? { only: ownRows } : { without: ['columns'] })}
        />
      </fieldset>
    </section>
  )
}

/** The rows of a key of one column after "References", which stands for its columns. */
const ownRows = ['onDelete', 'onUpdate', 'deferral', 'name']

export function KeySentence({ foreignKey, schema }: ForeignKeySectionProps) {
  const phrases = cardinalityOf(foreignKey, schema)
  if (!phrases) return null
  return (
    <p className={styles.say}>
      {phrases.map((phrase, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: phrases have no identity but their place
        phrase.strong ? <strong key={index}>{phrase.text}</strong> : phrase.text,
      )}
    </p>
  )
}

/** What a key of one column points to: any column that is unique by itself. */
function References({ foreignKey, schema }: ForeignKeySectionProps) {
  const column = schema.find(foreignKey.columns[0], isColumn)
  const present = schema.find(foreignKey.referencedColumns[0], isColumn)
  return (
    <ReferenceChoice
      schema={schema}
      column={column}
      present={present}
      onChange={(target) =>
        dispatch('Change foreign key', (document) =>
          setFields(document, {
            object: foreignKey.id,
            values: { referencedTable: target.parent, referencedColumns: [target.id] },
          }),
        )
      }
    />
  )
}

/** For a column without a foreign key: choosing what it refers to makes one. */
export function NoReference({ column, schema }: { readonly column: Column; readonly schema: Schema }) {
  return (
    <section className={styles.section} aria-label="Foreign key">
      <ReferenceChoice
        schema={schema}
        column={column}
        present={undefined}
        onChange={(target) =>
          dispatch('Add foreign key', (document) =>
            addForeignKey(document, {
              id: newId(),
              newId,
              table: column.parent ?? '',
              columns: [column.id],
              referencedTable: target.parent ?? '',
              referencedColumns: [target.id],
            }),
          )
        }
      />
    </section>
  )
}

interface ReferenceChoiceProps {
  readonly schema: Schema
  readonly column: Column | undefined
  readonly present: Column | undefined
  readonly onChange: (target: Column) => void
}

/** The columns that are unique by themselves, with their types; first those whose type fits. */
function ReferenceChoice({ schema, column, present, onChange }: ReferenceChoiceProps) {
  const unique = schema
    .all(isTable)
    .flatMap((table) => uniqueKeysOf(table.id, schema))
    .flatMap((key) => (key.length === 1 ? (schema.find(key[0], isColumn) ?? []) : []))
  const targets = new Set([...(present ? [present] : []), ...unique].filter((target) => target !== column))
  const label = (target: Column) =>
    `${qualifiedNameOf(target.parent, schema)}.${target.name} ${showType(target.type, schema)}`
  const fits = (target: Column) => column !== undefined && typesFit(column, target)
  const sorted = [...targets].toSorted((a, b) => Number(fits(b)) - Number(fits(a)))
  return (
    <FieldRow label="References">
      <Select
        label="References"
        mono
        value={present?.id ?? null}
        options={sorted.map((target) => ({
          value: target.id,
          label: label(target),
          ...(fits(target) ? { icon: 'link-2' } : {}),
        }))}
        onChange={(id) => {
          const target = schema.find(id, isColumn)
          if (target) onChange(target)
        }}
      />
    </FieldRow>
  )
}
