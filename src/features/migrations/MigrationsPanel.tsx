import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Plan } from '../../core/migration/plan.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { pathOfFile } from '../../core/sequelize/migration-file.ts'
import { selectedChanges } from '../../state/migration-settings.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { watchMigration } from '../../state/migration-store.ts'
import { backToNow } from '../../state/past.ts'
import { show } from '../../state/session-store.ts'
import { useDocument, useProject, useSession } from '../../state/use-stores.ts'
import { BarPanel } from '../../ui/Bar.tsx'
import { classNames } from '../../ui/class-names.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { ChangeList } from './ChangeList.tsx'
import { CompareBar } from './CompareBar.tsx'
import { changeGroups, type Pending } from './change-groups.ts'
import { decisionsOf } from './decisions.ts'
import { FilePreview } from './FilePreview.tsx'
import { HistoryView } from './HistoryView.tsx'
import { MigrationBar } from './MigrationBar.tsx'
import styles from './migrations.module.css'
import { Refusals } from './Refusals.tsx'
import { ReopenedBar } from './ReopenedBar.tsx'
import { ResultPanel, type ResultView } from './ResultPanel.tsx'

/** What has changed since the baseline, the migration that does it, and its proof. */
export function MigrationsPanel() {
  useEffect(() => watchMigration(), [])
  const { status, plan, between, failure, comparing } = useStore(migrationStore)
  const [chosen, setChosen] = useState<ObjectId | null>(null)
  const [beside, setBeside] = useState<ResultView>('proof')
  const pending = usePending()
  const groups = useMemo(
    () => (between ? changeGroups(plan, between, comparing ? null : pending) : []),
    [plan, between, comparing, pending],
  )
  const backfills = useProject((state) => state.migration.backfills)
  const decisions = useMemo(() => decisionsOf(plan, backfills), [plan, backfills])
  const hasHistory = useProject((state) => state.history.length + state.replayed.length > 0)
  const isPast = useSession((state) => state.past !== null)
  const [wanted, setWanted] = useState<'pending' | 'history'>('pending')
  const view = isPast ? 'history' : wanted
  const setView = (next: 'pending' | 'history') => {
    setWanted(next)
    if (next === 'pending') backToNow()
  }
  const step = plan.up.find((candidate) => candidate.object === chosen)
  if (status === 'none' || status === 'planning') {
    return (
      <EmptyState>
        <Spinner /> Planning from what PostgreSQL says of both schemas.
      </EmptyState>
    )
  }
  const isIdle = plan.up.length === 0 && plan.refusals.length === 0
  return (
    <BarPanel>
      <MigrationBar view={view} onView={setView} />
      {comparing && view === 'pending' && <CompareBar compared={comparing} />}
      {!comparing && view === 'pending' && <ReopenedBar />}
      {status === 'failed' && <p className={styles.failure}>Planning broke off: {failure}</p>}
      {view === 'history' && hasHistory ? (
        <HistoryView onCompare={() => setView('pending')} onReopen={() => setView('pending')} />
      ) : isIdle && (comparing || pending.selection.states.size === 0) ? (
        <NoChanges comparing={comparing !== null} />
      ) : plan.refusals.length > 0 && groups.length === 0 ? (
        <Refusals selection={comparing ? null : pending.selection} />
      ) : (
        <div
          className={classNames(styles.columns, beside === 'diff' && styles.comparing)}
          aria-busy={status === 'stale'}
        >
          <ChangeList
            groups={groups}
            decisions={decisions}
            notes={plan.notes ?? []}
            chosen={chosen}
            onChoose={(object) => {
              setChosen(object)
              show([object])
            }}
          />
          {isAsking(plan) ? (
            <EmptyState>Answer what the changes ask: then their files are written.</EmptyState>
          ) : plan.refusals.length > 0 ? (
            <Refusals selection={comparing ? null : pending.selection} />
          ) : isIdle ? (
            <EmptyState>No change is selected. Tick those that this migration is to make.</EmptyState>
          ) : (
            <>
              <FilePreview title={step?.title ?? null} onOpen={() => setChosen(null)} />
              <ResultPanel view={beside} onView={setBeside} />
            </>
          )}
        </div>
      )}
    </BarPanel>
  )
}

/** All that is pending, and what of it is selected. */
function usePending(): Pending {
  const to = useDocument()
  const from = useProject((state) => state.baseline)
  const left = useProject((state) => state.migration.left)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is kept for as long as these three stay
  return useMemo(() => ({ from, to, selection: selectedChanges() }), [from, to, left])
}

/** True when nothing but questions stand in the way, which are asked at their changes. */
function isAsking({ refusals, changes = [] }: Plan): boolean {
  const asking = changes.filter(({ way }) => way === 'asks').length
  return asking > 0 && asking === refusals.length
}

function NoChanges({ comparing }: { readonly comparing: boolean }) {
  const last = useProject((state) => state.history.at(-1)?.files.at(-1))
  if (comparing) return <EmptyState>Both are the same to PostgreSQL.</EmptyState>
  return <EmptyState>No changes since {last ? pathOfFile(last) : 'the baseline'}.</EmptyState>
}
