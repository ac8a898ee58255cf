import { useState } from 'react'
import { useStore } from 'zustand'
import { formatNames } from '../../core/project/setting-names.ts'
import { pathOfFile } from '../../core/sequelize/migration-file.ts'
import { copyText } from '../../state/files.ts'
import { chooseFormat } from '../../state/migration-settings.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { Space } from '../../ui/Bar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/toast.ts'
import { filePhases } from './file-phases.ts'
import styles from './migrations.module.css'
import { PhaseList } from './PhaseList.tsx'
import { linesOfStep } from './step-lines.ts'

interface FilePreviewProps {
  /** The title of the step whose lines are lit. */
  readonly title: string | null
  /** A file was chosen: what was lit lets go. */
  readonly onOpen: () => void
}

/** The files as they would be exported. */
export function FilePreview({ title, onOpen }: FilePreviewProps) {
  const { files, plan, settings } = useStore(migrationStore)
  const [opened, setOpened] = useState(0)
  const lit = title === null ? -1 : files.findIndex((file) => linesOfStep(file.source, title))
  const at = Math.min(lit >= 0 ? lit : opened, files.length - 1)
  const file = files[at]
  if (!file) return <div className={styles.file} />
  const phases = filePhases(files, plan)
  const open = (index: number) => {
    setOpened(index)
    onOpen()
  }
  return (
    <div className={styles.file}>
      <div className={styles.tabs}>
        {phases.length > 0 ? (
          <span className={styles.path}>{pathOfFile(file)}</span>
        ) : (
          <div className={styles.tabList} role="tablist" aria-label="Files">
            {files.map((each, index) => (
              <button
                key={each.fileName}
                type="button"
                role="tab"
                aria-selected={index === at}
                className={styles.tab}
                title={pathOfFile(each)}
                onClick={() => open(index)}
              >
                <MiddleEllipsis text={each.fileName} />
              </button>
            ))}
          </div>
        )}
        <Space />
        <div className={styles.format}>
          <Select
            label="Write files for"
            value={settings.format}
            options={formatNames}
            onChange={chooseFormat}
          />
        </div>
        <IconButton
          icon="copy"
          label="Copy file"
          onClick={async () => {
            if (await copyText(file.source)) toast('File copied')
          }}
        />
      </div>
      <div className={styles.phased}>
        {phases.length > 0 && <PhaseList phases={phases} at={at} onOpen={open} />}
        <div className={styles.code}>
          <SqlEditor
            key={pathOfFile(file)}
            label={`Migration ${file.fileName}`}
            {...(settings.format === 'sql' ? {} : { language: 'javascript' as const })}
            fontSize={11}
            value={file.source}
            readOnly
            lines={title === null ? null : linesOfStep(file.source, title)}
          />
        </div>
      </div>
    </div>
  )
}
