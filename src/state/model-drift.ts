import { isTable } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import type { Drift } from '../core/sequelize/models/drift.ts'
import { driftBetween, type MadeModels } from '../core/sequelize/models/drift-between.ts'
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

/** Milliseconds of rest after PostgreSQL has checked an edit before models and schema are compared again. */
const rest = 200

/** The tables of the models as PostgreSQL made them beside a document. */
interface Known {
  readonly models: ModelReading['models']
  readonly document: SchemaDocument
  readonly made: MadeModels
}

/** From now on says among the problems where the open project differs from the models that it keeps. */
export function watchModels(): () => void {
  const run = new LatestRun()
  let timer: ReturnType<typeof setTimeout> | undefined
  let known: Known | null = null
  const compare = () => {
    const { id, models: reading } = projectStore.getState()
    const { document } = documentStore.getState()
    const { canonical } = engineStore.getState()
    run.cancel()
    if (id === null || reading.models.length === 0) {
      publish(reading, [])
      return
    }
    // PostgreSQL has not read the document yet: it tells when it has.
    if (canonical.size === 0) return
    if (known?.models === reading.models && isSameBesideTables(known.document, document)) {
      const { models, made } = known
      publish(reading, driftBetween({ document, printed: canonical, models, made }))
      return
    }
    void run.start((options) => database().compareModels(document, reading.models, options), {
      onProgress: () => undefined,
      onDone: ({ drift, made }) => {
        known = { models: reading.models, document, made }
        publish(reading, drift)
      },
      onFailure: (failure) => {
        if (failure !== null) console.error('Models could not be compared', failure)
      },
    })
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(compare, rest)
  }
  const stops = [
    engineStore.subscribe((now, before) => {
      if (now.canonical !== before.canonical) soon()
    }),
    projectStore.subscribe((now, before) => {
      if (now.id !== before.id || now.models !== before.models) soon()
    }),
  ]
  soon()
  return () => {
    clearTimeout(timer)
    run.cancel()
    for (const stop of stops) stop()
  }
}

/** Types, functions and whatever else the tables of models may use are as they were. */
function isSameBesideTables(before: SchemaDocument, now: SchemaDocument): boolean {
  if (before.objects === now.objects) return true
  const [earlier, later] = [schemaOf(before), schemaOf(now)]
  const others = (objects: SchemaDocument['objects'], schema: Schema) =>
    [...objects.values()].filter((object) => !isOfTable(object, schema))
  const [a, b] = [others(before.objects, earlier), others(now.objects, later)]
  return a.length === b.length && a.every((object) => now.objects.get(object.id) === object)
}

function isOfTable(object: ObjectBase, schema: Schema): boolean {
  if (isTable(object)) return true
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent !== undefined && isOfTable(parent, schema)
}

function publish({ problems: unread }: ModelReading, drift: readonly Drift[]): void {
  const { problems } = engineStore.getState()
  const others = problems.filter(({ source }) => source !== 'Models')
  const ours = [...unread.map(unreadModel), ...drift.map(driftProblem)]
  if (ours.length === 0 && others.length === problems.length) return
  engineStore.setState({ problems: [...others, ...ours] })
}
