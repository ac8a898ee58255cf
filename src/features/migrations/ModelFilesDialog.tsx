import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { linkedFolderStore } from '../../state/linked-folder-store.ts'
import { migrationStore } from '../../state/migration-state.ts'
import {
  acceptAllModelFiles,
  acceptedModelFiles,
  acceptModelFile,
  type ChoosingModelFiles,
  closeModelFiles,
  type ModelFileChange,
  modelFilesStore,
} from '../../state/model-files.ts'
import { Button } from '../../ui/Button.tsx'
import { Tick } from '../../ui/Checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import { DiffViewer } from '../../ui/monaco/DiffViewer.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { exportAndTell } from './export-and-tell.ts'
import { HandEdits } from './HandEdits.tsx'
import { changeCounts, ownerWords, verdict } from './model-file-words.ts'
import styles from './model-files.module.css'

interface ModelFilesDialogProps {
  readonly unproven: boolean
  readonly onClose: () => void
}

/** The models that go into the folder with the migration, each as it is and as it would be. */
export function ModelFilesDialog({ unproven, onClose }: ModelFilesDialogProps) {
  const state = useStore(modelFilesStore)
  const folder = useStore(linkedFolderStore, ({ kept }) => kept?.handle.name ?? '')
  const files = useStore(migrationStore, (migration) => migration.files.length)
  useEffect(() => closeModelFiles, [])
  const migration = files === 1 ? 'the migration' : `${files} migration files`
  const count = state.phase === 'choosing' ? state.accepted.size : 0
  const withModels = count === 0 ? '' : count === 1 ? ' and 1 model file' : ` and ${count} model files`
  const write = () => {
    const accepted = acceptedModelFiles()
    onClose()
    void exportAndTell('project', unproven, accepted)
  }
  return (
    <Dialog
      open
      title={`Write into ${folder}`}
      width={1120}
      onClose={onClose}
      footer={
        <>
          {state.phase === 'choosing' && <Verdict state={state} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={state.phase === 'reading'} onClick={write}>
            Write {migration}
            {withModels}
            {unproven ? ' without a passed proof' : ''}
          </Button>
        </>
      }
    >
      {state.phase === 'choosing' && state.changes.length > 0 ? (
        <Choosing state={state} />
      ) : (
        <div className={styles.empty}>
          <EmptyState>
            {state.phase === 'failed' ? (
              `The models could not be read: ${state.failure}`
            ) : state.phase === 'choosing' ? (
              'Nothing of what changes is said by the models.'
            ) : (
              <>
                <Spinner /> Reading the models of {folder}.
              </>
            )}
          </EmptyState>
        </div>
      )}
    </Dialog>
  )
}

function Verdict({ state: { checked, failure, changes, accepted } }: { readonly state: ChoosingModelFiles }) {
  const said = verdict(checked, failure, changes.length > 0 && accepted.size > 0)
  if (said === null) return <span className={styles.verdict} />
  return (
    <span className={classNames(styles.verdict, styles[said.meaning])} role="status" title={said.more}>
      {said.meaning === 'busy' && <Spinner />}
      {said.text}
    </span>
  )
}

function Choosing({ state: { changes, accepted, checked } }: { readonly state: ChoosingModelFiles }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const current = changes.find(({ path }) => path === chosen) ?? changes[0]
  const writable = changes.filter(isWritable)
  const left = checked?.drift.filter(({ place }) => place?.path === current?.path) ?? []
  return (
    <div className={styles.columns}>
      <div className={styles.list}>
        {writable.length > 1 && (
          <div className={styles.all}>
            <Tick
              label="Write all"
              checked={accepted.size === writable.length}
              mixed={accepted.size > 0 && accepted.size < writable.length}
              onChange={acceptAllModelFiles}
            />
            <span aria-hidden>All of {writable.length} files</span>
          </div>
        )}
        <ul aria-label="Model files">
          {changes.map((change) => (
            <FileLine
              key={change.path}
              change={change}
              accepted={accepted.has(change.path)}
              current={change === current}
              onChoose={() => setChosen(change.path)}
            />
          ))}
        </ul>
      </div>
      {current && (
        <div className={styles.shown}>
          <FileTexts key={current.path} change={current} />
          {(current.byHand.length > 0 || left.length > 0) && (
            <HandEdits edits={current.byHand} left={left.map(({ message }) => message)} />
          )}
        </div>
      )}
    </div>
  )
}

/** Side by side where it stays and changes; else the one text that there is. */
function FileTexts({ change: { path, before, after } }: { readonly change: ModelFileChange }) {
  if (before === after) return <EmptyState>Nothing is written into this file.</EmptyState>
  if (before !== null && after !== null) {
    return <DiffViewer label={path} before={before} after={after} language="javascript" sideBySide />
  }
  return <SqlEditor label={path} language="javascript" value={after ?? before ?? ''} readOnly />
}

function isWritable({ before, after }: ModelFileChange): boolean {
  return before !== after
}

interface FileLineProps {
  readonly change: ModelFileChange
  readonly accepted: boolean
  readonly current: boolean
  readonly onChoose: () => void
}

function FileLine({ change, accepted, current, onChoose }: FileLineProps) {
  const { path } = change
  return (
    <li className={classNames(styles.line, current && styles.on)}>
      {isWritable(change) ? (
        <Tick
          label={`Write ${path}`}
          checked={accepted}
          onChange={(accepts) => {
            onChoose()
            acceptModelFile(path, accepts)
          }}
        />
      ) : (
        <span className={styles.noTick} />
      )}
      <button type="button" className={styles.file} aria-current={current} title={path} onClick={onChoose}>
        <MiddleEllipsis text={path} />
        <small>{[ownerWords(change), ...changeCounts(change)].join(' · ')}</small>
      </button>
    </li>
  )
}
