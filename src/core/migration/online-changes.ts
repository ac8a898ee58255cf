import { objectWithIds } from '../diff/align-documents.ts'
import type { Change } from '../diff/change.ts'
import { referencesOf } from '../kinds/field-access.ts'
import {
  isQuestion,
  type OnlineContext,
  type OnlineQuestion,
  type OnlineWay,
  type Stage,
  type StageEdit,
  stages,
} from '../kinds/online.ts'
import { onlineOf } from '../kinds/online-forms.ts'
import { kindOf } from '../kinds/registry.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { carriersOf } from './carriers.ts'
import { type Dependencies, dependenciesOf } from './dependencies.ts'
import { type Recasting, recastingBetween } from './online-successions.ts'
import { groupOf, isNamedInSchema, nameKey } from './scopes.ts'
import type { Side } from './side.ts'

/** A difference between two schemas and the way it is made. */
export interface OnlineChange {
  readonly id: ObjectId
  readonly object: ObjectBase
  readonly type: Change['type']
  readonly fields: readonly string[]
  /** `plain`: its ordinary statement stops nobody. `safe`: in stages. `simple`: by choice, at once. */
  readonly way: 'plain' | 'safe' | 'simple'
  readonly edits: readonly StageEdit[]
  readonly passing: readonly ObjectId[]
  readonly gates: NonNullable<OnlineWay['gates']>
  readonly standIn?: ObjectId
  readonly question?: OnlineQuestion
}

const place = (stage: Stage): number => stages.indexOf(stage)

/** The ways of all differences, none earlier than what it rests on. */
export function waysOf(
  changes: readonly Change[],
  ends: { readonly from: Side; readonly to: Side },
  context: OnlineContext,
  simple: ReadonlySet<ObjectId>,
): readonly OnlineChange[] {
  const recasting = recastingBetween(ends.from, ends.to, context)
  const ways = changes.map((change) =>
    recasting.ids.has(change.id) ? recast(change, recasting, simple) : wayOf(change, context, simple),
  )
  const timed = inTime(ways, ends, context)
  const standIns = new Map(timed.flatMap(({ id, standIn }) => (standIn === undefined ? [] : [[id, standIn]])))
  if (standIns.size === 0) return timed
  return timed.map((way) => (way.standIn === undefined ? onStandIns(way, standIns, context) : way))
}

/** What is made before the copies take over refers to them. */
function onStandIns(
  way: OnlineChange,
  standIns: ReadonlyMap<ObjectId, ObjectId>,
  context: OnlineContext,
): OnlineChange {
  const exchange = (id: ObjectId) => standIns.get(id) ?? id
  const edits = way.edits.map((edit) =>
    edit.put && place(edit.stage) < place('finish')
      ? {
          ...edit,
          put: edit.put.map((object) => context.like(object, (one) => objectWithIds(one, exchange))),
        }
      : edit,
  )
  return { ...way, edits }
}

/** At the end, where nothing leads there in stages. */
function recast(change: Change, { ways, questions }: Recasting, simple: ReadonlySet<ObjectId>): OnlineChange {
  const isDecided = simple.has(change.id) || change.type === 'removed'
  const way = isDecided ? undefined : ways.get(change.id)
  if (way) {
    const { edits, passing = [], gates = {} } = way
    return { ...withoutWay(change), way: 'safe', edits, passing, gates }
  }
  const question = isDecided ? undefined : questions.get(change.id)
  return {
    ...withoutWay(change),
    way: simple.has(change.id) ? 'simple' : 'plain',
    edits: [],
    ...(question ? { question } : {}),
  }
}

function withoutWay(change: Change): Omit<OnlineChange, 'way' | 'edits'> {
  return {
    id: change.id,
    object: change.type === 'removed' ? change.from : change.to,
    type: change.type,
    fields: change.type === 'changed' ? change.fields : [],
    passing: [],
    gates: {},
  }
}

function wayOf(change: Change, context: OnlineContext, simple: ReadonlySet<ObjectId>): OnlineChange {
  const base = withoutWay(change)
  const plain = plainEdits(change, context)
  if (simple.has(change.id)) return { ...base, way: 'simple', edits: simpleEdits(change, context) }
  const answer = askKind(change, context)
  if (answer === null) return { ...base, way: 'plain', edits: plain }
  if (isQuestion(answer)) return { ...base, way: 'safe', edits: plain, question: answer }
  return {
    ...base,
    way: answer.edits.length > 0 ? 'safe' : 'plain',
    edits: answer.edits,
    passing: answer.passing ?? [],
    gates: answer.gates ?? {},
    ...(answer.standIn === undefined ? {} : { standIn: answer.standIn }),
  }
}

