import {
  type Selection,
  selectChanges,
  withChangeLeft,
  withChangeSelected,
} from '../core/migration/selected-changes.ts'
import { type TargetVersion, targetVersions } from '../core/migration/target-version.ts'
import type { ObjectId } from '../core/model/object.ts'
import { type MigrationSettings, sameSettings } from '../core/project/migration-settings.ts'
import type { FileFormat } from '../core/sequelize/flavours.ts'
import { dispatchLedger, documentStore } from './document-store.ts'
import { projectStore } from './project-store.ts'

function change(title: string, settings: Partial<MigrationSettings>): void {
  dispatchLedger(title, ({ migration }) => {
    const next = { ...migration, ...settings }
    return sameSettings(next, migration) ? {} : { migration: next }
  })
}

export function chooseMode(mode: MigrationSettings['mode']): void {
  change(mode === 'standard' ? 'Plan at once' : 'Plan without downtime', { mode })
}

export function chooseTarget(version: `${TargetVersion}`): void {
  const target = targetVersions.find((known) => `${known}` === version)
  if (target) change('Change target version', { target })
}

export function chooseFormat(format: FileFormat): void {
  change('Change file format', { format })
}

/** Names the migration; empty: as its plan proposes. */
export function nameMigration(title: string): void {
  change('Name migration', { title: title.trim() || null })
}

/** How a change is made in a zero-downtime plan: in stages, or at once whatever it stops. */
export function chooseWay(object: ObjectId, way: 'safe' | 'simple'): void {
  const simple = new Set(projectStore.getState().migration.simple)
  if (way === 'simple') simple.add(object)
  else simple.delete(object)
  change(way === 'simple' ? 'Make change at once' : 'Make change in stages', { simple })
}

/** The expression for rows that lack a value of the column; empty: none. */
export function setBackfill(column: ObjectId, expression: string): void {
  const { backfills } = projectStore.getState().migration
  const wanted = expression.trim()
  if ((backfills.get(column) ?? '') === wanted) return
  const next = new Map(backfills)
  if (wanted === '') next.delete(column)
  else next.set(column, wanted)
  change('Change backfill', { backfills: next })
}

/** Makes a pending change with this migration, or leaves it for a later one. */
export function selectChange(object: ObjectId, selected: boolean): void {
  const { left } = projectStore.getState().migration
  const selection = selectedChanges()
  if (selected) change('Select change', { left: withChangeSelected(selection, left, object) })
  else change('Leave change pending', { left: withChangeLeft(selection, left, object) })
}

/** Makes all pending changes with this migration, or none. */
export function selectAllChanges(selected: boolean): void {
  const { states } = selectedChanges()
  if (selected && [...states.values()].every(({ state }) => state === 'selected')) return
  const left = new Set(selected ? [] : states.keys())
  change(selected ? 'Select all changes' : 'Leave all changes pending', { left })
}

let last: { readonly of: readonly unknown[]; readonly selection: Selection } | null = null

/** The pending changes and which of them this migration makes; the same value while nothing changed. */
export function selectedChanges(): Selection {
  const { baseline, migration } = projectStore.getState()
  const { document } = documentStore.getState()
  const of = [baseline.objects, document.objects, migration.left]
  if (last?.of.some((part, index) => part !== of[index]) !== false) {
    last = { of, selection: selectChanges(baseline, document, migration.left) }
  }
  return last.selection
}
