import { useMemo } from 'react'
import { isTable } from '../core/kinds/table/table.kind.ts'
import { ProjectMenu } from '../features/projects/ProjectMenu.tsx'
import { redo, undo } from '../state/document-store.ts'
import { openDrawer, sessionStore } from '../state/session-store.ts'
import { useDrawnChanges, useEngine, useProject, useSchema, useUndoTitles } from '../state/use-stores.ts'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Menu } from '../ui/Menu.tsx'
import { Spinner } from '../ui/Progress.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { actionEntries } from './action-menu.ts'
import { counted, summarizeEngine } from './engine-status.ts'
import styles from './frame.module.css'
import { Logo } from './Logo.tsx'

interface TopBarProps {
  /** The page is too narrow for the panel: a button opens it over the canvas. */
  readonly narrowExplorer: boolean
  readonly narrowInspector: boolean
}

export function TopBar({ narrowExplorer, narrowInspector }: TopBarProps) {
  const titles = useUndoTitles()
  return (
    <header className={styles.top} data-region="top">
      <div className={styles.topLeft}>
        {narrowExplorer && <PanelButton panel="explorerOpen" icon="panel-left" label="Explorer" />}
        <Logo />
        <ProjectMenu />
        <SavedState />
      </div>
      <EngineStatus />
      <div className={styles.topRight}>
        <IconButton
          icon="undo-2"
          label={titles.undo === null ? 'Nothing to undo' : `Undo ${lowered(titles.undo)}`}
          shortcut="Mod+Z"
          disabled={titles.undo === null}
          onClick={undo}
        />
        <IconButton
          icon="redo-2"
          label={titles.redo === null ? 'Nothing to redo' : `Redo ${lowered(titles.redo)}`}
          shortcut="Mod+Shift+Z"
          disabled={titles.redo === null}
          onClick={redo}
        />
        <i className={styles.rule} />
        <button
          type="button"
          className={styles.search}
          aria-label="Search or run"
          onClick={() => sessionStore.setState({ paletteOpen: true })}
        >
          <Icon name="search" size={13} />
          <span>Search or run</span>
          <Kbd keys="Mod+K" />
        </button>
        <i className={styles.rule} />
        <Changes />
        <Menu
          align="end"
          trigger={<Button iconAfter="chevron-down">Export</Button>}
          entries={actionEntries('Export')}
        />
        {narrowInspector && <PanelButton panel="inspectorOpen" icon="panel-right" label="Inspector" />}
      </div>
    </header>
  )
}

function EngineStatus() {
  const status = useEngine((state) => state.status)
  const version = useEngine((state) => state.version)
  const problems = useEngine((state) => state.problems)
  const failure = useEngine((state) => state.failure)
  const schema = useSchema()
  const tables = useMemo(() => schema.all(isTable).length, [schema])
  const summary = summarizeEngine({ status, version, problems }, tables)
  const look = {
    valid: styles.statusValid,
    warning: styles.statusWarning,
    error: styles.statusError,
    busy: styles.statusBusy,
  }[summary.look]
  return (
    <Tooltip text={failure ?? 'Show problems'}>
      <button
        type="button"
        className={classNames(styles.status, look)}
        onClick={() => openDrawer('problems')}
        data-engine={status}
      >
        {summary.look === 'busy' ? <Spinner size={14} /> : <Icon name={summary.icon} size={14} />}
        <span aria-live="polite">{summary.text}</span>
      </button>
    </Tooltip>
  )
}

function SavedState() {
  const saving = useProject((state) => state.saving)
  const problem = useProject((state) => state.savingProblem)
  const text = {
    saved: 'Saved',
    unsaved: 'Unsaved',
    saving: 'Saving',
    failed: 'Not saved',
    'read-only': 'Read only',
  }[saving]
  const label = (
    <span
      className={classNames(styles.saved, saving === 'failed' && styles.savedBad)}
      role="status"
      data-saving={saving}
    >
      {text}
    </span>
  )
  return problem === null ? label : <Tooltip text={problem}>{label}</Tooltip>
}

function Changes() {
  const changes = useDrawnChanges()
  return (
    <Tooltip text={changes.length === 0 ? 'Nothing to migrate' : 'Show the migration'}>
      <Button look="quiet" icon="git-compare-arrows" onClick={() => openDrawer('migrations')}>
        {counted(changes.length, 'change')}
      </Button>
    </Tooltip>
  )
}

function PanelButton(props: {
  readonly panel: 'explorerOpen' | 'inspectorOpen'
  readonly icon: string
  readonly label: string
}) {
  return (
    <IconButton
      icon={props.icon}
      label={props.label}
      onClick={() => sessionStore.setState((state) => ({ [props.panel]: !state[props.panel] }))}
    />
  )
}

function lowered(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1)
}
