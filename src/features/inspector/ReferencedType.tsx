import { isEnum } from '../../core/kinds/enum/enum.kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { PgType } from '../../core/model/pg-type.ts'
import type { Schema } from '../../core/model/schema.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './inspector.module.css'
import { openObject } from './open-object.ts'

interface ReferencedTypeProps {
  readonly type: PgType
  readonly schema: Schema
}

/** The user's own type of a column, with the way to it. */
export function ReferencedType({ type, schema }: ReferencedTypeProps) {
  const object = type.ref === null ? undefined : schema.get(type.ref)
  if (!object) return null
  const { label } = kindOf(object)
  return (
    <section className={styles.section} aria-label={`${label} ${object.name}`}>
      <h3>
        {label} {object.name}
        <span className={styles.space} />
        <IconButton
          size="small"
          icon="arrow-up-right"
          label={`Open ${label.toLowerCase()}`}
          onClick={() => openObject(object.id)}
        />
      </h3>
      {isEnum(object) && <p className={styles.say}>{object.labels.join(', ')}</p>}
    </section>
  )
}
