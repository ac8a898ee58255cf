import { closeProject } from '../../state/projects.ts'
import { openDialog } from '../../state/session-store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './canvas.module.css'
import { newTable } from './edits.ts'

/** What an empty diagram says. */
export function EmptyCanvas() {
  return (
    <div className={styles.empty}>
      <EmptyState
        actions={
          <>
            <Button look="primary" onClick={() => newTable()}>
              New table (T)
            </Button>
            <Button onClick={() => openDialog('import')}>Import SQL</Button>
            <Button onClick={() => void closeProject()}>Templates</Button>
          </>
        }
      >
        No tables yet.
      </EmptyState>
    </div>
  )
}