function askKind(change: Change, context: OnlineContext): OnlineWay | OnlineQuestion | null {
  switch (change.type) {
    case 'added': {
      const object = context.to.get(change.id) ?? change.to
      return context.isFresh(change.id) ? null : (onlineOf(object)?.added?.(object, context) ?? null)
    }
    case 'removed': {
      const object = context.from.get(change.id) ?? change.from
      return goesWithParent(change, context) ? null : (onlineOf(object)?.removed?.(object, context) ?? null)
    }
    case 'changed': {
      const { from, to, fields } = change
      const [before, after] = [context.from.get(from.id) ?? from, context.to.get(to.id) ?? to]
      return onlineOf(to)?.changed?.(before, after, fields, context) ?? null
    }
  }
}

function goesWithParent({ from }: Extract<Change, { type: 'removed' }>, context: OnlineContext): boolean {
  return from.parent !== null && context.to.get(from.parent) === undefined
}

/** At the end, but what is new at the start. */
function simpleEdits(change: Change, context: OnlineContext): readonly StageEdit[] {
  return change.type === 'added' ? plainEdits(change, context) : []
}

/** Added and altered first, dropped last; what follows a new name waits for it. */
function plainEdits(change: Change, context: OnlineContext): readonly StageEdit[] {
  if (change.type === 'removed') return []
  const final = context.to.get(change.id)
  if (!final) return []
  const renames = change.type === 'changed' && change.fields.some((name) => isName(name, change.to))
  return renames ? [] : [{ stage: 'add', put: [final] }]
}

/** A new name or place is what old code trips over. */
function isName(field: string, object: ObjectBase): boolean {
  const { mentionedBy, foundation } = kindOf(object)
  return field === 'parent' || (field === 'name' && (mentionedBy !== undefined || foundation === true))
}

/** Moves edits back to where everything they rest on, and the names they take, are there. */
function inTime(
  ways: readonly OnlineChange[],
  { to }: { readonly to: Side },
  context: OnlineContext,
): readonly OnlineChange[] {
  const byId = new Map(ways.map((way) => [way.id, way]))
  const dependencies = dependenciesOf(to.written, to.canonical)
  const leaving = new Map<string, ObjectId>()
  for (const way of ways) {
    const before = way.type === 'added' ? undefined : context.from.get(way.id)
    if (!before) continue
    leaving.set(nameKey(before, context.from), way.id)
    if (!changesParent(way)) continue
    for (const part of context.from.children(before.id)) {
      const key = nameKey(part, context.from)
      if (isNamedInSchema(part) && !leaving.has(key)) leaving.set(key, way.id)
    }
  }
  const renamedSchemas = new Map(
    ways.flatMap((way) =>
      kindOf(way.object).foundation && way.fields.includes('name') ? [[way.id, way]] : [],
    ),
  )
  const named = ways.some(changesParent) ? namesIn(context) : null
  /** What each rests on may rest on it in turn, by what is only set later: both wait for the later of them. */
  const waiting = ways.filter(({ type }) => type !== 'removed')
  const settled = new Map([...byId, ...waiting.map((way) => [way.id, way] as const)])
  const earliestOf = new Map<ObjectId, number>()
  for (let isMoved = true; isMoved; ) {
    isMoved = false
    for (const way of waiting) {
      const earliest = Math.max(afterNeeds(way), afterName(way), afterMove(way), afterCarriers(way))
      if (earliest <= (earliestOf.get(way.id) ?? 0)) continue
      earliestOf.set(way.id, earliest)
      settled.set(way.id, later(way, earliest))
      isMoved = true
    }
  }
  return ways.map((way) => (way.type === 'removed' ? way : (settled.get(way.id) ?? way)))

  function afterNeeds({ id }: OnlineChange): number {
    const parent = context.to.get(id)?.parent
    const qualified = Math.max(0, ...namespacesIn(id).map((way) => place(finalStage(way, context))))
    return neededBy(id, dependencies, byId, context).reduce((earliest, need) => {
      const other = settled.get(need)
      if (!other || (need === parent && other.way === 'simple' && other.type === 'changed')) return earliest
      return Math.max(earliest, readyAt(other, !dependencies.weak(id).has(need), context))
    }, qualified)
  }

  /** Renamed schemas of what its text names: the new name may stand before that. */
  function namespacesIn(id: ObjectId): readonly OnlineChange[] {
    if (renamedSchemas.size === 0) return []
    const found = [...dependencies.weak(id)].map((need) => {
      const object = context.to.get(need)
      return object && renamedSchemas.get(groupOf(object, context.to).parent ?? '')
    })
    return [...new Set(found)].filter((way) => way !== undefined)
  }

  function afterName(way: OnlineChange): number {
    const target = context.to.get(way.id)
    const holder = target ? leaving.get(nameKey(target, context.to)) : undefined
    const isOwn = holder === way.id || holder === `${way.id}~old`
    const holding = holder === undefined || isOwn ? undefined : settled.get(holder)
    if (!holding || isOverload(holding.object, way.object, context) || !takesNameEarly(way, target)) return 0
    return place(finalStage(holding, context))
  }

  /** What a new table inherits is as it is above at that moment: the changes above come first. */
  function afterCarriers({ id, type, object }: OnlineChange): number {
    if (type !== 'added' || !context.isFresh(id)) return 0
    const carriers = [object, ...context.to.children(id)].flatMap((part) =>
      carriersOf(part, context.to, context.to),
    )
    const changing = carriers.flatMap((carrier) => settled.get(carrier) ?? [])
    return Math.max(0, ...changing.map((way) => place(finalStage(way, context))))
  }

  /** In the schema that its table is yet to leave its name may be another's. */
  function afterMove({ id }: OnlineChange): number {
    const target = context.to.get(id)
    if (!named || !target || !isNamedInSchema(target)) return 0
    const group = groupOf(target, context.to)
    const old = context.from.get(group.id)
    const moving = settled.get(group.id)
    if (group === target || !old || !moving || old.parent === group.parent) return 0
    const others = named.get(nameKey(target, context.to, old.parent)) ?? []
    const isTaken = [...others].some((other) => other !== id && other !== `${id}~old`)
    return isTaken ? place(finalStage(moving, context)) : 0
  }
}

