import { useState } from 'react'
import { useStore } from 'zustand'
import { type SourceFormat, sourceFormatOf } from '../../core/import/source-format.ts'
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
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ImportReportView } from './ImportReportView.tsx'
import styles from './import.module.css'
import { SourceField } from './SourceField.tsx'

const formatWords: Readonly<Record<SourceFormat, string>> = {
  sql: 'SQL',
  catalogue: 'catalogue',
  dbml: 'DBML',
  prisma: 'Prisma schema',
  archive: 'archive',
}

/** Brings a schema in: a text or a dropped file, and a report says what became of each object. */
export function ImportDialog() {
  const given = useSession((state) => state.importSource)
  const isOpen = useProject((state) => state.id !== null && state.saving !== 'read-only')
  const state = useStore(importStore)
  const [source, setSource] = useState(given ?? { name: '', text: '' })
  const close = () => {
    cancelImport()
    openDialog(null)
  }
  return (
    <Dialog
      open
      title="Import SQL, DBML, Prisma or a database"
      width={760}
      onClose={close}
      footer={
        state.phase === 'source' ? (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              look="primary"
              disabled={source.text.trim() === ''}
              onClick={() => void startImport(source)}
            >
              {`Read ${formatWords[sourceFormatOf(source)]}`}
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
      {state.phase === 'source' && (
        <SourceField source={source} onChange={setSource} failure={state.failure} />
      )}
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
  return file.replace(/\.(sql|txt|dump|json|dbml|prisma)$/i, '') || 'Imported schema'
}
