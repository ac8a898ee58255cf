import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Plan } from '../../core/migration/plan.ts'
import { modeNames, targetNames } from '../../core/project/setting-names.ts'
import type { Proof } from '../../state/database.ts'
import { canWriteFolders } from '../../state/files.ts'
import { type TargetFolder, targetFolder } from '../../state/folder-writer.ts'
import { proposeFollowing } from '../../state/following-files.ts'
import { setWrittenAlong, writeIntoService } from '../../state/linked-folder.ts'
import { linkedFolderStore } from '../../state/linked-folder-store.ts'
import { firstCompared } from '../../state/migration-ends.ts'
import { chooseMode, chooseTarget } from '../../state/migration-settings.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { cancelProof, compare, proveMigration, retitleMigration } from '../../state/migration-store.ts'
import { useEngine, useProject } from '../../state/use-stores.ts'
import { Bar, BarText, Space } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { exportAndTell } from './export-and-tell.ts'
import { FollowingFilesDialog } from './FollowingFilesDialog.tsx'
import { releaseCount } from './file-phases.ts'
import styles from './migrations.module.css'
import { StyleDialog } from './StyleDialog.tsx'

interface MigrationBarProps {
  readonly view: 'pending' | 'history'
  readonly onView: (view: 'pending' | 'history') => void
}

/** How the migration is made, its name, and what can be done with it. */
export function MigrationBar({ view, onView }: MigrationBarProps) {
  const { status, plan, files, title, proof, proving, exporting, failure, comparing } =
    useStore(migrationStore)
  const { mode, target } = useProject((state) => state.migration)
  const hasHistory = useProject((state) => state.history.length + state.replayed.length > 0)
  const hasErrors = useEngine((state) => state.problems.some((problem) => problem.severity === 'error'))
  const [isStyling, setStyling] = useState(false)
  const [writing, setWriting] = useState<{ readonly unproven: boolean; readonly alone: boolean } | null>(null)
  const kept = useStore(linkedFolderStore, (state) => state.kept)
  const folder = comparing ? null : targetFolder()
  const isReady = status === 'ready' && files.length > 0 && !exporting
  const isUnchanged = status === 'ready' && plan.up.length === 0 && plan.refusals.length === 0 && !exporting
  const noun = files.length === 1 ? '1 file' : `${files.length} files`
  const passed = proof?.passed === true
  return (
    <Bar>
      <SegmentedControl label="How it is planned" value={mode} segments={modeNames} onChange={chooseMode} />
      {files.length > 0 && <Title key={title} title={title} />}
      <BarText live>
        {exporting
          ? 'Comparing with a database built from nothing'
          : status === 'stale'
            ? 'Planning again'
            : files.length > 0
              ? `${noun}${inReleases(plan)}, ${plan.up.length} ${plan.up.length === 1 ? 'step' : 'steps'}`
              : plan.refusals.length > 0
                ? decisionsNeeded(plan)
                : ''}
        {hasErrors && files.length > 0 ? '. The schema has errors' : ''}
      </BarText>
      {failure !== null && status !== 'failed' && <span className={styles.bad}>{failure}</span>}
      <Space />
      {hasHistory && (
        <IconButton
          icon="history"
          label="History"
          pressed={view === 'history'}
          onClick={() => onView(view === 'history' ? 'pending' : 'history')}
        />
      )}
      <IconButton
        icon="git-compare-arrows"
        label="Compare two points"
        pressed={comparing !== null}
        onClick={() => {
          onView('pending')
          compare(comparing ? null : firstCompared())
        }}
      />
      <div className={styles.target}>
        <Select
          label="Oldest PostgreSQL it must run on"
          value={`${target}`}
          options={targetNames}
          onChange={chooseTarget}
        />
      </div>
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
          entries={exportEntries(proof, folder, {
            withModels: kept?.withModels === true,
            withSeeds: kept?.withSeeds === true,
            openStyle: () => setStyling(true),
            openFollowing: (unproven) => {
              setWriting({ unproven, alone: false })
              void proposeFollowing()
            },
          })}
        />
      )}
      {folder && isUnchanged && (
        <Button
          icon="rows-3"
          onClick={() => {
            setWriting({ unproven: false, alone: true })
            void proposeFollowing(true)
          }}
        >
          Write seeds…
        </Button>
      )}
      {isStyling && <StyleDialog onClose={() => setStyling(false)} />}
      {writing && <FollowingFilesDialog {...writing} onClose={() => setWriting(null)} />}
    </Bar>
  )
}

function decisionsNeeded({ changes = [] }: Plan): string {
  const open = changes.filter(({ way }) => way === 'asks').length
  return open === 0 ? '' : open === 1 ? '1 change needs a decision' : `${open} changes need a decision`
}

function inReleases(plan: Plan): string {
  const count = releaseCount(plan)
  return count > 1 ? ` in ${count} releases` : ''
}

interface FolderWays {
  readonly withModels: boolean
  readonly withSeeds: boolean
  readonly openStyle: () => void
  readonly openFollowing: (unproven: boolean) => void
}

/** With a folder that the project came from, first of all into that. */
function exportEntries(
  proof: Proof | null,
  target: TargetFolder | null,
  { withModels, withSeeds, openStyle, openFollowing }: FolderWays,
): readonly MenuEntry[] {
  if (!target) return otherEntries(proof)
  const { name, service, others } = target
  const into = service.migrationsFolder === '' ? name : `${name}/${service.migrationsFolder}`
  const passed = proof?.passed === true
  const hasMore = withModels || withSeeds
  return [
    {
      label: `Write into ${into}${passed ? '' : ' without a passed proof'}${hasMore ? '…' : ''}`,
      icon: passed ? 'folder-open' : 'triangle-alert',
      danger: !passed,
      run: () => (hasMore ? openFollowing(!passed) : void exportAndTell('project', !passed)),
    },
    {
      label: 'With the models',
      icon: 'table-2',
      checked: withModels,
      run: () => void setWrittenAlong({ withModels: !withModels }),
    },
    {
      label: 'With seeds',
      icon: 'rows-3',
      checked: withSeeds,
      run: () => void setWrittenAlong({ withSeeds: !withSeeds }),
    },
    ...others.map((other) => ({
      label: `Make it a migration of ${other.name}`,
      icon: 'file-input',
      run: () => void writeIntoService(other.migrationsFolder),
    })),
    { label: 'Style of its files…', icon: 'file-code', run: openStyle },
    { type: 'separator' },
    ...otherEntries(proof),
  ]
}

function otherEntries(proof: Proof | null): readonly MenuEntry[] {
  const passed = proof?.passed === true
  const extent = proof?.stoppedByRows ? ', proved on empty tables only' : ''
  const ways: readonly MenuEntry[] = [
    {
      label: `Download${extent}`,
      icon: 'download',
      disabled: !passed,
      run: () => void exportAndTell('download', false),
    },
    {
      label: `Save into a folder${extent}`,
      icon: 'folder-open',
      disabled: !passed || !canWriteFolders(),
      run: () => void exportAndTell('folder', false),
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
      run: () => void exportAndTell('download', true),
    },
    {
      label: 'Save into a folder without a passed proof',
      icon: 'triangle-alert',
      danger: true,
      disabled: !canWriteFolders(),
      run: () => void exportAndTell('folder', true),
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
      onBlur={() => text !== title && retitleMigration(text)}
      onKeyDown={(event) => event.key === 'Enter' && retitleMigration(text)}
    />
  )
}
