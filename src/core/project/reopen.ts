import { applyPatch, invertPatch } from '../model/patch.ts'
import type { MigrationSettings } from './migration-settings.ts'
import type { ExportedMigration, Project } from './project.ts'

type Migrations = Pick<Project, 'baseline' | 'history' | 'reopened' | 'migration'>

/** Why an export cannot be taken back to fold later changes into it, as a sentence; null where it can. */
export function reopenRefusal(history: readonly ExportedMigration[], at: number): string | null {
  const [first, ...later] = at < 0 ? [] : history.slice(at)
  if (!first) return 'It is not in the history.'
  if (first.shipped) return 'It has shipped: its files have run where nobody takes them back.'
  const shipped = later.find((migration) => migration.shipped)
  if (shipped) return `“${shipped.title}” was exported after it and has shipped.`
  if ([first, ...later].some(({ made }) => made === undefined)) {
    return 'It was exported by an older Relata, which did not keep what it changed.'
  }
  return null
}

/**
 * Takes back an export and those after it: their changes are pending again, with what was decided of them, and the
 * next export replaces their files under the name of the first. Null where `reopenRefusal` has a reason.
 */
export function reopenExport(project: Migrations, at: number): Migrations | null {
  const { history } = project
  const taken = history.slice(at)
  const [first] = taken
  if (!first?.made || reopenRefusal(history, at) !== null) return null
  const baseline = taken.reduceRight(
    (document, { made }) => (made ? applyPatch(document, invertPatch(made.patch)) : document),
    project.baseline,
  )
  const { mode, target, format } = first.made.settings
  const decided = [...taken.flatMap(({ made }) => made?.settings ?? []), project.migration]
  const migration: MigrationSettings = {
    mode,
    target,
    format,
    simple: new Set(decided.flatMap(({ simple }) => [...simple])),
    backfills: new Map(decided.flatMap(({ backfills }) => [...backfills])),
    title: first.title,
    left: project.migration.left,
  }
  return {
    baseline,
    history: history.slice(0, at),
    reopened: [...taken, ...project.reopened],
    migration,
  }
}

/** Puts what was taken back where it was: its files stay, and what was drawn since is pending. */
export function closeReopened({ baseline, history, reopened, migration }: Migrations): Migrations {
  return {
    baseline: reopened.reduce(
      (document, { made }) => (made ? applyPatch(document, made.patch) : document),
      baseline,
    ),
    history: [...history, ...reopened],
    reopened: [],
    migration: { ...migration, title: null },
  }
}

/** An export ships after all before it, and is taken back from there only with all after it. */
export function markShipped(
  history: readonly ExportedMigration[],
  at: number,
  shipped: boolean,
): readonly ExportedMigration[] {
  return history.map((migration, index) =>
    migration.shipped === shipped || (shipped ? index > at : index < at)
      ? migration
      : { ...migration, shipped },
  )
}
