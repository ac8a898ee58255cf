import { type Phase, phases } from '../../core/kinds/online.ts'
import type { Plan } from '../../core/migration/plan.ts'
import type { MigrationFile } from '../../core/sequelize/migration-file.ts'

/** The files of one phase and what must be deployed before they run. */
export interface FilePhase {
  readonly phase: Phase
  readonly gates: readonly string[]
  readonly files: readonly PhaseFile[]
}

interface PhaseFile {
  readonly file: MigrationFile
  /** Its place among all files. */
  readonly index: number
  /** What it does: "Fill posts.status in batches". */
  readonly does: string
}

/** The phases that have files or a gate, in order; none for a plan without phases. */
export function filePhases(files: readonly MigrationFile[], plan: Plan): readonly FilePhase[] {
  if (!files.some(({ phase }) => phase !== undefined)) return []
  return phases
    .map((phase) => ({
      phase,
      gates: plan.gates?.[phase] ?? [],
      files: files.flatMap((file, index) =>
        file.phase === phase ? [{ file, index, does: doneBy(file, index, files, plan) }] : [],
      ),
    }))
    .filter(({ files: own, gates }) => own.length > 0 || gates.length > 0)
}

/** Every part of the plan is one file, or two where up and down are scripts of their own. */
function doneBy(file: MigrationFile, index: number, files: readonly MigrationFile[], plan: Plan): string {
  const parts = plan.parts ?? []
  if (file.fileName.endsWith('.down.sql')) return 'The way back'
  const [first, ...others] = parts[Math.floor((index * parts.length) / files.length)]?.up ?? []
  if (!first) return ''
  return others.length === 0 ? first.title : `${first.title} and ${others.length} more`
}

/** How many releases the plan takes: one more than its gates. */
export function releaseCount(plan: Plan): number {
  return 1 + phases.filter((phase) => (plan.gates?.[phase] ?? []).length > 0).length
}
