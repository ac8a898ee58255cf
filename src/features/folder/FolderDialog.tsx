import { useStore } from 'zustand'
import { environmentOf } from '../../core/sequelize/folder/environment.ts'
import { chosenServices, timeLimitOf } from '../../state/folder-choices.ts'
import {
  builtRuns,
  cancelFolderRun,
  chooseMigrationsFolder,
  chooseMigrationsZip,
  closeFolder,
  decideFolder,
  folderStore,
  openFolderAsProjects,
  runFolder,
} from '../../state/folder-store.ts'
import { openDialog } from '../../state/session-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { FieldMessage } from '../../ui/TextField.tsx'
import { FolderFound } from './FolderFound.tsx'
import { FolderReport } from './FolderReport.tsx'
import styles from './folder.module.css'

/** Opens a Sequelize project: its migrations run from nothing, and what they build becomes the schema. */
export function FolderDialog() {
  const state = useStore(folderStore)
  const close = () => {
    closeFolder()
    openDialog(null)
  }
  return (
    <Dialog
      open
      title="Open a Sequelize project"
      width={760}
      onClose={close}
      footer={<Buttons onClose={close} />}
    >
      {state.phase === 'choose' && (
        <div className={styles.stack}>
          <p className={styles.hint}>
            A folder with migrations, or with several services, or a zip of one. The real Sequelize runs them
            one by one in a scratch database of this page, from nothing; nothing is sent anywhere, and no file
            is changed.
          </p>
          <div className={styles.row}>
            <Button icon="folder-open" onClick={() => void chooseMigrationsFolder()}>
              Choose a folder
            </Button>
            <Button icon="file-archive" onClick={() => void chooseMigrationsZip()}>
              Choose a zip
            </Button>
          </div>
          {state.failure !== null && <FieldMessage>{state.failure}</FieldMessage>}
        </div>
      )}
      {state.phase === 'looking' && (
        <p className={styles.hint} role="status">
          Looking for migrations in {state.folder.name}, as its .sequelizerc says …
        </p>
      )}
      {state.phase === 'found' && (
        <>
          <FolderFound {...state} />
          {state.failure !== null && <FieldMessage>{state.failure}</FieldMessage>}
        </>
      )}
      {(state.phase === 'running' || state.phase === 'storing') && (
        <div className={styles.running}>
          <Progress label={state.progress.phase} done={state.progress.done} total={state.progress.total} />
        </div>
      )}
      {state.phase === 'report' && <FolderReport runs={state.runs} shown={state.shown} />}
    </Dialog>
  )
}

function Buttons({ onClose }: { readonly onClose: () => void }) {
  const state = useStore(folderStore)
  switch (state.phase) {
    case 'choose':
    case 'looking':
      return <Button onClick={onClose}>Cancel</Button>
    case 'running':
      return <Button onClick={cancelFolderRun}>Cancel the run</Button>
    case 'found': {
      const { choices } = state
      const count = chosenServices(state).reduce((sum, { migrations }) => sum + migrations.length, 0)
      return (
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            icon="play"
            disabled={count === 0 || hasRefused(choices.environment) || timeLimitOf(choices) === null}
            onClick={() => void runFolder()}
          >
            {`Run ${count} ${count === 1 ? 'migration' : 'migrations'}`}
          </Button>
        </>
      )
    }
    case 'storing':
      return <Button disabled>Back</Button>
    case 'report': {
      const { length } = builtRuns(state.runs)
      return (
        <>
          <Button look="quiet" onClick={() => decideFolder({})}>
            Back
          </Button>
          <Button
            look="primary"
            disabled={length === 0}
            onClick={async () => {
              await openFolderAsProjects()
              if (folderStore.getState().phase === 'choose') openDialog(null)
            }}
          >
            {length > 1 ? `Open as ${length} new projects` : 'Open as new project'}
          </Button>
        </>
      )
    }
  }
}

function hasRefused(environment: string): boolean {
  return environmentOf(environment.split('\n')).refused.length > 0
}