const changesParent = ({ type, fields }: OnlineChange) => type === 'changed' && fields.includes('parent')

/** By the names that schemas hold, who has them before or after. */
function namesIn({ from, to }: OnlineContext): ReadonlyMap<string, ReadonlySet<ObjectId>> {
  const holders = new Map<string, Set<ObjectId>>()
  for (const schema of [from, to]) {
    for (const object of schema.document.objects.values()) {
      if (!isNamedInSchema(object)) continue
      const key = nameKey(object, schema)
      holders.set(key, (holders.get(key) ?? new Set()).add(object.id))
    }
  }
  return holders
}

/** What it rests on or refers to, also what is only set once it exists. */
function neededBy(
  id: ObjectId,
  dependencies: Dependencies,
  changes: ReadonlyMap<ObjectId, OnlineChange>,
  { to }: OnlineContext,
): readonly ObjectId[] {
  const object = to.get(id)
  const references = object ? referencesOf(object, kindOf(object)) : []
  const needed = new Set([...dependencies.strong(id), ...dependencies.weak(id), ...references])
  return [...needed].filter((other) => changes.has(other))
}

/** Where a change can be built upon: once what is added exists, and what SQL text names has its new name. */
function readyAt(change: OnlineChange, byId: boolean, context: OnlineContext): number {
  if (change.type === 'removed' || change.standIn !== undefined) return 0
  if (change.way === 'simple' && change.type === 'changed') return place('finish')
  const first = change.edits.find(({ put }) => put?.some(({ id }) => id === change.id))
  const start = place(first?.stage ?? 'finish')
  if (change.type === 'added') return start
  const renamed = change.fields.some((name) => isName(name, change.object))
  const replaced = change.edits.some(({ becomes }) => becomes !== undefined)
  if (replaced || (renamed && !byId)) return place(finalStage(change, context))
  return !byId && start === place('finish') ? start : 0
}

/** Functions of one name and other arguments can be there together. */
function isOverload(old: ObjectBase, fresh: ObjectBase, context: OnlineContext): boolean {
  const { identity } = kindOf(fresh)
  return identity !== undefined && identity(old, context.from) !== identity(fresh, context.to)
}

function takesNameEarly({ edits }: OnlineChange, target: ObjectBase | undefined): boolean {
  return edits.some(({ put }) => put?.some(({ name }) => name === target?.name))
}

/** Where the object is as drawn. */
function finalStage(change: OnlineChange, context: OnlineContext): Stage {
  const final = context.to.get(change.id)
  const edit = change.edits.findLast(
    ({ put, remove }) =>
      put?.some((object) => sameValue(object, final)) || (!final && remove?.includes(change.id)),
  )
  return edit?.stage ?? 'finish'
}

/** Where the stages do not suffice it is made at the end, at once. */
function later(way: OnlineChange, earliest: number): OnlineChange {
  const edits = postponed(way.edits, earliest)
  if (edits) return { ...way, edits }
  const { standIn: _, ...rest } = way
  return { ...rest, way: 'simple', edits: [], passing: [] }
}

/** Edits keep their order and their distance; null where there are not enough stages left for that. */
function postponed(edits: readonly StageEdit[], earliest: number): readonly StageEdit[] | null {
  let least = earliest
  let last: Stage | null = null
  const moved: StageEdit[] = []
  for (const edit of edits) {
    if (last !== null && edit.stage !== last) least += 1
    last = edit.stage
    least = Math.max(place(edit.stage), least)
    const stage = stages[least]
    if (stage === undefined) return null
    moved.push({ ...edit, stage })
  }
  return moved
}
