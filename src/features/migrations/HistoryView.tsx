import { useEffect, useRef, useState } from 'react'
import type { ExportedMigration } from '../../core/project/project.ts'
import { reopenRefusal } from '../../core/project/reopen.ts'
import { modeNames, targetNames } from '../../core/project/setting-names.ts'
import { pathOfFile } from '../../core/sequelize/migration-file.ts'
import { markMigrationShipped, reopenMigration } from '../../state/migration-export.ts'
import { compare } from '../../state/migration-store.ts'
import { lookBack, usePast } from '../../state/past.ts'
import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import styles from './history.module.css'
import { PastChanges } from './PastChanges.tsx'
import { handlePastListKey } from './past-list-keys.ts'
import { ReplayedList } from './ReplayedList.tsx'

interface HistoryViewProps {
  /** What an export did is shown as a comparison. */
  readonly onCompare: () => void
  /** An export is pending again. */
  readonly onReopen: () => void
}

/** What was exported and, before that, what ran in the folder, the last first; each file says how it was proved. */
export function HistoryView({ onCompare, onReopen }: HistoryViewProps) {
  const history = useProject((state) => state.history)
  const before = useProject((state) => state.replayed.length)
  const past = usePast()
  const [opened, setOpened] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const at = past?.at
  useEffect(() => {
    const row = at === undefined ? null : list.current?.querySelector<HTMLElement>('[aria-current="step"]')
    if (list.current?.contains(document.activeElement)) row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const look = (to: number) => {
    setOpened(null)
    lookBack(to)
  }
  const files = history.flatMap((migration) => migration.files)
  const file = files.find((each) => pathOfFile(each) === opened) ?? history.at(-1)?.files[0]
  return (
    <div className={styles.columns}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the migrations in it */}
      <div ref={list} className={styles.list} onKeyDown={handlePastListKey}>
        {history.length > 0 && (
          <ol aria-label="Exported migrations">
            {[...history.entries()].toReversed().map(([at, migration]) => (
              <li key={migration.exportedAt}>
                <Exported
                  migration={migration}
                  current={past?.at === before + at + 1}
                  onLook={() => look(before + at + 1)}
                />
                {migration.files.map((each) => (
                  <button
                    key={pathOfFile(each)}
                    type="button"
                    aria-current={each === file}
                    className={classNames(styles.file, each === file && styles.on)}
                    onClick={() => setOpened(pathOfFile(each))}
                  >
                    <MiddleEllipsis text={pathOfFile(each)} />
                  </button>
                ))}
                <ExportActions
                  at={at}
                  history={history}
                  onReopen={onReopen}
                  onCompare={() => {
                    compare({
                      from: { type: 'migrations', count: before + at },
                      to: { type: 'migrations', count: before + at + 1 },
                      title: migration.title,
                    })
                    onCompare()
                  }}
                />
              </li>
            ))}
          </ol>
        )}
        <ReplayedList at={past?.at ?? null} onLook={look} />
      </div>
      {past && opened === null ? (
        <PastChanges key={past.at} past={past} />
      ) : !file ? (
        <EmptyState>Choose a migration: the diagram shows the schema as it was after it.</EmptyState>
      ) : (
        <SqlEditor
          key={pathOfFile(file)}
          label={`Exported ${file.fileName}`}
          {...(file.fileName.endsWith('.sql') ? {} : { language: 'javascript' as const })}
          fontSize={11}
          value={file.source}
          readOnly
        />
      )}
    </div>
  )
}

interface ExportedProps {
  readonly migration: ExportedMigration
  readonly current: boolean
  readonly onLook: () => void
}

function Exported({ migration, current, onLook }: ExportedProps) {
  const { title, exportedAt, proven, made } = migration
  const mode = modeNames.find(({ value }) => value === made?.settings.mode)?.label
  const target = targetNames.find(({ value }) => value === `${made?.settings.target}`)?.label
  const facts = [new Date(exportedAt).toLocaleString(), proven ? 'proved' : 'not proved', mode, target]
  return (
    <>
      <div className={styles.export}>
        <Icon
          name={proven ? 'circle-check' : 'triangle-alert'}
          size={13}
          className={proven ? styles.valid : styles.warning}
        />
        <strong>{title}</strong>
        <span className={styles.space} />
        <Button
          size="small"
          look="quiet"
          icon="eye"
          disabled={!made}
          aria-current={current ? 'step' : undefined}
          aria-label={`Look at ${title}`}
          onClick={onLook}
        >
          Look
        </Button>
      </div>
      <small className={styles.facts}>
        {facts
          .filter((fact) => fact !== undefined)
          .map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
      </small>
    </>
  )
}

interface ExportActionsProps {
  readonly at: number
  readonly history: readonly ExportedMigration[]
  readonly onReopen: () => void
  readonly onCompare: () => void
}

function ExportActions({ at, history, onReopen, onCompare }: ExportActionsProps) {
  const migration = history[at]
  const refusal = reopenRefusal(history, at)
  if (!migration) return null
  const { title, shipped, made } = migration
  const later = history.length - at - 1
  return (
    <div className={styles.actions}>
      <Checkbox checked={shipped} onChange={(next) => markMigrationShipped(at, next)}>
        Shipped
      </Checkbox>
      <Button
        size="small"
        disabled={refusal !== null}
        aria-label={`Re-open ${title}`}
        onClick={() => {
          reopenMigration(at)
          onReopen()
        }}
      >
        {later === 0 ? 'Re-open' : `Re-open with ${later} after it`}
      </Button>
      <Button size="small" look="quiet" disabled={!made} aria-label={`Compare ${title}`} onClick={onCompare}>
        Compare
      </Button>
      {refusal !== null && <small>{refusal}</small>}
    </div>
  )
}
