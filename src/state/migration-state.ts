import { createStore } from 'zustand/vanilla'
import { emptyPlan, type Plan } from '../core/migration/plan.ts'
import { initialSettings, type MigrationSettings } from '../core/project/migration-settings.ts'
import type { ExportedMigration } from '../core/project/project.ts'
import type { MigrationFile } from '../core/sequelize/migration-file.ts'
import type { Difference, Progress, Proof } from './database.ts'
import type { Compared, Ends } from './migration-ends.ts'

/** The migration from the baseline to what is selected, or between two points to compare, and what is known of it. */
export interface MigrationState {
  /** `stale`: the schema has changed since, a new plan is on its way. */
  readonly status: 'none' | 'planning' | 'stale' | 'ready' | 'failed'
  readonly plan: Plan
  /** The two schemas that the plan is between. */
  readonly between: Ends | null
  /** Set while two other points are looked at than the baseline and the drawing. */
  readonly comparing: Compared | null
  /** Why planning, proving or exporting broke off. */
  readonly failure: string | null
  /** What it does in a few words; the files are named after it. */
  readonly title: string
  readonly files: readonly MigrationFile[]
  /** Exports whose files these replace. */
  readonly reopened: readonly ExportedMigration[]
  /** What the plan was made by, and the form of the files. */
  readonly settings: MigrationSettings
  readonly proof: Proof | null
  /** Set while a proof runs. */
  readonly proving: Progress | null
  readonly exporting: boolean
  /** Where the shadow is otherwise than the document: our bug, so nothing is exported. */
  readonly differences: readonly Difference[]
}

const nothing: MigrationState = {
  status: 'none',
  plan: emptyPlan,
  between: null,
  comparing: null,
  failure: null,
  title: '',
  files: [],
  reopened: [],
  settings: initialSettings,
  proof: null,
  proving: null,
  exporting: false,
  differences: [],
}

export const migrationStore = createStore<MigrationState>(() => nothing)
