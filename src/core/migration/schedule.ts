import { fieldOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import type { Action } from './action.ts'
import type { Intentions } from './actions.ts'
import { carriersOf, isCarriedBy, makersOf, mergedWith, takersOf } from './carriers.ts'
import { awaitedBy, deferredFields, deferredReferences } from './deferred.ts'
import { hasten } from './hasten.ts'
import { order, Precedence } from './order.ts'
import { rankOf } from './ranks.ts'
import { isNamedInSchema, isRenamable, nameKey, rivalsOf } from './scopes.ts'
import { type Successions, staysWith } from './successions.ts'

export interface ScheduleOptions {
  /** One statement per object: nothing goes inside its parent's CREATE. */
  readonly separate: boolean
  readonly successions: Successions
}

/** The actions in an order that works. `circular` holds what no order can satisfy. */
export function schedule(
  from: SchemaDocument,
  to: SchemaDocument,
  intentions: Intentions,
  options: ScheduleOptions,
): { readonly ordered: readonly Action[]; readonly circular: readonly Action[] } {
  const scheduler = new Scheduler(from, to, intentions, options)
  return order(scheduler.actions, scheduler.edges, (stuck) => scheduler.unblock(stuck))
}

class Scheduler {
  readonly actions: Action[] = []
  readonly edges = new Precedence()
  readonly #from: Schema
  readonly #to: Schema
  readonly #wants: Intentions
  readonly #successions: Successions
  readonly #creating = new Map<ObjectId, Action>()
  readonly #dropping = new Map<ObjectId, Action>()
  readonly #single = new Map<string, Action>()
  readonly #weak = new Set<string>()
  /** Edges that only keep a name free, with the present holder of the name. */
  readonly #names = new Map<string, ObjectId>()
  readonly #places: ReadonlyMap<ObjectId, number>

  constructor(from: SchemaDocument, to: SchemaDocument, wants: Intentions, options: ScheduleOptions) {
    this.#from = schemaOf(from)
    this.#to = schemaOf(to)
    this.#wants = wants
    this.#successions = options.successions
    this.#places = new Map([...from.objects.keys(), ...to.objects.keys()].map((id, place) => [id, place]))
    for (const id of wants.dropped) this.#planDrop(id)
    for (const id of wants.created) this.#planCreate(id, options.separate)
    for (const id of wants.renamed) this.#add('rename', id)
    for (const id of wants.moved) this.#add('move', id)
    for (const id of wants.altered.keys()) this.#add('alter', id)
    for (const action of [...this.actions]) this.#link(action)
    for (const [next, old] of this.#successions.heirs) this.#linkSuccession(next, old)
    this.#linkNames()
    for (const id of wants.apart) hasten(`alter ${id}`, this.actions, this.edges)
  }

  #object(id: ObjectId, schema: Schema): ObjectBase {
    const object = schema.get(id)
    if (!object) throw new Error(`No object ${id}`)
    return object
  }

  #add(type: Action['type'], id: ObjectId): Action {
    const action = { key: `${type} ${id}`, type, id, members: new Set([id]), rank: this.#rank(type, id) }
    this.actions.push(action)
    if (type !== 'create' && type !== 'drop') this.#single.set(action.key, action)
    return action
  }

  #rank(type: Action['type'], id: ObjectId): readonly number[] {
    const schema = type === 'drop' ? this.#from : this.#to
    const isGone = type === 'drop' && !this.#wants.created.has(id)
    const isNamed = type === 'rename' || type === 'move'
    return rankOf(
      this.#object(id, schema),
      schema,
      this.#places,
      isGone ? 'last' : isNamed ? 'first' : 'usual',
    )
  }

  #planDrop(id: ObjectId): Action {
    const known = this.#dropping.get(id)
    if (known) return known
    const object = this.#object(id, this.#from)
    const takers = this.#successions.heirOf.has(id) ? [] : takersOf(object, this.#from, this.#to)
    const owner = takers.find((taker) => this.#wants.dropped.has(taker))
    const together = owner !== undefined && this.#staysWith(id, owner)
    const action = together ? this.#planDrop(owner) : this.#add('drop', id)
    action.members.add(id)
    this.#dropping.set(id, action)
    return action
  }

  #planCreate(id: ObjectId, separate: boolean): void {
    if (this.#creating.has(id)) return
    const object = this.#object(id, this.#to)
    const { parent } = object
    const made = parent !== null && this.#wants.created.has(parent)
    // A table cannot be made without the columns that it is partitioned by.
    const inline =
      made &&
      this.#staysWith(id, parent) &&
      (this.#successions.becoming.has(parent) ||
        ((!separate || this.#wants.dependenciesTo.weak(parent).has(id)) && this.#isInline(object)))
    const maker = inline ? parent : makersOf(object, this.#to).find((one) => this.#wants.created.has(one))
    if (maker !== undefined) this.#planCreate(maker, separate)
    const action = (maker === undefined ? undefined : this.#creating.get(maker)) ?? this.#add('create', id)
    this.#creating.set(id, action)
    action.members.add(id)
    if (deferredFields(object).length > 0) this.#add('defer', id)
  }

  #staysWith(part: ObjectId, owner: ObjectId): boolean {
    return staysWith(this.#successions, part, owner, this.#wants.dropped)
  }

  #isInline(object: ObjectBase): boolean {
    const kind = kindOf(object)
    return kind.inline !== undefined && kind.inline(object, this.#to) !== null
  }

  #before(first: Action | undefined, second: Action | undefined, weak = false): void {
    if (!first || !second || first === second) return
    const edge = `${first.key} > ${second.key}`
    const known = this.edges.successors(first.key).has(second.key)
    this.edges.before(first.key, second.key)
    if (weak && !known) this.#weak.add(edge)
    if (!weak) this.#weak.delete(edge)
  }

  #link(action: Action): void {
    if (action.type === 'drop') for (const id of action.members) this.#linkDrop(action, id)
    else for (const id of action.members) this.#linkForward(action, id)
  }

  /** What `id` rests on in the new schema comes first. */
  #linkForward(action: Action, id: ObjectId): void {
    const { dependenciesTo, dependenciesFrom, disturbedBy } = this.#wants
    if (action.type === 'create') {
      this.#before(this.#dropping.get(id), action)
      if (action.id !== id) this.#before(this.#creating.get(action.id), action)
      // While both are there, a foreign key would rest on the old one of two keys.
      const object = this.#object(id, this.#to)
      const chosen = kindOf(object).dependsOn?.(object, this.#from) ?? []
      for (const old of [...chosen, ...rivalsOf(object, this.#from)])
        this.#before(this.#dropping.get(old), action, true)
      for (const other of mergedWith(object, this.#to, this.#wants.created))
        this.#before(this.#creating.get(other), action, true)
      for (const table of kindOf(object).reaches?.(object, this.#from) ?? [])
        this.#before(this.#single.get(`alter ${table}`), action, true)
    } else {
      if (action.type === 'alter') {
        this.#before(this.#single.get(`rename ${id}`), action)
        this.#before(this.#single.get(`move ${id}`), action)
        for (const user of this.#isTouched(id) ? dependenciesFrom.dependents(id) : []) {
          const dropping = this.#dropping.get(user)
          // What has a successor is needed until that has taken over.
          if (dropping && this.#successions.heirOf.has(dropping.id)) continue
          if (this.#from.get(user)?.parent !== id) this.#before(dropping, action)
        }
        for (const disturbed of disturbedBy.get(id) ?? []) {
          for (const user of dependenciesFrom.dependents(disturbed)) {
            if (!this.#wants.dropped.has(user)) continue
            const dropping = this.#dropping.get(user)
            if (dropping && this.#successions.heirOf.has(dropping.id)) continue
            this.#before(dropping, action)
            this.#before(action, this.#creating.get(user))
          }
          // What is new, or comes to use it, would pin the object just the same.
          for (const user of dependenciesTo.dependents(disturbed)) {
            if (user === id) continue
            this.#before(action, this.#creating.get(user), true)
            this.#before(action, this.#single.get(`alter ${user}`), true)
          }
        }
      }
      if (action.type === 'move') {
        for (const child of this.#from.children(id).filter(isNamedInSchema))
          this.#before(this.#dropping.get(child.id), action)
      }
      this.#before(this.#creating.get(id), action)
      for (const other of mergedWith(this.#object(id, this.#to), this.#to, new Set()))
        this.#before(action, this.#creating.get(other), true)
      if (action.type === 'alter' || action.type === 'defer') {
        this.#linkDeferred(action, id)
        this.#linkAwaited(action)
      }
    }
    if (action.type === 'rename') {
      const parent = this.#object(id, this.#to).parent
      for (const carrier of carriersOf(this.#object(id, this.#from), this.#from, this.#to))
        this.#before(this.#single.get(`rename ${carrier}`), action, true)
      for (const moved of [id, parent]) this.#before(this.#single.get(`move ${moved}`), action)
      return
    }
    for (const needed of dependenciesTo.strong(id)) this.#awaits(action, needed, false)
    for (const needed of dependenciesTo.weak(id)) this.#awaits(action, needed, true)
  }

  #linkAwaited(action: Action): void {
    for (const id of awaitedBy(action, this.#from, this.#to, this.#wants.altered)) {
      const first = [this.#dropping.get(id), this.#creating.get(id), this.#single.get(`alter ${id}`)]
      for (const awaited of first) this.#before(awaited, action, true)
    }
  }

  /** A deferred reference is set once what it refers to exists, and let go before that takes the object along. */
  #linkDeferred(action: Action, id: ObjectId): void {
    const after = deferredReferences(this.#object(id, this.#to))
    for (const reference of after) this.#awaits(action, reference, false)
    const before = this.#from.get(id)
    const owner = before ? (kindOf(before).droppedWith?.(before) ?? null) : null
    if (owner !== null && !after.includes(owner)) this.#before(action, this.#dropping.get(owner))
  }

  #awaits(action: Action, needed: ObjectId, weak: boolean): void {
    this.#before(this.#creating.get(needed), action, weak)
    if (action.type === 'move') return
    this.#before(this.#single.get(`rename ${needed}`), action, weak)
    this.#before(this.#single.get(`move ${needed}`), action, weak)
    if (this.#isTouched(needed) && this.#to.get(action.id)?.parent !== needed) {
      this.#before(this.#single.get(`alter ${needed}`), action, weak)
    }
  }

  /** True when more than its comment and what closes circles is altered, so that what rests on it must come after. */
  #isTouched(id: ObjectId): boolean {
    const kind = kindOf(this.#object(id, this.#to))
    return (
      this.#wants.altered.get(id)?.some((name) => name !== 'comment' && !fieldOf(kind, name)?.deferred) ??
      false
    )
  }

  /** Whatever rests on `id` in the old schema is gone, or has let go, before it is dropped. */
  #linkDrop(action: Action, id: ObjectId): void {
    const { dependenciesFrom } = this.#wants
    const part = this.#object(id, this.#from)
    for (const other of mergedWith(part, this.#from, this.#wants.dropped))
      this.#before(action, this.#dropping.get(other), true)
    // Nothing can be dropped while it is inherited.
    if (kindOf(part).comesWith) this.#before(this.#single.get(`alter ${part.parent}`), action, true)
    for (const user of dependenciesFrom.dependents(id)) {
      const weak = !dependenciesFrom.strong(user).has(id) || isCarriedBy(user, id, this.#from)
      this.#before(this.#dropping.get(user), action, weak)
      if (this.#wants.dropped.has(user)) continue
      this.#before(this.#single.get(`alter ${user}`), action, weak)
      this.#before(this.#single.get(`move ${user}`), action, weak)
    }
  }

  /**
   * The old one hands over what it holds when it is dropped. What is new and holds parts of that is there by then; what
   * only rests on it (a trigger, an index) comes when all is in place.
   */
  #linkSuccession(next: ObjectId, old: ObjectId): void {
    const handOver = this.#dropping.get(old)
    const made = this.#creating.get(next)
    if (this.#successions.becoming.has(next)) {
      this.#before(handOver, made)
      // A partition leaves its table before that is dropped.
      this.#before(made, this.#dropping.get(this.#object(old, this.#from).parent ?? ''))
      return
    }
    this.#before(made, handOver)
    for (const user of this.#wants.dependenciesTo.dependents(next)) {
      const object = this.#to.get(user)
      const action = this.#creating.get(user)
      if (!object || action === made || !this.#wants.dependenciesTo.strong(user).has(next)) continue
      if ((kindOf(object).dataIn?.(object, this.#to) ?? null) === null) this.#before(handOver, action)
      else this.#linkSuccession(user, old)
    }
    this.#before(handOver, this.#single.get(`defer ${next}`))
  }

  /** A name is free before another takes it. */
  #linkNames(): void {
    const holders = new Map<string, { readonly action: Action; readonly id: ObjectId }[]>()
    const hold = (action: Action, id: ObjectId) => {
      const key = nameKey(this.#object(id, this.#from), this.#from)
      const known = holders.get(key)
      if (known) known.push({ action, id })
      else holders.set(key, [{ action, id }])
    }
    for (const action of this.actions) {
      if (action.type === 'drop') for (const id of action.members) hold(action, id)
      else if (action.type === 'move') {
        hold(action, action.id)
        // Its indexes and keys go along, and with them their names.
        for (const child of this.#from.children(action.id)) hold(action, child.id)
      } else if (action.type === 'rename' && !this.#wants.moved.has(action.id)) hold(action, action.id)
    }
    for (const action of this.actions) {
      if (action.type === 'drop' || action.type === 'alter' || action.type === 'defer') continue
      for (const id of action.type === 'move' ? this.#arriving(action.id) : action.members) {
        for (const holder of holders.get(nameKey(this.#object(id, this.#to), this.#to)) ?? []) {
          const first = holder.action
          if (first === action || (first.id === action.id && first.type !== 'drop')) continue
          if (first.type === 'drop' && this.#successions.heirs.get(action.id) === first.id) continue
          this.#before(first, action)
          this.#names.set(`${first.key} > ${action.key}`, holder.id)
        }
      }
    }
  }

  /** What a moved object brings along under the name that it has in the end. */
  #arriving(id: ObjectId): readonly ObjectId[] {
    const { created, renamed } = this.#wants
    return [id, ...this.#to.children(id).map((child) => child.id)].filter(
      (part) => !created.has(part) && !renamed.has(part),
    )
  }

  /** Breaks one circle: by a name to be parked, by taking a member out of its statement, or by a coincidence of names. */
  unblock(stuck: readonly Action[]): readonly Action[] | null {
    const waiting = new Set(stuck.map(({ key }) => key))
    if (this.#releaseName(stuck, waiting, 'rename')) return []
    for (const action of stuck.toReversed()) {
      const made = action.members.size > 1 ? this.#split(action, waiting) : []
      if (made.length > 0) return made
    }
    if (this.#releaseName(stuck, waiting, 'move') || this.#releaseName(stuck, waiting, 'drop')) return []
    for (const action of stuck.toReversed()) {
      for (const key of this.edges.predecessors(action.key)) {
        if (!waiting.has(key) || !this.#weak.delete(`${key} > ${action.key}`)) continue
        this.edges.release(key, action.key)
        return []
      }
    }
    return null
  }

  /** Lets a name be taken before its holder is gone: the holder will be renamed out of the way. */
  #releaseName(
    stuck: readonly Action[],
    waiting: ReadonlySet<string>,
    type: 'rename' | 'move' | 'drop',
  ): boolean {
    for (const action of stuck) {
      for (const key of action.type === type ? this.edges.successors(action.key) : []) {
        const holder = waiting.has(key) ? this.#names.get(`${action.key} > ${key}`) : undefined
        if (holder === undefined || !isRenamable(this.#object(holder, this.#from))) continue
        this.#names.delete(`${action.key} > ${key}`)
        this.edges.release(action.key, key)
        return true
      }
    }
    return false
  }

  /** Takes out of a bundle what waits for another stuck action, as actions of their own. */
  #split(bundle: Action, waiting: ReadonlySet<string>): readonly Action[] {
    const { dependenciesTo, dependenciesFrom } = this.#wants
    const index = bundle.type === 'create' ? this.#creating : this.#dropping
    const made: Action[] = []
    const isInherited = (id: ObjectId) =>
      carriersOf(this.#object(id, this.#from), this.#from, this.#from).length > 0
    for (const id of [...bundle.members]) {
      if (id === bundle.id || (bundle.type === 'drop' && isInherited(id))) continue
      const dependencies = bundle.type === 'create' ? dependenciesTo : dependenciesFrom
      const needs = [...dependencies.strong(id), ...dependencies.weak(id)]
      const blocking = needs.some((needed) => {
        const other = index.get(needed)
        return other !== undefined && other !== bundle && waiting.has(other.key)
      })
      const restored = bundle.type === 'create' && this.#wants.dropped.has(id)
      if (!blocking || (restored && this.#dropping.get(id) === undefined)) continue
      bundle.members.delete(id)
      const action = this.#add(bundle.type, id)
      index.set(id, action)
      made.push(action)
    }
    if (made.length === 0) return made
    for (const key of [...this.edges.predecessors(bundle.key)]) {
      if (waiting.has(key) && !this.#names.has(`${key} > ${bundle.key}`)) this.edges.release(key, bundle.key)
    }
    if (bundle.type === 'drop') {
      for (const key of [...this.edges.successors(bundle.key)]) {
        if (waiting.has(key) && !this.#names.has(`${bundle.key} > ${key}`))
          this.edges.release(bundle.key, key)
      }
    }
    for (const action of this.actions) this.#link(action)
    for (const action of made) {
      if (bundle.type === 'create') this.#before(bundle, action)
      else this.#before(action, bundle)
    }
    return made
  }
}
