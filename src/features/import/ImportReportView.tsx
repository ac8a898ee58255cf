import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { ImportedObject, ImportReport } from '../../state/database.ts'
import { classNames } from '../../ui/class-names.ts'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import styles from './import.module.css'
import { outcomeCounts, reportRows, reportSentence } from './report-counts.ts'

type Outcome = ImportedObject['outcome']

const looks: Readonly<Record<Outcome, { readonly icon: string; readonly word: string }>> = {
  kept: { icon: 'circle-check', word: 'Kept' },
  verbatim: { icon: 'braces', word: 'Verbatim' },
  skipped: { icon: 'minus', word: 'Skipped' },
  refused: { icon: 'circle-x', word: 'Refused' },
}

const rowHeight = 24

/** What became of each object: kept, carried verbatim, skipped or refused, why, and where it stands in the source. */
export function ImportReportView({ report }: { readonly report: ImportReport }) {
  const [only, setOnly] = useState<Outcome | 'all'>('all')
  const [chosen, setChosen] = useState<ImportedObject | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => reportRows(report.objects, only === 'all' ? null : only), [report, only])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  return (
    <div className={styles.report}>
      <p className={styles.hint} role="status">
        {reportSentence(report.objects)}{' '}
        {report.statements > 0 && `${report.statements.toLocaleString('en')} statements in `}
        {(report.milliseconds / 1000).toFixed(1)} s.
      </p>
      <SegmentedControl<Outcome | 'all'>
        label="Outcome"
        value={only}
        segments={[
          { value: 'all', label: 'All' },
          ...outcomeCounts(report.objects).map(({ outcome, count }) => ({
            value: outcome,
            label: `${looks[outcome].word} ${count}`,
          })),
        ]}
        onChange={setOnly}
      />
      <div
        ref={scroller}
        className={styles.rows}
        role="listbox"
        aria-label="Objects"
        tabIndex={0}
        onKeyDown={(event) => {
          const at = chosen ? rows.indexOf(chosen) : -1
          const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
          const next = to === undefined ? undefined : rows[to]
          if (!next || to === undefined) return
          event.preventDefault()
          setChosen(next)
          virtualizer.scrollToIndex(to)
        }}
      >
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
          {virtualizer.getVirtualItems().map((item) => {
            const object = rows[item.index]
            if (!object) return null
            const look = looks[object.outcome]
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles keys
              // biome-ignore lint/a11y/useFocusableInteractive: the list is the one tab stop
              <div
                key={item.key}
                role="option"
                aria-selected={object === chosen}
                aria-posinset={item.index + 1}
                aria-setsize={rows.length}
                className={classNames(styles.line, object === chosen && styles.on)}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => setChosen(object)}
              >
                <Icon name={look.icon} size={13} className={styles[object.outcome]} />
                <span>{look.word}</span>
                <small>{object.kind}</small>
                <span title={object.name}>{object.name}</span>
                <small title={object.reason}>{object.reason}</small>
                <small className={styles.number}>
                  {object.line === undefined ? '' : `line ${object.line}`}
                </small>
              </div>
            )
          })}
        </div>
      </div>
      {chosen && <Detail object={chosen} />}
    </div>
  )
}

function Detail({ object }: { readonly object: ImportedObject }) {
  const { problem, reason, sql } = object
  return (
    <div className={styles.detail}>
      {reason !== undefined && reason !== problem?.message && <p>{reason}</p>}
      {problem && (
        <p>
          <code>
            {problem.message} ({problem.code})
          </code>
          {problem.detail && <code>Detail: {problem.detail}</code>}
          {problem.hint && <code>Hint: {problem.hint}</code>}
        </p>
      )}
      {sql !== undefined && <CodeBlock text={sql.length > 4000 ? `${sql.slice(0, 4000)} …` : sql} />}
    </div>
  )
}
