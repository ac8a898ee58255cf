import { isTexts } from '../kinds/fields.ts'
import type { PlanChoices } from '../migration/plan-migration.ts'
import { newestVersion, targetVersions } from '../migration/target-version.ts'
import type { ObjectId } from '../model/object.ts'
import { type FileFormat, fileFormats } from '../sequelize/flavours.ts'

/** How the next migration is planned and written. */
export interface MigrationSettings extends Required<PlanChoices> {
  readonly format: FileFormat
  /** What it does in a few words, by choice; null: as its plan proposes. */
  readonly title: string | null
  /** Changes that are to stay pending: see `selectChanges`. */
  readonly left: ReadonlySet<ObjectId>
}

export const initialSettings: MigrationSettings = {
  mode: 'standard',
  target: newestVersion,
  format: 'sequelize',
  simple: new Set(),
  backfills: new Map(),
  title: null,
  left: new Set(),
}

/** True when nothing was chosen otherwise; sets and maps are replaced, never changed. */
export function sameSettings(a: MigrationSettings, b: MigrationSettings): boolean {
  const { mode, target, format, simple, backfills, title, left } = a
  return (
    mode === b.mode &&
    target === b.target &&
    format === b.format &&
    simple === b.simple &&
    backfills === b.backfills &&
    title === b.title &&
    left === b.left
  )
}

/** The same way of planning and writing, with nothing decided: what was decided of some changes says nothing of others. */
export function undecided(settings: MigrationSettings): MigrationSettings {
  const { simple, backfills, title, left } = initialSettings
  return { ...settings, simple, backfills, title, left }
}

const modes = ['standard', 'zero-downtime'] as const

/** As JSON whose text is always the same for the same settings. */
export function writtenSettings(settings: MigrationSettings): unknown {
  const { mode, target, format, simple, backfills, title, left } = settings
  return {
    mode,
    target,
    format,
    simple: [...simple].sort(),
    backfills: Object.fromEntries([...backfills].sort(([a], [b]) => (a < b ? -1 : 1))),
    title,
    left: [...left].sort(),
  }
}

/** null when it is not what `writtenSettings` writes. */
export function readSettings(value: unknown): MigrationSettings | null {
  if (typeof value !== 'object' || value === null) return null
  const written: Readonly<Record<string, unknown>> = { ...value }
  const mode = modes.find((known) => known === written.mode)
  const target = targetVersions.find((known) => known === written.target)
  const format = fileFormats.find((known) => known === written.format)
  const { backfills, title } = written
  const simple = textsOf(written.simple)
  const left = textsOf(written.left)
  if (!mode || !target || !format || !simple || !left) return null
  if (typeof backfills !== 'object' || backfills === null) return null
  if (title !== null && typeof title !== 'string') return null
  const expressions = Object.entries(backfills).filter(isTextEntry)
  if (expressions.length < Object.keys(backfills).length) return null
  return {
    mode,
    target,
    format,
    simple: new Set(simple),
    backfills: new Map(expressions),
    title,
    left: new Set(left),
  }
}

function textsOf(value: unknown): readonly string[] | null {
  return isTexts(value) ? value : null
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}
