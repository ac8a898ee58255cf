import { sameValue } from '../core/model/equality.ts'
import * as platform from '../platform/folder-files.ts'
import { compareMarks, mayUse } from '../platform/folder-handle.ts'
import { type CallOptions, database } from './database.ts'
import { chosenServices, isWanted, requestOf, servicesIn } from './folder-choices.ts'
import { LatestRun } from './latest-run.ts'
import { isOfModels, noteModelsRead } from './linked-folder.ts'
import { type Kept, linkedFolderStore } from './linked-folder-store.ts'
import { projectStore } from './project-store.ts'

/** From now on reads the models of the linked folder anew when their files have changed on disk. Returns the way out. */
export function watchFolderModels(): () => void {
  const run = new LatestRun()
  const check = () => {
    const { project, kept, state } = linkedFolderStore.getState()
    if (project === null || !kept || state === 'asks' || state === 'unreadable') return
    void run.start((options) => readWhereChanged(kept, options), {
      onProgress: () => undefined,
      onDone: (found) => {
        if (!found || projectStore.getState().id !== project) return
        if (!sameValue(found.models, projectStore.getState().models)) {
          projectStore.setState({ models: found.models })
        }
        void noteModelsRead(project, found.marks)
      },
      // The folder says itself that it cannot be read; the models stay as they were.
      onFailure: (failure) => failure !== null && console.warn('Models were not read again', failure),
    })
  }
  const stop = linkedFolderStore.subscribe(check)
  check()
  return () => {
    stop()
    run.cancel()
  }
}

async function readWhereChanged(kept: Kept, options: CallOptions) {
  const isModel = isOfModels(kept)
  if (!isModel || !(await mayUse(kept.handle, 'read', false))) return null
  const { added, edited, removed, marks } = await compareMarks(
    kept.handle,
    isModel,
    kept.modelMarks ?? new Map(),
  )
  if (kept.modelMarks && [...added, ...edited, ...removed].length === 0) return null
  const folder = await platform.readFolder(kept.handle, isWanted)
  const found = await servicesIn(folder.files, kept.choices.environment, options)
  const opened = { folder, found, choices: kept.choices }
  const services = chosenServices(opened)
  const { files, environment = {} } = requestOf(opened)
  return { models: await database().readModels({ files, services, environment }, options), marks }
}
