import type { PastMigration } from '../../core/project/schema-points.ts'
import type { SchemaPoint } from '../../state/migration-ends.ts'
import type { ProjectSummary } from '../../state/projects.ts'

export interface PointOption {
  readonly value: string
  readonly label: string
}

/** What asks for a file when it is chosen. */
export const fileOption = 'file'

/** The points that can be compared: the drawing, every kept point of the history, the last first, and what is elsewhere. */
export function pointOptions(
  history: readonly PastMigration[],
  present: SchemaPoint,
  projects: readonly Pick<ProjectSummary, 'id' | 'name'>[],
): readonly PointOption[] {
  // Nothing leads back beyond one that did not keep what it changed.
  const first = history.findLastIndex(({ patch }) => patch === undefined) + 1
  const counts = Array.from({ length: history.length - first + 1 }, (_, index) => history.length - index)
  return [
    { value: 'drawing', label: 'The drawing' },
    ...counts.map((count) => ({ value: `migrations ${count}`, label: labelAfter(history, count) })),
    ...(present.type === 'other' ? [{ value: 'other', label: present.name }] : []),
    ...projects.map(({ id, name }) => ({ value: `project ${id}`, label: `Project ${name}` })),
    { value: fileOption, label: 'A project or SQL file…' },
  ]
}

function labelAfter(history: readonly PastMigration[], count: number): string {
  if (count === history.length) return 'The baseline'
  return count === 0 ? 'Before the first migration' : `After ${history[count - 1]?.title ?? ''}`
}

/** The option that stands for a point. */
export function optionOf(point: SchemaPoint): string {
  return point.type === 'migrations' ? `migrations ${point.count}` : point.type
}

/** The point of an option that needs nothing to be read; null for the others. */
export function pointOf(option: string): SchemaPoint | null {
  if (option === 'drawing') return { type: 'drawing' }
  const count = /^migrations (\d+)$/.exec(option)?.[1]
  return count === undefined ? null : { type: 'migrations', count: Number(count) }
}
