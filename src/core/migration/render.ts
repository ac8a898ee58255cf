import { objectWithIds } from '../diff/align-documents.ts'
import {
  fieldOf,
  fieldsOf,
  onlineAlterOf,
  readField,
  sequelizeAlterOf,
  withField,
} from '../kinds/field-access.ts'
import type { Hazard } from '../kinds/kind.ts'
import type { Online } from '../kinds/online.ts'
import { onlineOf } from '../kinds/online-forms.ts'
import { kindOf } from '../kinds/registry.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import type { SequelizeCall } from '../sequelize/call.ts'
import { callsForCreate } from '../sequelize/compose.ts'
import type { Statement } from '../sql/statement.ts'
import type { Action } from './action.ts'
import { writtenWithDerived } from './actions.ts'
import { deferredFields } from './deferred.ts'
import { evolvingSchema } from './evolving-schema.ts'
import type { OnlineRendering } from './online-rendering.ts'
import { shortHash, withDeferredUnset, writtenNow } from './passing-objects.ts'
import type { Step } from './plan.ts'
import { groupOf, isNamedInSchema, nameKey } from './scopes.ts'
import type { Side } from './side.ts'
import type { Successions } from './successions.ts'
import { stepTitle } from './titles.ts'

export interface RenderOptions {
  /** Fields to alter, by object. */
  readonly altered: ReadonlyMap<ObjectId, readonly string[]>
  readonly online?: OnlineRendering | undefined
  readonly successions: Successions
  /** What is created comes back after a drop: rows may exist that lack a value. */
  readonly restoring: boolean
  /** An object as its statements have to say it. */
  spelled(object: ObjectBase): ObjectBase
}

/** Turns ordered actions into steps, each written against the schema as it stands when its turn comes. */
export function renderActions(
  from: Side,
  to: Side,
  actions: readonly Action[],
  options: RenderOptions,
): readonly Step[] {
  const renderer = new Renderer(from, to, actions, options)
  return [...actions.flatMap((action) => renderer.steps(action)), ...renderer.lastNames()]
}

class Renderer {
  readonly #from: Side
  readonly #to: Side
  readonly #options: RenderOptions
  readonly #now
  readonly #childOrder: (parent: ObjectId) => readonly ObjectBase[]
  /** What may give new objects something unasked. */
  readonly #givers: readonly ObjectId[]
  /** Objects whose name will go, by what their name reserves. */
  readonly #leaving = new Map<string, ObjectId>()
  /** What came from another schema and may still have to be renamed. */
  readonly #arrived = new Set<ObjectId>()
  /** What got a temporary name. */
  readonly #parked = new Set<ObjectId>()

  constructor(from: Side, to: Side, actions: readonly Action[], options: RenderOptions) {
    this.#from = from
    this.#to = to
    this.#options = options
    this.#now = evolvingSchema(from.written)
    const target = schemaOf(to.written)
    this.#childOrder = (parent) => target.children(parent)
    const start = schemaOf(from.written)
    const known = new Map([...from.written.objects, ...to.written.objects])
    this.#givers = [...known.values()].filter((object) => kindOf(object).withhold).map(({ id }) => id)
    for (const { type, members } of actions) {
      if (type !== 'rename' && type !== 'drop') continue
      for (const id of members) {
        const object = start.get(id)
        if (object) this.#leaving.set(nameKey(object, start), id)
      }
    }
  }

