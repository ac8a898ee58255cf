import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import styles from './migrations.module.css'
import { ProofPanel } from './ProofPanel.tsx'
import { SchemaDiff } from './SchemaDiff.tsx'

export type ResultView = 'proof' | 'diff'

interface ResultPanelProps {
  readonly view: ResultView
  readonly onView: (view: ResultView) => void
}

/** Beside the files: what was seen when they ran, or what they make of the schema. */
export function ResultPanel({ view, onView }: ResultPanelProps) {
  return (
    <div className={styles.result}>
      <div className={styles.views}>
        <SegmentedControl
          label="Beside the files"
          value={view}
          segments={[
            { value: 'proof', label: 'Proof' },
            { value: 'diff', label: 'Schema before and after' },
          ]}
          onChange={onView}
        />
      </div>
      {view === 'proof' ? <ProofPanel /> : <SchemaDiff />}
    </div>
  )
}
