import { useState } from 'react'
import { useStore } from 'zustand'
import { chooseFile, readDroppedFile } from '../../state/files.ts'
import {
  cancelImport,
  importAsProject,
  importIntoProject,
  importStore,
  startImport,
} from '../../state/import-store.ts'
import { projectStore } from '../../state/project-store.ts'
import { openDialog } from '../../state/session-store.ts'
import { useProject, useSession } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { FieldMessage, TextArea } from '../../ui/TextField.tsx'
import { ImportReportView } from './ImportReportView.tsx'
import styles from './import.module.css'

/** SQL of this size in characters is not put into the text area: it would only make the page slow. */
const shownLength = 200_000

/** Brings SQL in: a text or a dropped file is run by PostgreSQL, and a report says what became of each object. */
export function ImportDialog() {
  const given = useSession((state) => state.importSource)
  const isOpen = useProject((state) => state.id !== null && state.saving !== 'read-only')
  const state = useStore(importStore)
  const [source, setSource] = useState(given ?? { name: '', sql: '' })
  const close = () => {
    cancelImport()
    openDialog(null)
  }
  return (
    <Dialog
      open
      title="Import SQL"
      width={760}
      onClose={close}
      footer={
        state.phase === 'source' ? (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              look="primary"
              disabled={source.sql.trim() === ''}
              onClick={() => void startImport(source.sql)}
            >
              Read SQL
            </Button>
          </>
        ) : state.phase === 'running' ? (
          <Button onClick={cancelImport}>Cancel import</Button>
        ) : (
          <>
            <Button look="quiet" onClick={cancelImport}>
              Back
            </Button>
            {isOpen && (
              <Button
                disabled={state.result.document.objects.size === 0}
                onClick={() => {
                  importIntoProject()
                  openDialog(null)
                }}
              >
                Add to {projectStore.getState().name}
              </Button>
            )}
            <Button
              look="primary"
              disabled={state.result.document.objects.size === 0}
              onClick={async () => {
                await importAsProject(projectName(source.name))
                openDialog(null)
              }}
            >
              Open as new project
            </Button>
          </>
        )
      }
    >
      {state.phase === 'source' && <Source source={source} onChange={setSource} failure={state.failure} />}
      {state.phase === 'running' && (
        <div className={styles.running}>
          <Progress label={state.progress.phase} done={state.progress.done} total={state.progress.total} />
        </div>
      )}
      {state.phase === 'report' && <ImportReportView report={state.result.report} />}
    </Dialog>
  )
}

/** `forge_crm.sql` → "forge_crm". */
function projectName(file: string): string {
  return file.replace(/\.(sql|txt|dump)$/i, '') || 'Imported schema'
}

interface SqlSource {
  readonly name: string
  readonly sql: string
}

interface SourceProps {
  readonly source: SqlSource
  readonly onChange: (source: SqlSource) => void
  readonly failure: string | null
}

function Source({ source, onChange, failure }: SourceProps) {
  const [isOver, setOver] = useState(false)
  const take = (file: { readonly name: string; readonly text: string } | null) =>
    file && onChange({ name: file.name, sql: file.text })
  const isLarge = source.sql.length > shownLength
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button "Choose a file" beside it
    <div
      className={classNames(styles.source, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) void readDroppedFile(file).then(take)
      }}
    >
      <p className={styles.hint}>
        CREATE statements or a pg_dump file. PostgreSQL in this page runs them in a scratch database; nothing
        leaves this computer.
      </p>
      {isLarge ? (
        <div className={styles.large}>
          {source.name || 'SQL'}, {(source.sql.length / 1_048_576).toFixed(1)} MB
          <Button look="link" onClick={() => onChange({ name: '', sql: '' })}>
            Clear
          </Button>
        </div>
      ) : (
        <TextArea
          label="SQL to import"
          mono
          rows={16}
          placeholder="Paste SQL, or drop a .sql file"
          value={source.sql}
          onChange={(sql) => onChange({ name: source.name, sql })}
        />
      )}
      <div className={styles.row}>
        <Button
          icon="folder-open"
          onClick={async () => take(await chooseFile('.sql,.txt,.dump,text/plain,application/sql'))}
        >
          Choose a file
        </Button>
        {source.name !== '' && !isLarge && <small>{source.name}</small>}
      </div>
      {failure !== null && <FieldMessage>The import broke off: {failure}</FieldMessage>}
    </div>
  )
}
