import { useMemo } from 'react'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'
import { copyText } from '../../state/files.ts'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './inspector.module.css'

interface SqlPreviewProps {
  readonly object: ObjectBase
  readonly schema: Schema
}

/** The SQL that makes the object. */
export function SqlPreview({ object, schema }: SqlPreviewProps) {
  const sql = useMemo(() => sqlOf(object, schema), [object, schema])
  return (
    <section className={styles.section} aria-label="SQL">
      <h3>
        SQL
        <span className={styles.space} />
        <IconButton size="small" icon="copy" label="Copy SQL" onClick={() => copyText(sql)} />
      </h3>
      <CodeBlock text={sql} className={styles.preview} />
    </section>
  )
}

/** Its clause where it is part of another statement, otherwise its own statements. */
function sqlOf(object: ObjectBase, schema: Schema): string {
  const kind = kindOf(object)
  const inline = kind.inline?.(object, schema)
  if (inline) return inline
  const clauses = schema
    .children(object.id)
    .toSorted((a, b) => kindOf(a).order - kindOf(b).order)
    .flatMap((child) => kindOf(child).inline?.(child, schema) ?? [])
  return kind
    .create(object, schema, clauses)
    .map((statement) => `${statement.sql};`)
    .join('\n')
}
