import { addPartOf } from '../../core/commands/add-part-of.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { allKinds, kindOf } from '../../core/kinds/registry.ts'
import { isSchemaObject } from '../../core/kinds/schema/schema.kind.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { useEngine } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './inspector.module.css'
import { summaryOf } from './object-summary.ts'
import { openObject } from './open-object.ts'

interface ChildSectionsProps {
  readonly parent: ObjectBase
  readonly schema: Schema
}

/** What lives in the object, a section for each kind that may; columns have a list of their own. */
export function ChildSections({ parent, schema }: ChildSectionsProps) {
  if (isSchemaObject(parent)) return null
  const children = schema.children(parent.id).filter((child) => !isColumn(child))
  return allKinds()
    .filter((kind) => kind.parents.includes(parent.kind))
    .map((kind) => {
      const add = addPartOf(kind.name, parent.id, schema)
      const own = children.filter((child) => child.kind === kind.name)
      if (own.length === 0 && !add) return null
      return (
        <section key={kind.name} className={styles.section} aria-label={kind.plural}>
          <h3>
            {own.length === 1 && !add ? kind.label : kind.plural}
            <small className={styles.count}>
              {own.length === 0 || (own.length === 1 && !add) ? '' : own.length}
            </small>
            <span className={styles.space} />
            {add && (
              <IconButton
                size="small"
                icon="plus"
                label={`Add ${kind.label.toLowerCase()}`}
                onClick={() => {
                  const id = newId()
                  dispatch(`Add ${kind.label.toLowerCase()}`, (document) => add(document, id, parent.id))
                  openObject(id)
                }}
              />
            )}
          </h3>
          {own.map((child) => (
            <ChildRow key={child.id} child={child} schema={schema} />
          ))}
        </section>
      )
    })
}

interface ChildRowProps {
  readonly child: ObjectBase
  readonly schema: Schema
}

/** One object in a list: icon, name and what matters of it; pressing it opens it. */
export function ChildRow({ child, schema }: ChildRowProps) {
  const severity = useEngine(
    (state) => state.problems.find((problem) => problem.object === child.id)?.severity ?? null,
  )
  return (
    <button type="button" className={styles.item} onClick={() => openObject(child.id)}>
      <Icon name={kindOf(child).icon} size={13} />
      <span>{child.name}</span>
      <small className={classNames(severity === 'error' && styles.wrongText)}>
        {severity === 'blocked' ? 'blocked' : severity === 'error' ? 'refused' : summaryOf(child, schema)}
      </small>
    </button>
  )
}
