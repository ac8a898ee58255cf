import { useEffect, useRef, useState } from 'react'
import { addPartOf } from '../../core/commands/add-part-of.ts'
import { columnKind } from '../../core/kinds/column/column.kind.ts'
import { foreignKeyKind } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import type { Kind } from '../../core/kinds/kind.ts'
import { ownerKind } from '../../core/kinds/owner/owner.kind.ts'
import { allKinds, kindOf } from '../../core/kinds/registry.ts'
import { isSchemaObject } from '../../core/kinds/schema/schema.kind.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { useShown, useShownProblems } from '../../state/past.ts'
import { sessionStore } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './inspector.module.css'
import { NewForeignKey } from './NewForeignKey.tsx'
import { summaryOf } from './object-summary.ts'
import { openObject } from './open-object.ts'

const elsewhere = new Set<string>([columnKind.name, ownerKind.name])

interface ChildSectionsProps {
  readonly parent: ObjectBase
  readonly schema: Schema
}

/** What lives in the object, a section for each kind that may; columns have a list of their own, the owner a row. */
export function ChildSections({ parent, schema }: ChildSectionsProps) {
  if (isSchemaObject(parent)) return null
  return allKinds()
    .filter(({ name, parents }) => parents.includes(parent.kind) && !elsewhere.has(name))
    .map((kind) => <ChildSection key={kind.name} kind={kind} parent={parent} schema={schema} />)
}

interface ChildSectionProps extends ChildSectionsProps {
  readonly kind: Kind<ObjectBase>
}

function ChildSection({ kind, parent, schema }: ChildSectionProps) {
  const [choosing, setChoosing] = useState(false)
  const section = useRef<HTMLElement>(null)
  const isWanted = useSession((state) => state.list === kind.name)
  useEffect(() => {
    if (!isWanted) return
    section.current?.scrollIntoView({ block: 'nearest' })
    section.current?.querySelector('button')?.focus({ preventScroll: true })
    sessionStore.setState({ list: null })
  }, [isWanted])
  const make = addPartOf(kind.name, parent.id, schema)
  const needsChoices = kind.name === foreignKeyKind.name
  const own = schema.children(parent.id).filter((child) => child.kind === kind.name)
  const { past } = useShown()
  const canAdd = past === null && (make !== null || needsChoices)
  if (own.length === 0 && !canAdd) return null
  const noun = kind.label.toLowerCase()
  const add = () => {
    if (!make) return setChoosing(true)
    const id = newId()
    dispatch(`Add ${noun}`, (document) => make(document, id, parent.id))
    openObject(id)
  }
  return (
    <section className={styles.section} aria-label={kind.plural} ref={section}>
      <h3>
        {own.length === 1 && !canAdd ? kind.label : kind.plural}
        <small className={styles.count}>
          {own.length === 0 || (own.length === 1 && !canAdd) ? '' : own.length}
        </small>
        <span className={styles.space} />
        {canAdd && <IconButton size="small" icon="plus" label={`Add ${noun}`} onClick={add} />}
      </h3>
      {own.map((child) => (
        <ChildRow key={child.id} child={child} schema={schema} />
      ))}
      {choosing && <NewForeignKey table={parent} schema={schema} onClose={() => setChoosing(false)} />}
    </section>
  )
}

interface ChildRowProps {
  readonly child: ObjectBase
  readonly schema: Schema
}

/** One object in a list: icon, name and what matters of it; pressing it opens it. */
export function ChildRow({ child, schema }: ChildRowProps) {
  const severity = useShownProblems(
    (problems) => problems.find((problem) => problem.object === child.id)?.severity ?? null,
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
