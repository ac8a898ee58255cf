import type { Rebase } from '../../core/diff/rebase.ts'
import type { Conflict, Side } from '../../core/diff/rebase-conflicts.ts'
import { spokenName } from '../../core/migration/titles.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { cancelRebase, chooseSide } from '../../state/folder-rebase.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import styles from './banner.module.css'
import { conflictWords, fieldRows } from './disk-words.ts'
import { finishAndTell } from './tell-rebase.ts'

interface RebaseDialogProps {
  readonly folder: string
  readonly result: Rebase
  readonly choices: ReadonlyMap<string, Side>
}

/** Asks, for each object that was changed here and on disk, which of the two is taken. */
export function RebaseDialog({ folder, result, choices }: RebaseDialogProps) {
  const { conflicts, sides } = result
  const count = conflicts.length === 1 ? '1 object was' : `${conflicts.length} objects were`
  return (
    <Dialog
      open
      title={`Changes in ${folder}`}
      width={680}
      onClose={cancelRebase}
      footer={
        <>
          <Button onClick={cancelRebase}>Not now</Button>
          <Button look="primary" onClick={() => void finishAndTell()}>
            Take in
          </Button>
        </>
      }
    >
      <p className={styles.hint}>
        {count} changed both in the drawing and in the files. What is not taken comes back with Undo; all else
        is merged.
      </p>
      <ul className={styles.conflicts} aria-label="Conflicts">
        {conflicts.map((conflict) => (
          <ConflictItem
            key={conflict.id}
            conflict={conflict}
            sides={sides}
            side={choices.get(conflict.id) ?? 'mine'}
          />
        ))}
      </ul>
    </Dialog>
  )
}

interface ConflictItemProps {
  readonly conflict: Conflict
  readonly sides: Rebase['sides']
  readonly side: Side
}

function ConflictItem({ conflict, sides, side }: ConflictItemProps) {
  const { id, type } = conflict
  const holder = [sides.mine, sides.theirs].find(({ objects }) => objects.has(id)) ?? sides.base
  const object = holder.objects.get(id)
  if (!object) return null
  const name = spokenName(object, schemaOf(holder))
  return (
    <li>
      <div className={styles.conflict}>
        <strong>{name}</strong>
        <span>{conflictWords[type]}</span>
        <SegmentedControl
          label={`Which ${name} is taken`}
          value={side}
          segments={[
            { value: 'mine', label: 'Mine' },
            { value: 'theirs', label: 'Theirs' },
          ]}
          onChange={(chosen) => chooseSide(id, chosen)}
        />
      </div>
      <table className={styles.values}>
        <thead>
          <tr>
            <th scope="col" aria-label="Field" />
            <th scope="col">Mine</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {fieldRows(conflict, sides).map(({ label, mine, theirs }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td data-taken={side === 'mine'}>{mine}</td>
              <td data-taken={side === 'theirs'}>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  )
}
