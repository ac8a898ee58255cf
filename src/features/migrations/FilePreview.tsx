import { useState } from 'react'
import { useStore } from 'zustand'
import { copyText } from '../../state/files.ts'
import { migrationStore } from '../../state/migration-store.ts'
import { Space } from '../../ui/Bar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './migrations.module.css'
import { linesOfStep } from './step-lines.ts'

interface FilePreviewProps {
  /** The title of the step whose lines are lit. */
  readonly title: string | null
}

/** The files as they would be exported. */
export function FilePreview({ title }: FilePreviewProps) {
  const files = useStore(migrationStore, (state) => state.files)
  const [opened, setOpened] = useState(0)
  const lit = title === null ? -1 : files.findIndex((file) => linesOfStep(file.source, title))
  const at = Math.min(lit >= 0 ? lit : opened, files.length - 1)
  const file = files[at]
  if (!file) return <div className={styles.file} />
  return (
    <div className={styles.file}>
      <div className={styles.tabs}>
        <div className={styles.tabList} role="tablist" aria-label="Files">
          {files.map((each, index) => (
            <button
              key={each.fileName}
              type="button"
              role="tab"
              aria-selected={index === at}
              className={styles.tab}
              title={each.fileName}
              onClick={() => setOpened(index)}
            >
              <MiddleEllipsis text={each.fileName} />
            </button>
          ))}
        </div>
        <Space />
        <IconButton
          icon="copy"
          label="Copy file"
          onClick={async () => {
            if (await copyText(file.source)) toast('File copied')
          }}
        />
      </div>
      <div className={styles.code}>
        <SqlEditor
          key={file.fileName}
          label={`Migration ${file.fileName}`}
          language="javascript"
          fontSize={11}
          value={file.source}
          readOnly
          lines={title === null ? null : linesOfStep(file.source, title)}
        />
      </div>
    </div>
  )
}
