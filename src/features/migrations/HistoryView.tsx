import { useState } from 'react'
import type { ExportedMigration } from '../../core/project/project.ts'
import { pathOfFile } from '../../core/sequelize/render-migration.ts'
import { useProject } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import styles from './history.module.css'

/** What was exported, the last first; each file says at its top how it was proved. */
export function HistoryView() {
  const history = useProject((state) => state.history)
  const [opened, setOpened] = useState(history.length - 1)
  const file = history[opened] ?? history.at(-1)
  if (!file) return null
  return (
    <div className={styles.columns}>
      <ol className={styles.list} aria-label="Exported migrations">
        {[...exportsOf(history)].toReversed().map(({ exportedAt, proven, files }) => (
          <li key={exportedAt}>
            <div className={styles.export}>
              <Icon
                name={proven ? 'circle-check' : 'triangle-alert'}
                size={13}
                className={proven ? styles.valid : styles.warning}
              />
              <strong>{new Date(exportedAt).toLocaleString()}</strong>
              <small>{proven ? 'proved' : 'not proved'}</small>
            </div>
            {files.map(({ migration, index }) => (
              <button
                key={index}
                type="button"
                aria-current={migration === file}
                className={classNames(styles.file, migration === file && styles.on)}
                onClick={() => setOpened(index)}
              >
                <MiddleEllipsis text={pathOfFile(migration)} />
              </button>
            ))}
          </li>
        ))}
      </ol>
      <SqlEditor
        key={pathOfFile(file)}
        label={`Exported ${file.fileName}`}
        {...(file.fileName.endsWith('.sql') ? {} : { language: 'javascript' as const })}
        fontSize={11}
        value={file.source}
        readOnly
      />
    </div>
  )
}

interface Export {
  readonly exportedAt: string
  readonly proven: boolean
  readonly files: { readonly migration: ExportedMigration; readonly index: number }[]
}

/** Files that were exported together. */
function exportsOf(history: readonly ExportedMigration[]): readonly Export[] {
  const exports: Export[] = []
  for (const [index, migration] of history.entries()) {
    const { exportedAt, proven } = migration
    const last = exports.at(-1)
    if (last?.exportedAt === exportedAt) last.files.push({ migration, index })
    else exports.push({ exportedAt, proven, files: [{ migration, index }] })
  }
  return exports
}
