import { type Phase, phases } from '../../core/kinds/online.ts'
import type { Plan } from '../../core/migration/plan.ts'
import type { MigrationFile } from '../../core/sequelize/render-migration.ts'

/** The files of one phase and what must be deployed before they run. */
export interface FilePhase {
  readonly phase: Phase
  readonly gates: readonly string[]
  readonly files: readonly { readonly file: MigrationFile; readonly index: number }[]
}

/** The phases that have files or a gate, in order; none for a plan without phases. */
export function filePhases(files: readonly MigrationFile[], plan: Plan): readonly FilePhase[] {
  if (!files.some(({ phase }) => phase !== undefined)) return []
  return phases
    .map((phase) => ({
      phase,
      gates: plan.gates?.[phase] ?? [],
      files: files.flatMap((file, index) => (file.phase === phase ? [{ file, index }] : [])),
    }))
    .filter(({ files: own, gates }) => own.length > 0 || gates.length > 0)
}

/** How many releases the plan takes: one more than its gates. */
export function releaseCount(plan: Plan): number {
  return 1 + phases.filter((phase) => (plan.gates?.[phase] ?? []).length > 0).length
}
