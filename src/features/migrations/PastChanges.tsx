import { useMemo, useState } from 'react'
import { diffDocuments } from '../../core/diff/diff-documents.ts'
import { emptyPlan } from '../../core/migration/plan.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Past } from '../../state/past.ts'
import { reveal } from '../../state/session-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { ChangeList } from './ChangeList.tsx'
import { changeGroups } from './change-groups.ts'
import styles from './history.module.css'

const noDecisions = new Map()

/** What a past migration changed, in the words of the pending changes; the canvas shows the schema after it. */
export function PastChanges({ past }: { readonly past: Past }) {
  const { at, title, before, after } = past
  const replayed = useProject((state) => state.replayed[at - 1])
  const [chosen, setChosen] = useState<ObjectId | null>(null)
  const groups = useMemo(() => {
    const changes = diffDocuments(before, after).map(({ id }) => ({ id, title: '', way: 'plain' as const }))
    return changeGroups({ ...emptyPlan, changes }, { from: before, to: after })
  }, [before, after])
  return (
    <div className={styles.made}>
      {replayed?.failure !== undefined && <p className={styles.failed}>It failed: {replayed.failure}</p>}
      {groups.length === 0 ? (
        <p className={styles.nothing}>{title} left the schema as it was.</p>
      ) : (
        <ChangeList
          label={`Changes of ${title}`}
          groups={groups}
          decisions={noDecisions}
          notes={[]}
          chosen={chosen}
          onChoose={(object) => {
            setChosen(object)
            reveal([object])
          }}
        />
      )}
    </div>
  )
}
