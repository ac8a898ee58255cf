import { removeObjects } from '../../core/commands/remove-objects.ts'
import { setFields } from '../../core/commands/set-fields.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import type { ForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { uniqueKeysOf } from '../../core/layout/unique-keys.ts'
import type { Schema } from '../../core/model/schema.ts'
import { qualifiedName } from '../../core/sql/names.ts'
import { dispatch } from '../../state/document-store.ts'
import { useEngine, useProject } from '../../state/use-stores.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { FieldRow } from '../../ui/TextField.tsx'
import { cardinalityOf } from './cardinality.ts'
import { FieldProblems } from './FieldProblems.tsx'
import { FieldRows } from './FieldRows.tsx'
import styles from './inspector.module.css'

interface ForeignKeySectionProps {
  readonly foreignKey: ForeignKey
  readonly schema: Schema
}

/** A foreign key as part of its column: what it says, what it points to, what happens to it. */
export function ForeignKeySection({ foreignKey, schema }: ForeignKeySectionProps) {
  const all = useEngine((state) => state.problems)
  const baseline = useProject((state) => state.baseline.objects.get(foreignKey.id))
  const problems = all.filter((problem) => problem.object === foreignKey.id)
  const isSimple = foreignKey.columns.length === 1
  return (
    <section className={styles.section} aria-label="Foreign key">
      <h3>
        Foreign key
        <span className={styles.space} />
        <IconButton
          size="small"
          icon="trash-2"
          label="Remove foreign key"
          onClick={() =>
            dispatch('Remove foreign key', (document) => removeObjects(document, [foreignKey.id]))
          }
        />
      </h3>
      <KeySentence foreignKey={foreignKey} schema={schema} />
      <FieldProblems
        object={foreignKey}
        problems={problems.filter(
          ({ field }) => field === undefined || (isSimple && !ownRows.includes(field)),
        )}
        schema={schema}
      />
      {isSimple && <References foreignKey={foreignKey} schema={schema} />}
      <FieldRows
        object={foreignKey}
        schema={schema}
        baseline={baseline}
        problems={problems}
        {...(isSimple ? { only: ownRows } : { without: ['columns'] })}
      />
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
  const targets = schema.all(isTable).flatMap((table) =>
    uniqueKeysOf(table.id, schema)
      .filter((key) => key.length === 1)
      .flatMap((key) => schema.find(key[0], isColumn) ?? [])
      .map((column) => ({ table, column })),
  )
  const present = foreignKey.referencedColumns[0] ?? ''
  const options = targets.map(({ table, column }) => ({
    value: column.id,
    label: `${qualifiedName(table, schema)}.${column.name}`,
  }))
  const known = options.some((option) => option.value === present)
  const table = schema.get(foreignKey.referencedTable)?.name ?? '?'
  return (
    <FieldRow label="References">
      <Select
        label="References"
        mono
        value={present}
        options={
          known
            ? options
            : [{ value: present, label: `${table}.${schema.get(present)?.name ?? '?'}` }, ...options]
        }
        onChange={(id) => {
          const target = targets.find(({ column }) => column.id === id)
          if (!target) return
          dispatch('Change foreign key', (document) =>
            setFields(document, {
              object: foreignKey.id,
              values: { referencedTable: target.table.id, referencedColumns: [target.column.id] },
            }),
          )
        }}
      />
    </FieldRow>
  )
}
