import { useMemo } from 'react'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
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
  if (inline) return isColumn(object) ? `${inline}${referencesOf(object, schema)}` : inline
  const clauses = schema
    .children(object.id)
    .toSorted((a, b) => kindOf(a).order - kindOf(b).order)
    .flatMap((child) => kindOf(child).inline?.(child, schema) ?? [])
  return kind
    .create(object, schema, clauses)
    .map((statement) => `${statement.sql};`)
    .join('\n')
}

/** The foreign keys of a column alone, as the constraints that may stand behind it. */
function referencesOf(column: ObjectBase, schema: Schema): string {
  return schema
    .childrenOf(column.parent, isForeignKey)
    .filter((key) => key.columns.length === 1 && key.columns[0] === column.id)
    .flatMap((key) => /REFERENCES [\s\S]*/.exec(kindOf(key).inline?.(key, schema) ?? '') ?? [])
    .map((clause) => `\n  ${clause.replace(/ (?=ON (DELETE|UPDATE) )/g, '\n  ')}`)
    .join('')
}
