import { type ReactNode, useMemo } from 'react'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { fieldsOf } from '../../core/kinds/field-access.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { useShown, useShownProblems } from '../../state/past.ts'
import { ChildSections } from './ChildSections.tsx'
import { ColumnList } from './ColumnList.tsx'
import { FieldProblems } from './FieldProblems.tsx'
import { FieldRows } from './FieldRows.tsx'
import { ForeignKeySection, KeySentence, NoReference } from './ForeignKeySection.tsx'
import { Header } from './Header.tsx'
import styles from './inspector.module.css'
import { OwnerRow } from './OwnerRow.tsx'
import { PastColumns } from './PastColumns.tsx'
import { ReferencedType } from './ReferencedType.tsx'
import { SchemaRow } from './SchemaRow.tsx'
import { SqlPreview } from './SqlPreview.tsx'
import { UsedBy } from './UsedBy.tsx'

interface ObjectInspectorProps {
  readonly object: ObjectBase
  readonly schema: Schema
}

/** One object: its fields, what belongs to it, who uses it, its comment and its SQL. */
export function ObjectInspector({ object, schema }: ObjectInspectorProps) {
  const all = useShownProblems((found) => found)
  const { past, ...shownSchema } = useShown()
  const baseline = shownSchema.baseline.objects.get(object.id)
  const problems = useMemo(() => all.filter((problem) => problem.object === object.id), [all, object.id])
  const fields = fieldsOf(kindOf(object))
  const comment = fields.find(([, field]) => field.editor.type === 'comment')?.[0]
  const shown = new Set(fields.filter(([, field]) => field.editor.type !== 'hidden').map(([name]) => name))
  const general = problems.filter(({ field }) => field === undefined || !shown.has(field))
  const keys = isColumn(object)
    ? schema.childrenOf(object.parent, isForeignKey).filter((key) => key.columns.includes(object.id))
    : []
  return (
    <div className={styles.inspector}>
      <Header object={object} schema={schema} />
      <div className={styles.scroll} key={object.id}>
        <Fields label="Fields">
          <FieldProblems object={object} problems={general} schema={schema} />
          {isForeignKey(object) && <KeySentence foreignKey={object} schema={schema} />}
          <FieldRows
            object={object}
            schema={schema}
            baseline={baseline}
            problems={problems}
            without={comment === undefined ? [] : [comment]}
          />
          <SchemaRow objects={[object]} schema={schema} />
          <OwnerRow objects={[object]} schema={schema} />
        </Fields>
        {isColumn(object) && <ReferencedType type={object.type} schema={schema} />}
        {isTable(object) &&
          (past ? (
            <PastColumns table={object} schema={schema} />
          ) : (
            <ColumnList table={object} schema={schema} />
          ))}
        {isColumn(object) && keys.length === 0 && !past && <NoReference column={object} schema={schema} />}
        {keys.map((key) => (
          <ForeignKeySection key={key.id} foreignKey={key} schema={schema} />
        ))}
        <ChildSections parent={object} schema={schema} />
        <UsedBy object={object} schema={schema} without={keys.map((key) => key.id)} />
        {comment !== undefined && (
          <Fields label="Comment">
            <FieldRows
              object={object}
              schema={schema}
              baseline={baseline}
              problems={problems}
              only={[comment]}
            />
          </Fields>
        )}
        <SqlPreview object={object} schema={schema} />
      </div>
    </div>
  )
}

/** Fields of the past are only looked at. */
function Fields({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const { past } = useShown()
  return (
    <section className={styles.section} aria-label={label}>
      <fieldset className={styles.fields} disabled={past !== null}>
        {children}
      </fieldset>
    </section>
  )
}
