import type { PlanChoices } from '../migration/plan-migration.ts'
import { newestVersion, targetVersions } from '../migration/target-version.ts'
import { type FileFormat, fileFormats } from '../sequelize/flavours.ts'

/** How the next migration is planned and written. */
export interface MigrationSettings extends Required<PlanChoices> {
  readonly format: FileFormat
}

export const initialSettings: MigrationSettings = {
  mode: 'standard',
  target: newestVersion,
  format: 'sequelize',
  simple: new Set(),
  backfills: new Map(),
}

const modes = ['standard', 'zero-downtime'] as const

/** As JSON whose text is always the same for the same settings. */
export function writtenSettings({ mode, target, format, simple, backfills }: MigrationSettings): unknown {
  return {
    mode,
    target,
    format,
    simple: [...simple].sort(),
    backfills: Object.fromEntries([...backfills].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** null when it is not what `writtenSettings` writes. */
export function readSettings(value: unknown): MigrationSettings | null {
  if (typeof value !== 'object' || value === null) return null
  const written: Readonly<Record<string, unknown>> = { ...value }
  const mode = modes.find((known) => known === written.mode)
  const target = targetVersions.find((known) => known === written.target)
  const format = fileFormats.find((known) => known === written.format)
  const { simple, backfills } = written
  if (!mode || !target || !format || !Array.isArray(simple)) return null
  if (typeof backfills !== 'object' || backfills === null) return null
  const ids = simple.filter((id) => typeof id === 'string')
  const expressions = Object.entries(backfills).filter(isTextEntry)
  if (ids.length < simple.length || expressions.length < Object.keys(backfills).length) return null
  return { mode, target, format, simple: new Set(ids), backfills: new Map(expressions) }
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}
