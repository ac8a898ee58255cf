import { useMemo } from 'react'
import { referencesOf } from '../../core/kinds/field-access.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { ChildRow } from './ChildSections.tsx'
import styles from './inspector.module.css'

interface UsedByProps {
  readonly object: ObjectBase
  readonly schema: Schema
  /** Users that are shown elsewhere. */
  readonly without: readonly ObjectId[]
}

/** What refers to the object, so that a person sees what a change reaches. */
export function UsedBy({ object, schema, without }: UsedByProps) {
  const users = useMemo(() => usersOf(object, schema), [object, schema])
  const shown = users.filter((user) => !without.includes(user.id))
  if (shown.length === 0) return null
  return (
    <section className={styles.section} aria-label="Used by">
      <h3>Used by</h3>
      {shown.map((user) => (
        <ChildRow key={user.id} child={user} schema={schema} />
      ))}
    </section>
  )
}

function usersOf(object: ObjectBase, schema: Schema): readonly ObjectBase[] {
  return [...schema.document.objects.values()].filter((user) => {
    if (user.id === object.id || user.parent === object.id) return false
    const kind = kindOf(user)
    return (
      referencesOf(user, kind).includes(object.id) ||
      (kind.dependsOn?.(user, schema) ?? []).includes(object.id)
    )
  })
}
