import { type TargetVersion, targetVersions } from '../core/migration/target-version.ts'
import type { ObjectId } from '../core/model/object.ts'
import type { MigrationSettings } from '../core/project/migration-settings.ts'
import type { FileFormat } from '../core/sequelize/flavours.ts'
import { isReadOnly, projectStore } from './project-store.ts'

function change(settings: Partial<MigrationSettings>): void {
  if (isReadOnly()) return
  projectStore.setState(({ migration }) => ({ migration: { ...migration, ...settings } }))
}

export function chooseMode(mode: MigrationSettings['mode']): void {
  change({ mode })
}

export function chooseTarget(version: `${TargetVersion}`): void {
  const target = targetVersions.find((known) => `${known}` === version)
  if (target) change({ target })
}

export function chooseFormat(format: FileFormat): void {
  change({ format })
}

/** How a change is made in a zero-downtime plan: in stages, or at once whatever it stops. */
export function chooseWay(object: ObjectId, way: 'safe' | 'simple'): void {
  const simple = new Set(projectStore.getState().migration.simple)
  if (way === 'simple') simple.add(object)
  else simple.delete(object)
  change({ simple })
}

/** The expression for rows that lack a value of the column; empty: none. */
export function setBackfill(column: ObjectId, expression: string): void {
  const { backfills } = projectStore.getState().migration
  const wanted = expression.trim()
  if ((backfills.get(column) ?? '') === wanted) return
  const next = new Map(backfills)
  if (wanted === '') next.delete(column)
  else next.set(column, wanted)
  change({ backfills: next })
}
