import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Template } from '../../core/templates/template.ts'
import { templates } from '../../core/templates/templates.ts'
import { openDialog } from '../../state/session-store.ts'
import { openTemplate } from '../../state/templates.ts'
import { useEngine } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { setTheme, themeStore } from '../../ui/theme.ts'
import { toast } from '../../ui/toast.ts'
import { newProject } from './actions.ts'
import { chooseProjectFile, openDropped } from './open-files.ts'
import styles from './projects.module.css'
import { RecentProjects } from './RecentProjects.tsx'
import { TemplateMiniature } from './TemplateMiniature.tsx'

interface StartPageProps {
  readonly logo: ReactNode
}

/** What is shown while no project is open. */
export function StartPage({ logo }: StartPageProps) {
  const [dropping, setDropping] = useState(false)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    void openDropped(event.dataTransfer)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are also chosen with the buttons on the left
    <div
      className={classNames(styles.page, dropping && styles.dropping)}
      onDragOver={(event) => {
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setDropping(false)
      }}
      onDrop={onDrop}
    >
      <header className={styles.top} data-region="top">
        {logo}
        <strong>Relata</strong>
        <IconButton
          icon="keyboard"
          label="Keyboard shortcuts"
          shortcut="?"
          onClick={() => openDialog('keyboard')}
        />
        <ThemeMenu />
      </header>
      <div className={styles.body}>
        <StartList />
        <main className={styles.main} data-region="start">
          <h1 className="visually-hidden">Relata: projects and templates</h1>
          <RecentProjects />
          <Templates />
        </main>
      </div>
    </div>
  )
}

function ThemeMenu() {
  const chosen = useStore(themeStore, (state) => state.theme)
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" aria-label="Theme" className={styles.themeButton}>
          <Icon name="sun-moon" size={15} />
        </button>
      }
      entries={(['system', 'light', 'dark'] as const).map((theme) => ({
        label: { system: 'System', light: 'Light', dark: 'Dark' }[theme],
        checked: theme === chosen,
        run: () => setTheme(theme),
      }))}
    />
  )
}

function StartList() {
  const version = useEngine((state) => state.version)
  const postgres = `PostgreSQL ${version?.split('.')[0] ?? '18'}`
  return (
    <nav className={styles.nav} aria-label="Start" data-region="nav">
      <h2 className={styles.heading}>Start</h2>
      <Start
        icon="file-plus"
        title="New schema"
        text={`Empty, ${postgres}`}
        keys="Alt+N"
        run={() => void newProject()}
        first
      />
      <Start
        icon="file-input"
        title="Import SQL"
        text="SQL, dump, DBML, Prisma, database"
        keys="Mod+I"
        run={() => openDialog('import')}
      />
      <Start
        icon="folder-open"
        title="Open Sequelize project"
        text="A folder of migrations, run from nothing"
        keys="Alt+O"
        run={() => openDialog('folder')}
      />
      <Start
        icon="file-braces"
        title="Open project file"
        text=".relata.json"
        keys="Mod+O"
        run={() => void chooseProjectFile()}
      />
      <div className={styles.drop}>
        <Icon name="download" size={15} />
        <span>Drop a schema, folder or project here</span>
      </div>
      <p className={styles.say}>
        Everything stays on this computer. {postgres} runs inside the page; no server is contacted.
      </p>
    </nav>
  )
}

interface StartProps {
  readonly icon: string
  readonly title: string
  readonly text: string
  readonly keys: string
  readonly run: () => void
  /** Where the keyboard starts. */
  readonly first?: boolean
}

function Start({ icon, title, text, keys, run, first }: StartProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (first) button.current?.focus()
  }, [first])
  return (
    <button ref={button} type="button" className={styles.start} onClick={run}>
      <Icon name={icon} size={15} />
      <span>
        {title}
        <small>{text}</small>
      </span>
      <Kbd keys={keys} />
    </button>
  )
}

function Templates() {
  const [opening, setOpening] = useState<{ readonly id: string; readonly phase: string } | null>(null)
  const open = async (template: Template) => {
    setOpening({ id: template.id, phase: 'Starting PostgreSQL' })
    try {
      await openTemplate(template, {
        onProgress: ({ phase }) => setOpening({ id: template.id, phase }),
      })
    } catch (error) {
      setOpening(null)
      toast(`${template.title} was not opened`, {
        description: error instanceof Error ? error.message : String(error),
        error: true,
      })
    }
  }
  return (
    <section className={styles.templates} aria-label="Templates">
      <h2 className={styles.heading}>
        Templates <small>Plain SQL, yours to change</small>
      </h2>
      <div className={styles.cards}>
        {templates.map((template) => (
          <button
            key={template.id}
            type="button"
            className={styles.card}
            disabled={opening !== null}
            onClick={() => void open(template)}
          >
            <span className={styles.miniature}>
              <TemplateMiniature template={template} />
            </span>
            <strong>{template.title}</strong>
            <small>{template.tables.length} tables</small>
            <small className={styles.description}>{template.description}</small>
            {opening?.id === template.id && (
              <span className={styles.opening} role="status">
                <Spinner /> {opening.phase}
              </span>
            )}
          </button>
        ))}
      </div>
    </section>
  )
}
