import { useEffect, useMemo, useState } from 'react'
import { pastMigrations } from '../../core/project/schema-points.ts'
import { type PointRead, pointOfFile, pointOfStored } from '../../state/compare-points.ts'
import { chooseFile } from '../../state/files.ts'
import type { Compared, SchemaPoint } from '../../state/migration-ends.ts'
import { compare } from '../../state/migration-store.ts'
import { type ProjectSummary, recentProjects } from '../../state/projects.ts'
import { useProject } from '../../state/use-stores.ts'
import { Bar, BarText, Space } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './migrations.module.css'
import { fileOption, optionOf, pointOf, pointOptions } from './point-options.ts'

/** Which two schemas the migration is between, while they are not the baseline and what is drawn. */
export function CompareBar({ compared }: { readonly compared: Compared }) {
  const id = useProject((state) => state.id)
  const replayed = useProject((state) => state.replayed)
  const exported = useProject((state) => state.history)
  const history = useMemo(() => pastMigrations({ replayed, history: exported }), [replayed, exported])
  const [projects, setProjects] = useState<readonly ProjectSummary[]>([])
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    void recentProjects().then((stored) => {
      if ('value' in stored) setProjects(stored.value.filter((project) => project.id !== id))
    })
  }, [id])

  const read = async (option: string): Promise<PointRead | null> => {
    const point = pointOf(option)
    if (point) return { point }
    if (option === fileOption) {
      const file = await chooseFile('.json,.sql,.txt,application/json,application/sql,text/plain')
      setReading(true)
      return file && pointOfFile(file)
    }
    const project = projects.find((candidate) => `project ${candidate.id}` === option)
    return project ? pointOfStored(project.id, project.name) : null
  }
  const choose = async (end: 'from' | 'to', option: string) => {
    setFailure(null)
    try {
      const outcome = await read(option)
      if (outcome && 'failure' in outcome) setFailure(outcome.failure)
      else if (outcome) compare({ ...compared, [end]: outcome.point, title: null })
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setReading(false)
    }
  }
  return (
    <Bar>
      <BarText>From</BarText>
      <PointSelect
        label="Migrate from"
        point={compared.from}
        options={pointOptions(history, compared.from, projects)}
        onChange={(option) => void choose('from', option)}
      />
      <IconButton
        icon="arrow-left-right"
        label="Exchange the two"
        onClick={() => compare({ from: compared.to, to: compared.from, title: null })}
      />
      <BarText>to</BarText>
      <PointSelect
        label="Migrate to"
        point={compared.to}
        options={pointOptions(history, compared.to, projects)}
        onChange={(option) => void choose('to', option)}
      />
      {reading && <Spinner />}
      {failure === null ? (
        <BarText>Its export leaves baseline and history as they are.</BarText>
      ) : (
        <span className={styles.bad} role="alert">
          {failure}
        </span>
      )}
      <Space />
      <Button icon="x" onClick={() => compare(null)}>
        Close comparison
      </Button>
    </Bar>
  )
}

interface PointSelectProps {
  readonly label: string
  readonly point: SchemaPoint
  readonly options: ReturnType<typeof pointOptions>
  readonly onChange: (option: string) => void
}

function PointSelect({ label, point, options, onChange }: PointSelectProps) {
  return (
    <div className={styles.point}>
      <Select label={label} value={optionOf(point)} options={options} onChange={onChange} />
    </div>
  )
}
