import { joinName } from '../commands/naming.ts'
import { diffDocuments } from '../diff/diff-documents.ts'
import { fieldOf } from '../kinds/field-access.ts'
import type { OnlineContext, Phase, Stage } from '../kinds/online.ts'
import { phaseOf, phases } from '../kinds/online.ts'
import { onlineOf } from '../kinds/online-forms.ts'
import { kindOf, nounOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { uniqueName } from '../sql/unique-name.ts'
import { writtenWithDerived } from './actions.ts'
import { dependenciesOf } from './dependencies.ts'
import { fillStep } from './fill.ts'
import { knownAs } from './for-target.ts'
import { lockRuns } from './lock-runs.ts'
import { type OnlineChange, waysOf } from './online-changes.ts'
import type { OnlineRendering } from './online-rendering.ts'
import type { Plan, PlannedChange, Step } from './plan.ts'
import { type PlanOptions, planChanges } from './plan-changes.ts'
import type { SettledSchema } from './plan-migration.ts'
import { partsOf } from './plan-parts.ts'
import { groupOf } from './scopes.ts'
import { joinedParts, numberSteps, type StagePart } from './stage-parts.ts'
import { newestVersion, type TargetVersion } from './target-version.ts'
import { spokenName } from './titles.ts'
import { type Leg, legsOf, type Prints } from './waypoints.ts'
import { narrowedWithin, only } from './within-reach.ts'

/** What a person decides about single changes. */
export interface OnlineChoices {
  /** The oldest PostgreSQL that it must run on. Default the newest. */
  readonly target?: TargetVersion
  /** Objects that are changed by their ordinary statement, whatever it stops. */
  readonly simple?: ReadonlySet<ObjectId>
  /** By column, the expression for rows that lack a value. */
  readonly backfills?: ReadonlyMap<ObjectId, string>
}

/**
 * The plan for a database in use: the changes in stages, each stage a schema between the two, planned from the one
 * before it like any other. Its parts carry the phase they belong to.
 */
export function planOnline(old: SettledSchema, end: SettledSchema, choices: OnlineChoices): Plan {
  const simple = choices.simple ?? new Set<ObjectId>()
  const start = knownAs(old, remade(old, end, simple))
  const prints: Prints = new Map()
  const from = prepared(start, prints)
  const to = prepared(end, prints)
  const fillable = new Set<ObjectId>()
  const backfill = (column: ObjectId) => {
    fillable.add(column)
    return choices.backfills?.get(column) ?? null
  }
  const differences = diffDocuments(start.canonical, end.canonical)
  const changed = new Set(differences.flatMap(({ type, id }) => (type === 'changed' ? [id] : [])))
  const context = contextOf(from, to, choices.target ?? newestVersion, backfill, prints, start, changed)
  const changes = waysOf(
    differences,
    { from: { written: from, canonical: start.canonical }, to: { written: to, canonical: end.canonical } },
    context,
    simple,
  )
  const described = changes.map((change) => describe(change, context, fillable))
  const questions = changes.flatMap((change) => (change.question ? [asked(change, context)] : []))
  if (questions.length > 0) return { up: [], down: [], refusals: questions, changes: described }
  const passing = new Set(changes.flatMap((change) => change.passing))
  const isInUse = (object: ObjectBase, schema: Schema) =>
    !simple.has(object.id) && from.objects.has(groupOf(object, schema).id)
  const parts: StagePart[] = []
  const notes: string[] = []
  for (const leg of legsOf(from, to, changes, prints)) {
    const planned = planLeg(leg, passing, isInUse)
    if (planned.refusals.length > 0)
      return { up: [], down: [], refusals: planned.refusals, changes: described }
    parts.push(...planned.parts)
    if (planned.isPlain) notes.push(plainNote(phaseOf[leg.stage]))
  }
  const numbered = joinedParts(parts).map(numberSteps)
  return {
    up: numbered.flatMap((part) => part.up),
    down: numbered.toReversed().flatMap((part) => part.down),
    parts: numbered,
    refusals: [],
    gates: gatesOf(changes),
    changes: described,
    ...(notes.length > 0 ? { notes: [...new Set(notes)] } : {}),
  }
}

function plainNote(phase: Phase): string {
  return `In the ${phase} phase indexes are built in one transaction with the rest, so that writes wait: a view is replaced after columns under it are renamed, and in between nobody could bring it back.`
}

/** The new ids of old objects beside which another is made. */
function remade(
  from: SettledSchema,
  to: SettledSchema,
  simple: ReadonlySet<ObjectId>,
): ReadonlyMap<ObjectId, ObjectId> {
  const ids = new Map<ObjectId, ObjectId>()
  for (const change of diffDocuments(from.canonical, to.canonical)) {
    if (change.type !== 'changed' || simple.has(change.id)) continue
    if (onlineOf(change.to)?.isRemade?.(change.from, change.to, change.fields)) {
      ids.set(change.id, `${change.id}~old`)
    }
  }
  return ids
}

/** Written objects with what the catalogue knows of them, and how each is printed. */
function prepared({ written, canonical }: SettledSchema, prints: Prints): SchemaDocument {
  const objects = new Map<ObjectId, ObjectBase>()
  for (const id of written.objects.keys()) {
    const object = writtenWithDerived({ written, canonical }, id)
    objects.set(id, object)
    const print = canonical.objects.get(id)
    if (print) prints.set(object, print)
  }
  return { objects, diagram: written.diagram }
}

function contextOf(
  from: SchemaDocument,
  to: SchemaDocument,
  target: TargetVersion,
  backfill: OnlineContext['backfill'],
  prints: Prints,
  start: SettledSchema,
  changed: ReadonlySet<ObjectId>,
): OnlineContext {
  const [before, after] = [schemaOf(from), schemaOf(to)]
  const names = new Set([...from.objects.values(), ...to.objects.values()].map(({ name }) => name))
  const users = dependenciesOf(start.written, start.canonical)
  return {
    from: before,
    to: after,
    target,
    backfill,
    isChanged: (id) => changed.has(id),
    isFresh: (id) => {
      const object = after.get(id)
      if (!object || before.get(`${id}~old`)) return false
      return before.get(groupOf(object, after).id) === undefined
    },
    like: (original, change) => {
      const copy = change(original)
      const print = prints.get(original)
      // A print is an object of the same kind as what was written.
      if (print) prints.set(copy, change(print as typeof original))
      return copy
    },
    spareName: (name, suffix) => {
      const spare = uniqueName(joinName([name], suffix), names)
      names.add(spare)
      return spare
    },
    users: (id) =>
      [...users.dependents(id)].flatMap((user) => {
        const object = before.get(user)
        return object && object.parent !== id ? [object] : []
      }),
  }
}

/** Stages whose steps rest on what was proved before: they can neither stop nor be slow. */
const proved: ReadonlySet<Stage> = new Set(['settle', 'tidy'])

interface PlannedLeg {
  /** True where its statements are the ordinary ones, in as few transactions as possible. */
  readonly isPlain?: boolean
  readonly parts: readonly StagePart[]
  readonly refusals: readonly Problem[]
}

function planLeg(
  leg: Leg,
  passing: ReadonlySet<ObjectId>,
  isInUse: OnlineRendering['isInUse'],
  isPlain = false,
): PlannedLeg {
  const { before, after, adopts } = leg
  const apart = isPlain ? new Set<ObjectId>() : leg.apart
  const narrow = narrowedWithin(before, after)
  const planned = (from: SettledSchema, to: SettledSchema, options: PlanOptions) => {
    const near = narrow({ from, to })
    return planChanges(near.from.written, near.to.written, {
      canonical: { from: near.from.canonical, to: near.to.canonical },
      ...options,
    })
  }
  const up = planned(before, after, { online: { isInUse, adopts, apart, isPlain } })
  if (up.refusals.length > 0) return { parts: [], refusals: up.refusals }
  const downBetween = (later: SettledSchema, earlier: SettledSchema) => {
    const target = kept(without(earlier, passing), without(later, passing), leg.staying)
    const start = without(later, passing, earlier)
    return planned(start, target, {
      restoring: true,
      online: { isInUse, adopts: new Map(), apart: new Set(), isPlain },
    })
  }
  const runs = lockRuns(up.steps, before.written, after.written, isInUse)
  if (!runs && isPlain) return { parts: [], refusals: [unknownBetween(up.steps)] }
  if (!runs) return { ...planLeg(leg, passing, () => false, true), isPlain: true }
  const { parts, refusals } = partsOf(
    before,
    after,
    runs.map(({ steps }) => steps),
    downBetween,
  )
  if (refusals.length > 0) return { parts: [], refusals }
  const fillsBack = leg.fillsBack.map((fill) => fillStep(fill, schemaOf(before.written)))
  const reachOf = reachIn(leg)
  const staged = parts.map(
    (part, index): StagePart => ({
      ...part,
      up: proved.has(leg.stage) ? part.up.map((step) => ({ ...step, hazards: [] })) : part.up,
      down: index === 0 ? [...part.down, ...fillsBack] : part.down,
      stage: leg.stage,
      locks: runs[index]?.locks ?? new Set(),
      ...reachOf([...part.up, ...part.down]),
    }),
  )
  const fills = leg.fills.map(
    (fill): StagePart => ({
      up: [fillStep(fill, schemaOf(after.written))],
      down: [],
      stage: leg.stage,
      locks: new Set(),
      touches: new Set([fill.table]),
      restsOn: new Set(),
    }),
  )
  return { parts: [...staged, ...fills], refusals: [] }
}

/** What must commit on its own stands where nobody could bring back a view. */
function unknownBetween(steps: readonly Step[]): Problem {
  const alone = steps.find(({ transactional }) => !transactional)
  return {
    code: 'circular-plan',
    severity: 'error',
    source: 'Migration',
    ...(alone ? { object: alone.object } : {}),
    message: `A view is replaced after columns under it are renamed, and "${alone?.title ?? ''}" has to commit in between.`,
    hint: 'Make the changes in two migrations.',
  }
}

function reachIn({ before, after }: Leg): (steps: readonly Step[]) => Pick<StagePart, 'touches' | 'restsOn'> {
  const both: SchemaDocument = {
    objects: new Map([...before.written.objects, ...after.written.objects]),
    diagram: after.written.diagram,
  }
  const schema = schemaOf(both)
  const dependencies = [before, after].map((side) => dependenciesOf(side.written, side.canonical))
  const groups = (ids: Iterable<ObjectId>) =>
    [...ids].flatMap((id) => {
      const object = schema.get(id)
      return object ? [groupOf(object, schema).id] : []
    })
  return (steps) => {
    const needed = steps.flatMap(({ object, puts, removes }) =>
      [object, ...puts.map(({ id }) => id), ...removes].flatMap((id) =>
        dependencies.flatMap((known) => [...known.strong(id), ...known.weak(id)]),
      ),
    )
    return { touches: new Set(steps.map(({ group }) => group)), restsOn: new Set(groups(needed)) }
  }
}

/** Without what is only there for the way, unless this very part made it: then undoing takes it away. */
function without(schema: SettledSchema, ids: ReadonlySet<ObjectId>, earlier?: SettledSchema): SettledSchema {
  const isLeft = (id: ObjectId) => ids.has(id) && (!earlier || earlier.written.objects.has(id))
  if (![...ids].some((id) => schema.written.objects.has(id) && isLeft(id))) return schema
  return only(schema, (id) => !isLeft(id))
}

/** The earlier schema with what undoing leaves as it is. */
function kept(earlier: SettledSchema, later: SettledSchema, ids: ReadonlySet<ObjectId>): SettledSchema {
  if (ids.size === 0) return earlier
  const more = (target: SchemaDocument, source: SchemaDocument): SchemaDocument => ({
    objects: new Map(
      [...target.objects].map(([id, object]) => [
        id,
        ids.has(id) ? (source.objects.get(id) ?? object) : object,
      ]),
    ),
    diagram: target.diagram,
  })
  return {
    written: more(earlier.written, later.written),
    canonical: more(earlier.canonical, later.canonical),
  }
}

function gatesOf(changes: readonly OnlineChange[]): NonNullable<Plan['gates']> {
  const gates: { [P in Phase]?: readonly string[] } = {}
  for (const phase of phases) {
    const sentences = new Set(changes.flatMap((change) => change.gates[phase] ?? []))
    if (sentences.size > 0) gates[phase] = [...sentences]
  }
  return gates
}

function describe(
  change: OnlineChange,
  context: OnlineContext,
  fillable: ReadonlySet<ObjectId>,
): PlannedChange {
  const { id, way, question } = change
  return {
    id,
    title: titleOf(change, context),
    way: question ? 'asks' : way,
    ...(question ? { question } : {}),
    ...(fillable.has(id) ? { fills: true } : {}),
  }
}

function titleOf({ type, object, fields }: OnlineChange, context: OnlineContext): string {
  const schema = type === 'added' ? context.to : context.from
  const name = `${nounOf(object)} ${spokenName(schema.get(object.id) ?? object, schema)}`
  if (type === 'added') return `Add ${name}`
  if (type === 'removed') return `Drop ${name}`
  const labels = fields.map((field) => (fieldOf(kindOf(object), field)?.label ?? field).toLowerCase())
  return `Change ${labels.join(' and ')} of ${name}`
}

function asked({ id, question }: OnlineChange, context: OnlineContext): Problem {
  const object = context.to.get(id) ?? context.from.get(id)
  return {
    code: question?.asks === 'backfill' ? 'backfill-needed' : 'no-safe-way',
    severity: 'error',
    source: 'Migration',
    object: id,
    ...(question?.field === undefined ? {} : { field: question.field }),
    message: question?.message ?? `${object?.name ?? id} needs a decision.`,
    ...(question ? { hint: question.hint } : {}),
  }
}
