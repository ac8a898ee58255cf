import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { FilePhase } from './file-phases.ts'
import styles from './phases.module.css'

interface PhaseListProps {
  readonly phases: readonly FilePhase[]
  /** Which of all files is shown. */
  readonly at: number
  readonly onOpen: (index: number) => void
}

/** The files phase by phase, with what must be deployed between them. */
export function PhaseList({ phases, at, onOpen }: PhaseListProps) {
  return (
    <ol className={styles.phases} aria-label="Phases">
      {phases.map(({ phase, gates, files }) => (
        <li key={phase}>
          {gates.length > 0 && (
            <div className={styles.gate}>
              <Icon name="upload" size={12} />
              <span>{gates.join(' ')}</span>
            </div>
          )}
          <strong className={styles.name}>
            {phase}
            {phase === 'contract' && <small>in its own folder</small>}
          </strong>
          {files.map(({ file, index, does }) => (
            <button
              key={file.fileName}
              type="button"
              aria-current={index === at}
              className={classNames(styles.file, index === at && styles.on)}
              title={file.folder === undefined ? file.fileName : `${file.folder}/${file.fileName}`}
              onClick={() => onOpen(index)}
            >
              <span>{shortName(file.fileName, phase)}</span>
              <small>{does}</small>
            </button>
          ))}
        </li>
      ))}
    </ol>
  )
}

/** From the phase on, as what comes before is the same for all: `backfill-1.js`. */
function shortName(fileName: string, phase: string): string {
  const at = fileName.lastIndexOf(phase)
  return at < 0 ? fileName : fileName.slice(at)
}
