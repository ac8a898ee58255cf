import { useEffect, useState } from 'react'
import { type ProjectSummary, recentProjects } from '../../state/projects.ts'
import { Icon } from '../../ui/Icon.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { openStoredProject } from './open-files.ts'
import styles from './projects.module.css'
import { timeAgo } from './time-ago.ts'

/** The projects of this browser, the one opened last first. */
export function RecentProjects() {
  const [projects, setProjects] = useState<readonly ProjectSummary[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [filter, setFilter] = useState('')
  useEffect(() => {
    void recentProjects().then((stored) => {
      if ('failure' in stored) setFailure(stored.failure)
      else setProjects(stored.value)
    })
  }, [])
  const shown = (projects ?? []).filter((project) =>
    project.name.toLowerCase().includes(filter.trim().toLowerCase()),
  )
  return (
    <section aria-label="Recent">
      <h2 className={styles.heading}>
        Recent
        <small />
        {projects !== null && projects.length > 5 && (
          <TextField
            className={styles.filter}
            label="Filter projects"
            placeholder="Filter"
            icon="search"
            value={filter}
            onChange={setFilter}
          />
        )}
      </h2>
      {failure !== null && <p className={styles.none}>{failure}</p>}
      {projects?.length === 0 && (
        <p className={styles.none}>Projects you open are listed here. They stay on this computer.</p>
      )}
      {projects !== null && projects.length > 0 && <ProjectTable projects={shown} filter={filter} />}
    </section>
  )
}

function ProjectTable({
  projects,
  filter,
}: {
  readonly projects: readonly ProjectSummary[]
  readonly filter: string
}) {
  if (projects.length === 0) return <p className={styles.none}>Nothing matches “{filter}”.</p>
  const now = Date.now()
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th style={{ width: 220 }}>Project</th>
          <th>Where</th>
          <th style={{ width: 80 }} className={styles.right}>
            Tables
          </th>
          <th style={{ width: 180 }}>State</th>
          <th style={{ width: 130 }} className={styles.right}>
            Opened
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <tr key={project.id} onClick={() => void openStoredProject(project.id, project.name)}>
            <td>
              <button type="button" className={styles.open}>
                {project.name}
              </button>
            </td>
            <td className={styles.muted}>{project.place}</td>
            <td className={styles.right}>{project.tables}</td>
            <td>
              <State project={project} />
            </td>
            <td className={`${styles.right} ${styles.muted}`}>{timeAgo(project.openedAt, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function State({ project }: { readonly project: ProjectSummary }) {
  const { errors, warnings, changes } = project
  const [icon, look, text] =
    errors > 0
      ? (['circle-x', styles.error, counted(errors, 'error')] as const)
      : warnings > 0
        ? (['triangle-alert', styles.warning, counted(warnings, 'warning')] as const)
        : (['circle-check', styles.valid, changes > 0 ? counted(changes, 'change') : 'No changes'] as const)
  return (
    <span className={styles.state}>
      <Icon name={icon} size={13} className={look} />
      {text}
    </span>
  )
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
