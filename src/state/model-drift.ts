import type { Drift } from '../core/sequelize/models/drift.ts'
import { driftProblem, unreadModel } from '../core/sequelize/models/drift-problem.ts'
import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { database } from './database.ts'
import { documentStore } from './document-store.ts'
import { engineStore } from './engine-store.ts'
import { LatestRun } from './latest-run.ts'
import { projectStore } from './project-store.ts'

/** A folder's models, and where they differ from what its migrations build. */
export interface FolderModels {
  readonly reading: ModelReading
  readonly drift: readonly Drift[]
}

/** Milliseconds of rest after an edit before models and schema are compared again. */
const rest = 800

let stopFollowing: (() => void) | null = null

/**
 * From now on says among the problems where these models and the open project differ, for as long as it is open in this
 * page: models are read from files that the project does not keep.
 */
export function followModels({ reading, drift }: FolderModels): void {
  stopFollowing?.()
  const { id } = projectStore.getState()
  const run = new LatestRun()
  let timer: ReturnType<typeof setTimeout> | undefined
  let compared = documentStore.getState().document.objects
  const compare = () => {
    const { document } = documentStore.getState()
    if (document.objects === compared) return
    compared = document.objects
    void run.start((options) => database().compareModels(document, reading.models, options), {
      onProgress: () => undefined,
      onDone: (found) => publish(reading, found),
      onFailure: (failure) => {
        if (failure !== null) console.error('Models could not be compared', failure)
      },
    })
  }
  const stops = [
    documentStore.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(compare, rest)
    }),
    projectStore.subscribe((state) => {
      if (state.id !== id) stopFollowing?.()
    }),
  ]
  stopFollowing = () => {
    stopFollowing = null
    clearTimeout(timer)
    run.cancel()
    for (const stop of stops) stop()
    publish({ models: [], problems: [] }, [])
  }
  publish(reading, drift)
}

function publish({ problems: unread }: ModelReading, drift: readonly Drift[]): void {
  const { problems } = engineStore.getState()
  const others = problems.filter(({ source }) => source !== 'Models')
  const ours = [...unread.map(unreadModel), ...drift.map(driftProblem)]
  if (ours.length === 0 && others.length === problems.length) return
  engineStore.setState({ problems: [...others, ...ours] })
}