  steps(action: Action): readonly Step[] {
    switch (action.type) {
      case 'create':
        if (this.#options.successions.becoming.has(action.id)) return [this.#become(action)]
        return [...this.#park(action), ...this.#makeWay(action.id), this.#create(action)]
      case 'drop':
        return this.#dropped(action)
      case 'rename':
        return [...this.#park(action), this.#alter(action.id, ['name'], 'rename')]
      case 'move':
        return this.#move(action.id)
      case 'alter':
        return [this.#alter(action.id, this.#options.altered.get(action.id) ?? [], 'alter')]
      case 'defer':
        return [this.#alter(action.id, deferredFields(this.#target(action.id)), 'alter')]
    }
  }

  /** What had to give way under a name that it keeps takes it again. */
  lastNames(): readonly Step[] {
    return [...this.#parked].flatMap((id) => {
      const object = this.#to.written.objects.has(id) ? this.#now.get(id) : undefined
      return object && object.name !== this.#target(id).name ? [this.#alter(id, ['name'], 'rename')] : []
    })
  }

  #target(id: ObjectId): ObjectBase {
    return writtenWithDerived(this.#to, id)
  }

  #current(id: ObjectId): ObjectBase {
    const object = this.#now.get(id)
    if (!object) throw new Error(`No object ${id} at this point of the plan`)
    return object
  }

  /** The present holder of a name that is taken takes a temporary one. */
  #park(action: Action): readonly Step[] {
    return [...action.members].flatMap((id) => {
      const target = this.#target(id)
      const key = nameKey(target, schemaOf(this.#to.written))
      const leaving = this.#leaving.get(key)
      return [...(leaving === undefined ? [] : [leaving]), ...this.#arrived].flatMap((holder) => {
        const object = holder === id ? undefined : this.#now.get(holder)
        if (object?.name !== target.name) return []
        return holder === leaving || nameKey(object, this.#now) === key ? [this.#renameAway(object)] : []
      })
    })
  }

  #makeWay(next: ObjectId): readonly Step[] {
    const id = this.#options.successions.heirs.get(next)
    if (id === undefined) return []
    const old = this.#current(id)
    const statements = kindOf(old).succession?.makeWay(old, this.#now) ?? []
    return [this.#step('alter', old, old, { statements })]
  }

  /** What has a successor is handed over instead, or becomes it and stays. */
  #dropped(action: Action): readonly Step[] {
    const { heirOf, becoming } = this.#options.successions
    const heir = heirOf.get(action.id)
    if (heir === undefined) return [this.#drop(action)]
    return becoming.has(heir) ? [] : [this.#handOver(action, this.#current(heir))]
  }

  #handOver(action: Action, next: ObjectBase): Step {
    const old = this.#current(action.id)
    const { oldOf } = this.#options.successions
    const taken = kindOf(next).succession?.takeOver(old, next, this.#now, oldOf) ?? []
    const statements = [...taken, ...kindOf(old).drop(old, this.#now)]
    const named = { ...old, name: this.#from.written.objects.get(old.id)?.name ?? old.name }
    const step = this.#step('hand over', named, next, { statements, removes: [...action.members] })
    for (const id of action.members) this.#now.remove(id)
    return step
  }

  #become(action: Action): Step {
    const next = withDeferredUnset(this.#target(action.id))
    const old = this.#current(this.#options.successions.heirs.get(action.id) ?? '')
    const members = this.#membersOf(action)
    for (const object of [next, ...members]) this.#now.put(object)
    const become = kindOf(next).succession?.become
    const isApart = this.#options.online?.apart.has(next.id) ?? false
    const statements = [
      ...(become?.statements(
        old,
        next,
        this.#now,
        (from, to, early) => this.#alterAll(from, to, early),
        isApart,
      ) ?? []),
      ...this.#commentOn(next),
    ]
    const removes = [old.id, ...this.#now.children(old.id).map(({ id }) => id)]
    const hazards = become?.hazards(old, next, this.#now, isApart) ?? []
    const made = { statements, puts: [next, ...members], removes, hazards }
    const step = this.#step('become', old, next, made)
    this.#now.remove(old.id)
    return step
  }

  #alterAll(from: ObjectBase, to: ObjectBase, early = false): readonly Statement[] {
    const made: Statement[] = []
    let object = from
    for (const [name, { compared, deferred }] of fieldsOf(kindOf(from))) {
      const value = readField(to, name)
      if (compared === false || sameValue(readField(object, name), value)) continue
      if (early && deferred && !sameValue(value, deferred.unset)) continue
      made.push(...this.#apply(object, to, name))
      object = withField(object, name, value)
    }
    return made
  }

  #membersOf({ id: parent, members }: Action): readonly ObjectBase[] {
    const inside = this.#childOrder(parent).filter(({ id }) => id !== parent && members.has(id))
    const beside = [...members]
      .filter((id) => id !== parent && !inside.some((object) => object.id === id))
      .map((id) => this.#target(id))
    return [...inside.toSorted((a, b) => kindOf(a).order - kindOf(b).order), ...beside].map(withDeferredUnset)
  }

  #commentOn(object: ObjectBase): readonly Statement[] {
    return object.comment === null ? [] : this.#apply({ ...object, comment: null }, object, 'comment')
  }

  #create(action: Action): Step {
    const target = withDeferredUnset(this.#target(action.id))
    const kind = kindOf(target)
    const members = this.#membersOf(action)
    this.#now.put(target)
    for (const member of members) this.#now.put(member)
    const clauses = members.flatMap((member) => kindOf(member).inline?.(member, this.#now) ?? [])
    const restored = this.#options.restoring ? kind.restore?.(target, this.#now) : undefined
    const adopted = this.#adopted(action.id)
    const online = this.#online(target)?.create?.(target, this.#now, adopted)
    const spelled = this.#options.spelled(target)
    const statements = [...(restored ?? online ?? kind.create(spelled, this.#now, clauses))]
    if (adopted) this.#now.remove(adopted.id)
    for (const object of [target, ...members]) statements.push(...this.#commentOn(object))
    const withheld = this.#withheld(target)
    statements.push(...withheld)
    const calls =
      restored || online || withheld.length > 0 ? null : callsForCreate(target, members, this.#now)
    const beside = target.parent !== null && this.#from.written.objects.has(target.parent)
    const hazards = beside ? (kind.createHazards?.(target, this.#now) ?? []) : []
    const removes = adopted ? [adopted.id] : []
    return this.#step('create', target, target, {
      statements,
      calls,
      hazards: online ? [] : hazards,
      puts: [target, ...members],
      removes,
    })
  }

  #withheld(made: ObjectBase): readonly Statement[] {
    return this.#givers.flatMap((id) => {
      const giver = this.#now.get(id)
      return giver ? (kindOf(giver).withhold?.(giver, made, this.#now, schemaOf(this.#to.written)) ?? []) : []
    })
  }

  #adopted(id: ObjectId): ObjectBase | null {
    const index = this.#options.online?.adopts.get(id)
    return index === undefined ? null : this.#current(index)
  }

  /** Its kind's forms for what is in use; undefined where nobody uses it. */
  #online(object: ObjectBase): Online<ObjectBase> | undefined {
    return this.#options.online?.isInUse(object, this.#now) ? onlineOf(object) : undefined
  }

  #drop(action: Action): Step {
    const object = this.#current(action.id)
    const kind = kindOf(object)
    const data = kind.dataIn?.(object, this.#now) ?? null
    const hazards: Hazard[] = data === null ? [] : [{ code: 'loses-data', message: `Loses ${data}.` }]
    const isPlain = this.#options.online?.isPlain ?? false
    const form = isPlain ? onlineOf(object) : this.#online(object)
    const online = form?.drop?.(object, this.#now, isPlain)
    const calls = online ? null : (kind.sequelize?.drop?.(object, this.#now) ?? null)
    const statements = online ?? kind.drop(object, this.#now)
    const step = this.#step('drop', object, object, {
      statements,
      calls,
      hazards,
      removes: [...action.members],
    })
    for (const id of action.members) this.#now.remove(id)
    return step
  }

  /**
   * What is renamed too arrives under its old name, or under a temporary one where that is taken: the object, and its
   * indexes and keys, whose names go along into the new schema.
   */
  #move(id: ObjectId): readonly Step[] {
    const steps: Step[] = []
    const parent = this.#target(id).parent
    const parts = this.#now.children(id).filter((child) => isNamedInSchema(child))
    const family = new Set([id, ...parts.map((part) => part.id)])
    const taken = new Set<string>()
    for (const other of this.#now.document.objects.values()) {
      if (!family.has(other.id)) taken.add(nameKey(other, this.#now))
    }
    for (const part of [this.#current(id), ...parts]) {
      if (taken.has(nameKey(part, this.#now, parent))) steps.push(this.#renameAway(part))
    }
    for (const member of family) this.#arrived.add(member)
    const object = this.#current(id)
    const target = { ...object, parent }
    const statements = kindOf(object).move?.(object, target, this.#now) ?? []
    steps.push(this.#step('move', object, target, { statements, fields: ['parent'], puts: [target] }))
    this.#now.put(target)
    return steps
  }

  /** Gives the object a temporary name. */
  #renameAway(object: ObjectBase): Step {
    const temporary: ObjectBase = { ...object, name: `relata_${shortHash(object.id)}` }
    const statements = this.#apply(object, temporary, 'name')
    const along = this.#along(object, 'name', temporary.name)
    const puts = [temporary, ...along]
    const step = this.#step('rename', object, temporary, { statements, fields: ['name'], puts })
    for (const one of puts) this.#now.put(one)
    this.#parked.add(object.id)
    return step
  }

  #alter(id: ObjectId, names: readonly string[], action: 'alter' | 'rename'): Step {
    const target = this.#target(id)
    const start = writtenNow(this.#current(id), this.#from)
    const kind = kindOf(start)
    const statements: Statement[] = []
    const hazards: Hazard[] = []
    let calls: SequelizeCall[] | null = []
    const others = new Map<ObjectId, ObjectBase>()
    let object = start
    for (const name of names) {
      const rule = fieldOf(kind, name)?.alter
      if (rule && rule !== 'replace') {
        hazards.push(...(rule.hazards?.(object, target, this.#now) ?? []))
        for (const other of rule.leaves?.(object, target, this.#now) ?? []) others.set(other.id, other)
      }
      const online = onlineAlterOf(this.#online(object), name)?.statements(object, target, this.#now)
      const made = online ?? this.#apply(object, target, name)
      statements.push(...made)
      const idiomatic =
        online || made.length === 0 ? [] : sequelizeAlterOf(kind, name)?.calls(object, target, this.#now)
      calls = calls && idiomatic && !online ? [...calls, ...idiomatic] : null
      const value = readField(target, name)
      const along = this.#along(object, name, value)
      for (const other of along) others.set(other.id, withField(others.get(other.id) ?? other, name, value))
      object = withField(object, name, value)
      for (const one of [object, ...along]) this.#now.put(one)
    }
    const puts = [object, ...others.values()]
    return this.#step(action, start, target, { statements, calls, hazards, fields: names, puts })
  }

  /** What PostgreSQL changes along when the object gets that value. */
  #along(object: ObjectBase, name: string, value: unknown): readonly ObjectBase[] {
    const others = fieldOf(kindOf(object), name)?.carriedTo?.(object, this.#now) ?? []
    return others.map((other) => withField(other, name, value))
  }

  #apply(from: ObjectBase, to: ObjectBase, name: string): readonly Statement[] {
    const rule = fieldOf(kindOf(from), name)?.alter
    const spelled = this.#options.spelled(to)
    const statements =
      rule && rule !== 'replace'
        ? rule.statements(from, this.#restored(from, spelled, name), this.#now)
        : 'replace'
    if (statements === 'replace')
      throw new Error(`Field ${name} of ${from.kind} ${from.name} has no way to change in place`)
    return statements
  }

  #restored(from: ObjectBase, to: ObjectBase, name: string): ObjectBase {
    const rule = this.#options.restoring ? fieldOf(kindOf(from), name)?.alter : undefined
    return rule && rule !== 'replace' ? (rule.restored?.(from, to, this.#now) ?? to) : to
  }

  #step(action: Step['action'], from: ObjectBase, to: ObjectBase, made: Partial<Step>): Step {
    const { statements = [], calls = null, hazards = [], fields = [], puts = [], removes = [] } = made
    const { known, heirs } = this.#options.successions
    const isGone = (id: ObjectId) => !this.#to.written.objects.has(id)
    return {
      action,
      object: known(from.id),
      kind: from.kind,
      group: known(groupOf(from, this.#now).id),
      title: stepTitle(action, from, to, fields, this.#now),
      statements,
      calls: calls && calls.length > 0 ? calls : null,
      transactional: statements.every(({ transactional }) => transactional !== false),
      hazards,
      fields,
      // What makes way goes by its own id here alone.
      puts: puts
        .filter(({ id }) => known(id) === id)
        .map((object) => (heirs.size === 0 ? object : objectWithIds(object, known))),
      removes: removes.flatMap((id) => (known(id) === id || isGone(known(id)) ? [known(id)] : [])),
    }
  }
}
