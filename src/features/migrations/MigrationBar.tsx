import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Proof } from '../../state/database.ts'
import { canWriteFolders } from '../../state/files.ts'
import {
  cancelProof,
  exportMigration,
  migrationStore,
  proveMigration,
  retitleMigration,
  undoExport,
} from '../../state/migration-store.ts'
import { useEngine, useProject } from '../../state/use-stores.ts'
import { Bar, BarText, Space } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './migrations.module.css'

/** The migration's name, and what can be done with it. */
export function MigrationBar() {
  const { status, plan, files, title, proof, proving, exporting, exports, failure } = useStore(migrationStore)
  const project = useProject((state) => state.id)
  const hasErrors = useEngine((state) => state.problems.some((problem) => problem.severity === 'error'))
  const last = exports.findLast((entry) => entry.project === project)
  const isReady = status === 'ready' && files.length > 0 && !exporting
  const noun = files.length === 1 ? '1 file' : `${files.length} files`
  const passed = proof?.passed === true
  return (
    <Bar>
      {files.length > 0 && <Title key={title} title={title} />}
      <BarText live>
        {exporting
          ? 'Comparing with a database built from nothing'
          : status === 'stale'
            ? 'Planning again'
            : files.length > 0
              ? `${noun}, ${plan.up.length} steps`
              : ''}
        {hasErrors && files.length > 0 ? '. The schema has errors' : ''}
      </BarText>
      {failure !== null && status !== 'failed' && <span className={styles.bad}>{failure}</span>}
      <Space />
      {last && (
        <Button look="quiet" icon="undo-2" onClick={undoExport}>
          Undo export
        </Button>
      )}
      {files.length > 0 &&
        (proving ? (
          <Button onClick={cancelProof}>Cancel proof</Button>
        ) : (
          <Button
            look={passed ? 'default' : 'primary'}
            icon="play"
            disabled={!isReady}
            onClick={() => void proveMigration()}
          >
            {proof ? 'Prove again' : 'Prove'}
          </Button>
        ))}
      {files.length > 0 && (
        <Menu
          align="end"
          trigger={
            <Button look={passed ? 'primary' : 'default'} iconAfter="chevron-down" disabled={!isReady}>
              Export {noun}
            </Button>
          }
          entries={exportEntries(proof)}
        />
      )}
    </Bar>
  )
}

function exportEntries(proof: Proof | null): readonly MenuEntry[] {
  const passed = proof?.passed === true
  const extent = proof?.stoppedByRows ? ', proved on empty tables only' : ''
  const ways: readonly MenuEntry[] = [
    {
      label: `Download${extent}`,
      icon: 'download',
      disabled: !passed,
      run: () => void exportMigration('download', false),
    },
    {
      label: `Save into a folder${extent}`,
      icon: 'folder-open',
      disabled: !passed || !canWriteFolders(),
      run: () => void exportMigration('folder', false),
    },
  ]
  if (passed) return ways
  return [
    ...ways,
    { type: 'separator' },
    {
      label: 'Download without a passed proof',
      icon: 'triangle-alert',
      danger: true,
      run: () => void exportMigration('download', true),
    },
    {
      label: 'Save into a folder without a passed proof',
      icon: 'triangle-alert',
      danger: true,
      disabled: !canWriteFolders(),
      run: () => void exportMigration('folder', true),
    },
  ]
}

function Title({ title }: { readonly title: string }) {
  const [text, setText] = useState(title)
  useEffect(() => setText(title), [title])
  return (
    <TextField
      className={styles.title}
      label="What the migration does"
      value={text}
      onChange={setText}
      onBlur={() => (text.trim() === '' ? setText(title) : retitleMigration(text))}
      onKeyDown={(event) => event.key === 'Enter' && retitleMigration(text)}
    />
  )
}
