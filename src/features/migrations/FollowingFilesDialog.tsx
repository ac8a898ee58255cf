import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import {
  acceptedFollowing,
  acceptFollowing,
  type ChoosingFollowing,
  closeFollowing,
  type FollowingFile,
  followingStore,
} from '../../state/following-files.ts'
import { linkedFolderStore } from '../../state/linked-folder-store.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { Button } from '../../ui/Button.tsx'
import { Tick } from '../../ui/Checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import { DiffViewer } from '../../ui/monaco/DiffViewer.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { exportAndTell, writeSeedsAndTell } from './export-and-tell.ts'
import styles from './following.module.css'
import {
  changeCounts,
  filesWords,
  leftIn,
  modelVerdict,
  ownerWords,
  seedVerdict,
  seedWords,
  type Verdict,
} from './following-words.ts'
import { HandEdits } from './HandEdits.tsx'

interface FollowingFilesDialogProps {
  readonly unproven: boolean
  /** There is no migration to go with. */
  readonly alone: boolean
  readonly onClose: () => void
}

/** The models and seeds that go into the folder with the migration, each as it is and as it would be. */
export function FollowingFilesDialog({ unproven, alone, onClose }: FollowingFilesDialogProps) {
  const state = useStore(followingStore)
  const folder = useStore(linkedFolderStore, ({ kept }) => kept?.handle.name ?? '')
  const files = useStore(migrationStore, (migration) => migration.files.length)
  useEffect(() => closeFollowing, [])
  const isChoosing = state.phase === 'choosing'
  const migration = files === 1 ? 'the migration' : `${files} migration files`
  const write = () => {
    const accepted = acceptedFollowing()
    onClose()
    void (alone ? writeSeedsAndTell(accepted) : exportAndTell('project', unproven, accepted))
  }
  return (
    <Dialog
      open
      title={`Write into ${folder}`}
      width={1120}
      onClose={onClose}
      footer={
        <>
          {isChoosing ? <Verdicts state={state} /> : <span className={styles.verdicts} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!mayWrite(state, alone)} onClick={write}>
            {alone
              ? isChoosing
                ? seedWords(state)
                : 'Write seeds'
              : ['Write ', migration, isChoosing ? filesWords(state) : ''].join('')}
            {unproven ? ' without a passed proof' : ''}
          </Button>
        </>
      }
    >
      {isChoosing && state.changes.length > 0 ? (
        <Choosing state={state} />
      ) : (
        <div className={styles.empty}>
          <EmptyState>
            {state.phase === 'failed' ? (
              `The folder could not be read: ${state.failure}`
            ) : isChoosing ? (
              nothingToWrite(state)
            ) : (
              <>
                <Spinner /> {state.phase === 'reading' && state.progress ? state.progress.phase : 'Reading'}{' '}
                in {folder}
              </>
            )}
          </EmptyState>
        </div>
      )}
    </Dialog>
  )
}

function nothingToWrite({ alone, unfilled }: ChoosingFollowing): string {
  if (!alone) return 'Nothing of what changes is said by its models and seeds.'
  const [first] = unfilled
  return first ? `No rows were found for ${first.table}: ${first.refusal}` : 'Every table has its seeds.'
}

/** Seeds are written when they have run. */
function mayWrite(state: ReturnType<typeof followingStore.getState>, alone: boolean): boolean {
  if (state.phase === 'failed') return !alone
  if (state.phase !== 'choosing' || (alone && state.accepted.size === 0)) return false
  const hasSeeds = state.changes.some(({ of, path }) => of === 'seeds' && state.accepted.has(path))
  return !hasSeeds || state.seeds.checked?.problems.length === 0
}

function Verdicts({ state }: { readonly state: ChoosingFollowing }) {
  const said = [modelVerdict(state), seedVerdict(state)].filter((verdict) => verdict !== null)
  return (
    <div className={styles.verdicts}>
      {said.map((verdict) => (
        <VerdictLine key={verdict.text} verdict={verdict} />
      ))}
    </div>
  )
}

function VerdictLine({ verdict: { meaning, more, text } }: { readonly verdict: Verdict }) {
  return (
    <span className={classNames(styles.verdict, styles[meaning])} role="status" title={more}>
      {meaning === 'busy' && <Spinner />}
      {text}
    </span>
  )
}

function Choosing({ state }: { readonly state: ChoosingFollowing }) {
  const { changes } = state
  const [chosen, setChosen] = useState<string | null>(null)
  const current = changes.find(({ path }) => path === chosen) ?? changes[0]
  const left = current ? leftIn(current, state) : []
  return (
    <div className={styles.columns}>
      <div className={styles.list}>
        <FileList of="models" title="Model files" {...{ state, current, setChosen }} />
        <FileList of="seeds" title="Seed files" {...{ state, current, setChosen }} />
      </div>
      {current && (
        <div className={styles.shown}>
          <FileTexts key={current.path} change={current} />
          {(current.byHand.length > 0 || left.length > 0) && <HandEdits edits={current.byHand} left={left} />}
        </div>
      )}
    </div>
  )
}

interface FileListProps {
  readonly of: FollowingFile['of']
  readonly title: string
  readonly state: ChoosingFollowing
  readonly current: FollowingFile | undefined
  readonly setChosen: (path: string) => void
}

function FileList({ of, title, state: { changes, accepted }, current, setChosen }: FileListProps) {
  const own = changes.filter((change) => change.of === of)
  const writable = own.filter(isWritable).map(({ path }) => path)
  const count = writable.filter((path) => accepted.has(path)).length
  if (own.length === 0) return null
  return (
    <>
      <div className={styles.all}>
        {writable.length > 1 && (
          <Tick
            label={`Write all ${of}`}
            checked={count === writable.length}
            mixed={count > 0 && count < writable.length}
            onChange={(accepts) => acceptFollowing(writable, accepts)}
          />
        )}
        <span aria-hidden>{title}</span>
      </div>
      <ul aria-label={title}>
        {own.map((change) => (
          <FileLine
            key={change.path}
            change={change}
            accepted={accepted.has(change.path)}
            current={change === current}
            onChoose={() => setChosen(change.path)}
          />
        ))}
      </ul>
    </>
  )
}

/** Side by side where it stays and changes; else the one text that there is. */
function FileTexts({ change: { path, before, after } }: { readonly change: FollowingFile }) {
  if (before === after) return <EmptyState>Nothing is written into this file.</EmptyState>
  if (before !== null && after !== null) {
    return <DiffViewer label={path} before={before} after={after} language="javascript" sideBySide />
  }
  return <SqlEditor label={path} language="javascript" value={after ?? before ?? ''} readOnly />
}

function isWritable({ before, after }: FollowingFile): boolean {
  return before !== after
}

interface FileLineProps {
  readonly change: FollowingFile
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
            acceptFollowing([path], accepts)
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
