import { useStore } from 'zustand'
import { kindOf } from '../../core/kinds/registry.ts'
import type { Selection } from '../../core/migration/selected-changes.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { selectChange } from '../../state/migration-settings.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { show } from '../../state/session-store.ts'
import { useSchema } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './migrations.module.css'

/** What cannot be migrated: as long as there is any, nothing is exported. With a selection it can be left pending. */
export function Refusals({ selection }: { readonly selection: Selection | null }) {
  const { refusals } = useStore(migrationStore, (state) => state.plan)
  const schema = useSchema()
  return (
    <div className={styles.refusals}>
      <h3>
        {refusals.length === 1
          ? 'One change cannot be migrated like this'
          : `${refusals.length} changes cannot be migrated like this`}
      </h3>
      <ul>
        {refusals.map((problem) => {
          const object = problem.object === undefined ? undefined : schema.get(problem.object)
          return (
            <li key={`${problem.object} ${problem.message}`}>
              {object && (
                <button type="button" onClick={() => show([object.id])}>
                  {kindOf(object).label} {object.name}
                </button>
              )}
              <code>{problem.message}</code>
              {problem.detail && <code>Detail: {problem.detail}</code>}
              {problem.hint && <code>Hint: {problem.hint}</code>}
              {selection && <LeavePending selection={selection} object={problem.object} />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface LeavePendingProps {
  readonly selection: Selection
  readonly object: ObjectId | undefined
}

/** The other changes can be migrated while this one waits. */
function LeavePending({ selection, object }: LeavePendingProps) {
  const { states, pending } = selection
  const state = object === undefined ? undefined : states.get(pending.unitOf(object))
  if (object === undefined || !state || state.state === 'left' || states.size < 2) return null
  return (
    <Button size="small" onClick={() => selectChange(object, false)}>
      Leave it pending
    </Button>
  )
}
