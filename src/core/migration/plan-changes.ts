import type { SchemaDocument } from '../model/document.ts'
import type { Problem } from '../model/problem.ts'
import type { Action } from './action.ts'
import { type Intentions, intentionsBetween } from './actions.ts'
import type { OnlineRendering } from './online-rendering.ts'
import type { Step } from './plan.ts'
import { renderActions } from './render.ts'
import { schedule } from './schedule.ts'
import type { Side } from './side.ts'
import { withSpelledColumns } from './spelled-columns.ts'
import { noSuccessions, successionsBetween } from './successions.ts'

export interface PlanOptions {
  /** Both documents as PostgreSQL prints them, with the same ids. Absent: expressions are compared as written. */
  readonly canonical?: { readonly from: SchemaDocument; readonly to: SchemaDocument }
  /** One statement per object: nothing goes inside its parent's CREATE. */
  readonly separate?: boolean
  /** What is created existed before and comes back while rows exist. */
  readonly restoring?: boolean
  /** The database is empty: what cannot be changed in place is simply made anew. */
  readonly empty?: boolean
  /** Absent: nobody uses the database meanwhile. */
  readonly online?: OnlineRendering
}

export interface PlannedChanges {
  readonly steps: readonly Step[]
  readonly refusals: readonly Problem[]
}

/** The steps from one document to another, in an order that works, or the reasons why there is none. */
export function planChanges(
  from: SchemaDocument,
  to: SchemaDocument,
  options: PlanOptions = {},
): PlannedChanges {
  const old: Side = options.canonical
    ? { written: from, canonical: options.canonical.from }
    : { written: from }
  const end: Side = options.canonical ? { written: to, canonical: options.canonical.to } : { written: to }
  const successions = options.empty ? noSuccessions(old) : successionsBetween(old, end)
  const start = successions.from
  const intentions = withoutAdopted(intentionsBetween(start, end), options.online)
  if (intentions.refusals.length > 0) return { steps: [], refusals: intentions.refusals }
  const separate = options.separate ?? false
  const { ordered, circular } = schedule(start.written, to, intentions, { separate, successions })
  if (circular.length > 0) return { steps: [], refusals: [circle(circular, start.written, to)] }
  const steps = renderActions(start, end, ordered, {
    altered: intentions.altered,
    online: options.online,
    restoring: options.restoring ?? false,
    spelled: (object) => withSpelledColumns(object, from, end, intentions.dependenciesTo),
    successions,
  })
  return { steps: steps.filter(({ statements }) => statements.length > 0), refusals: [] }
}

/** An index that a key takes over is not dropped. */
function withoutAdopted(intentions: Intentions, online: OnlineRendering | undefined): Intentions {
  if (!online || online.adopts.size === 0) return intentions
  const adopted = new Set(online.adopts.values())
  return { ...intentions, dropped: new Set([...intentions.dropped].filter((id) => !adopted.has(id))) }
}

function circle(actions: readonly Action[], from: SchemaDocument, to: SchemaDocument): Problem {
  const names = actions.map(
    ({ type, id }) => `${type} ${(to.objects.get(id) ?? from.objects.get(id))?.name ?? id}`,
  )
  return {
    code: 'circular-plan',
    severity: 'error',
    source: 'Migration',
    ...(actions[0] ? { object: actions[0].id } : {}),
    message: `These changes wait for each other, so that no order works: ${names.join(', ')}.`,
    hint: 'Make the changes in two migrations.',
  }
}
