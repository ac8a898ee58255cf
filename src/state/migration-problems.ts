import { diffDocuments } from '../core/diff/diff-documents.ts'
import type { Plan } from '../core/migration/plan.ts'
import type { Problem } from '../core/model/problem.ts'
import { documentStore } from './document-store.ts'
import { engineStore } from './engine-store.ts'
import { migrationStore } from './migration-state.ts'
import { isPlannedAsDrawn, watchMigration } from './migration-store.ts'
import { projectStore } from './project-store.ts'

/** Milliseconds of rest after an edit before the plan is asked for. */
const rest = 500

/**
 * A schema can be right and still be out of reach: PostgreSQL makes a column of an enum, but does not turn text into
 * one unasked. So while something that the baseline has is changed in place, the migration is planned in the
 * background, and what PostgreSQL refuses of it stands among the problems. Returns the way out.
 */
export function watchRefusals(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopPlanning: (() => void) | null = null
  const decide = () => {
    if (changesInPlace()) {
      stopPlanning ??= watchMigration()
      return
    }
    stopPlanning?.()
    stopPlanning = null
    publish([])
  }
  const schedule = () => {
    clearTimeout(timer)
    timer = setTimeout(decide, rest)
  }
  const stops = [
    documentStore.subscribe(schedule),
    projectStore.subscribe(schedule),
    migrationStore.subscribe(({ plan }) => {
      if (stopPlanning && isPlannedAsDrawn()) publish(undecidedAside(plan))
    }),
  ]
  return () => {
    clearTimeout(timer)
    stopPlanning?.()
    for (const stop of stops) stop()
  }
}

/** What a plan in phases only asks is no fault of the schema: it stands beside its change. */
function undecidedAside({ refusals, changes = [] }: Plan): readonly Problem[] {
  const asking = new Set(changes.flatMap(({ id, question }) => (question ? [id] : [])))
  return refusals.filter(({ object }) => object === undefined || !asking.has(object))
}

/** True when an object of the baseline differs in more than its name and comment. */
function changesInPlace(): boolean {
  const { baseline } = projectStore.getState()
  return diffDocuments(baseline, documentStore.getState().document).some(
    (change) =>
      change.type === 'changed' && change.fields.some((field) => field !== 'name' && field !== 'comment'),
  )
}

function publish(refusals: readonly Problem[]): void {
  const { problems } = engineStore.getState()
  const others = problems.filter(({ source }) => source !== 'Migration')
  // What cannot be built cannot be migrated either: that is said already.
  const known = new Set(others.map(({ object }) => object))
  const ours = refusals.filter(({ object, code }) => code !== 'not-in-database' && !known.has(object))
  if (ours.length === 0 && others.length === problems.length) return
  engineStore.setState({ problems: [...others, ...ours] })
}
