import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { lockTimeline } from '../../core/migration/lock-timeline.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { LockTimeline } from './LockTimeline.tsx'
import styles from './migrations.module.css'

/** What the migration keeps others from doing, as it was measured: by the proof, or before it on empty tables. */
export function LockSection() {
  const { plan, proof, between } = useStore(migrationStore)
  const [direction, setDirection] = useState<'up' | 'down'>('up')
  const trace = proof?.locks ?? plan.trace
  const timeline = useMemo(() => lockTimeline(trace?.[direction] ?? []), [trace, direction])
  if (!trace || !between) return null
  const onRows = Object.values(trace.rows).some((count) => count > 0)
  const tables = schemaOf(direction === 'up' ? between.from : between.to).all(isTable).length
  return (
    <section aria-label="Locks">
      <h3 className={styles.locks}>
        Locks
        <small>{onRows ? 'measured on sample rows' : 'measured on empty tables'}</small>
        <span className={styles.space} />
        <SegmentedControl
          label="Direction"
          value={direction}
          segments={[
            { value: 'up', label: 'Up' },
            { value: 'down', label: 'Down' },
          ]}
          onChange={setDirection}
        />
      </h3>
      {timeline.rows.length === 0 ? (
        <p className={styles.say}>
          Nobody is kept from reading or writing: no table that exists is locked for it.
        </p>
      ) : (
        <>
          <LockTimeline
            key={direction}
            timeline={timeline}
            steps={plan[direction]}
            rows={trace.rows}
            others={Math.max(tables - timeline.rows.length, 0)}
          />
          <p className={styles.say}>
            {timeline.transactions > 1
              ? 'A lock ends with the transaction of its step.'
              : 'All steps share one transaction, so each lock is held to its end.'}{' '}
            {onRows
              ? 'On larger tables rewrites, scans and index builds grow with the rows.'
              : 'Prove it to see how long each lasts with rows.'}
          </p>
        </>
      )}
    </section>
  )
}
