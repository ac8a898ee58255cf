import { freshDatabase } from '../core/ddl/ddl-of-document.ts'
import { kindOf } from '../core/kinds/registry.ts'
import { type Dependencies, dependenciesOf } from '../core/migration/dependencies.ts'
import type { Step } from '../core/migration/plan.ts'
import { planChanges } from '../core/migration/plan-changes.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { Progress } from './api.ts'
import { knownEdits } from './document-edits.ts'
import type { Engine } from './engine.ts'
import { Neighbourhood, needsOf, partOf } from './neighbourhood.ts'
import { blockedBy, danglingProblem } from './problems.ts'
import type { Counterparts } from './read-back.ts'
import { type FailedStep, StepRunner } from './step-runner.ts'
import { StepTracking } from './step-tracking.ts'

/** More refused objects than this are not all tried again with every edit. */
const maxRetried = 40
/** A change of more objects is planned on the whole schema: finding its part costs more than it saves. */
const maxPartial = 400
/** Fewer objects than this are dropped one by one, whatever share of the schema they are. */
const minGone = 20
/** Each round settles what the failures of the one before left open. */
const maxRounds = 12

export interface ApplyOptions {
  readonly onProgress?: (progress: Progress) => void
  /** Objects on which an engine broke: left out for as long as they are not changed. */
  readonly avoid?: ReadonlyMap<ObjectId, { readonly object: ObjectBase; readonly problem: Problem }>
}

/** What one `apply` did. */
export interface Applied {
  /** Steps that ran, of all rounds. */
  readonly steps: readonly Step[]
  /** Objects that the planner cannot change in place: the database must be built anew. */
  readonly rebuild: boolean
}

/** The part of the held and of the wanted schema that a change concerns. */
interface Part {
  readonly from: SchemaDocument
  readonly to: SchemaDocument
}

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/**
 * Makes a database hold a document as far as PostgreSQL lets it, and knows at any time what it holds. An object that
 * is refused, or rests on a refused one, is left out (or as it was); everything else goes in.
 */
export class HeldSchema {
  readonly #runner: StepRunner
  readonly #neighbourhood = new Neighbourhood()
  /** Names of what belongs to the whole server, by id. */
  readonly #clusterWide = new Map<ObjectId, string>()
  readonly #held = new Map<ObjectId, ObjectBase>()
  readonly #problems = new Map<ObjectId, Problem>()
  /** Ids that are not held as they are wanted. */
  readonly #unsettled = new Set<ObjectId>()
  #wanted: Objects = new Map()
  #started = false

  constructor(engine: Engine) {
    this.#runner = new StepRunner(engine)
  }

  /** The object whose statement is running, or ran last. */
  get current(): ObjectId | null {
    return this.#runner.current
  }

  /** Objects in the database, as they were written. */
  get objects(): Objects {
    return this.#held
  }

  /** What PostgreSQL refuses, what is blocked by that, and bodies of functions that do not work. */
  get problems(): readonly Problem[] {
    return [...this.#problems.values(), ...this.#runner.bodyProblems]
  }

  /** Ids of what lives in an object. */
  childrenOf(id: ObjectId): readonly ObjectId[] {
    return this.#neighbourhood.childrenOf(id).filter((child) => this.#held.get(child)?.parent === id)
  }

  /** The held objects for `identifyAmong`. */
  get counterparts(): Counterparts {
    return {
      has: (id) => this.#held.has(id),
      children: (parent) => {
        const ids = parent === null ? this.#held.keys() : this.childrenOf(parent)
        const objects = [...ids].map((id) => this.#held.get(id))
        return objects.filter((object) => object !== undefined).filter((object) => object.parent === parent)
      },
      schema: () => schemaOf({ objects: new Map(this.#held), diagram: new Map() }),
    }
  }

  async apply(document: SchemaDocument, options: ApplyOptions = {}): Promise<Applied> {
    const first = !this.#started
    if (first) for (const object of freshDatabase(document).objects.values()) this.#put(object)
    this.#started = true
    if (!first && (this.#isOther(document.objects) || this.#leavesBehind(document.objects)))
      return { steps: [], rebuild: true }
    const open = this.#different(document.objects)
    this.#wanted = document.objects
    for (const id of this.#problems.keys()) {
      const wanted = document.objects.get(id)
      if (open.has(id) || !wanted || this.#held.get(id) === wanted) this.#problems.delete(id)
    }
    const steps: Step[] = []
    const out = this.#leftOut(document, open, options)
    if (open.size === 0) return { steps, rebuild: false }
    let separate = false
    await this.#runner.begin()
    try {
      for (let round = 0; round < maxRounds; round += 1) {
        const part = this.#part(document, open, out)
        const plan = planChanges(part.from, part.to, { separate, empty: true })
        if (plan.refusals.length > 0 && !first) {
          await this.#runner.rollback()
          return { steps, rebuild: true }
        }
        for (const refusal of plan.refusals)
          if (refusal.object !== undefined) out.set(refusal.object, refusal)
        if (plan.refusals.length > 0) {
          this.#block(document, open, out)
          continue
        }
        const failures = await this.#run(part, plan.steps, steps, options)
        if (failures.length === 0) break
        await this.#replaceUnconvertible(part, failures, steps)
        separate ||= failures.some(({ bundled }) => bundled)
        for (const failure of failures) {
          const held = this.#held.get(failure.step.object) === document.objects.get(failure.step.object)
          if (!failure.bundled && !held) out.set(failure.step.object, failure.problem)
        }
        this.#block(document, open, out)
      }
      await this.#runner.checkBodies(document, this.#held)
      await this.#runner.commit()
    } catch (error) {
      await this.#runner.rollback().catch(() => undefined)
      throw error
    }
    for (const [id, problem] of this.#withMissingNames(document, out)) this.#problems.set(id, problem)
    // What was dropped on the way (a foreign key of a column whose type changed) may be refused when it comes back.
    for (const id of new Set([...open, ...out.keys(), ...steps.map(({ object }) => object)])) {
      if (this.#held.get(id) === document.objects.get(id)) this.#unsettled.delete(id)
      else this.#unsettled.add(id)
    }
    return { steps, rebuild: false }
  }

  /** Another document altogether: dropping what is there would take longer than starting from nothing. */
  #isOther(wanted: Objects): boolean {
    if (knownEdits(this.#wanted, wanted)) return false
    let gone = 0
    for (const id of this.#held.keys()) if (!wanted.has(id)) gone += 1
    return gone > minGone && gone > this.#held.size / 2
  }

  /** A role that goes from the schema stays on the server, where one made anew under its name would find it. */
  #leavesBehind(wanted: Objects): boolean {
    for (const [id, name] of this.#clusterWide) if (wanted.get(id)?.name !== name) return true
    return false
  }

  #put(object: ObjectBase): void {
    if (kindOf(object).clusterWide) this.#clusterWide.set(object.id, object.name)
    this.#held.set(object.id, object)
    this.#neighbourhood.note(object)
  }

  /** These turned out not to be in the database: they are made again with the next `apply`. */
  lose(ids: readonly ObjectId[]): void {
    for (const id of ids) {
      this.#held.delete(id)
      this.#unsettled.add(id)
    }
  }

  #remove(id: ObjectId): void {
    this.#held.delete(id)
    if (!this.#wanted.has(id)) this.#neighbourhood.forget(id)
  }

  /** Ids whose object is not held as wanted: what changed since the last time, and what was refused then. */
  #different(wanted: Objects): Set<ObjectId> {
    const changed = new Set<ObjectId>()
    const refused = new Set<ObjectId>()
    const edited = knownEdits(this.#wanted, wanted)
    for (const id of edited
      ? new Set([...edited, ...this.#unsettled])
      : [...wanted.keys(), ...this.#held.keys()]) {
      const object = wanted.get(id)
      if (this.#held.get(id) === object) continue
      const known = object !== undefined && this.#wanted.get(id) === object
      ;(known ? refused : changed).add(id)
      if (object && !known) this.#neighbourhood.note(object)
    }
    if (refused.size <= maxRetried) return new Set([...changed, ...refused])
    const near = this.#neighbourhood.around(changed, this.#held, wanted)
    for (const id of refused) if (near.has(id)) changed.add(id)
    return changed
  }

  /** Objects that refer to what does not exist, or must be avoided; nothing can be planned with them. */
  #leftOut(document: SchemaDocument, open: Set<ObjectId>, { avoid }: ApplyOptions): Map<ObjectId, Problem> {
    const out = new Map<ObjectId, Problem>()
    for (const [id, { object, problem }] of avoid ?? []) {
      if (document.objects.get(id) === object) out.set(id, problem)
    }
    for (const id of open) {
      const object = document.objects.get(id)
      const missing = object && needsOf(object).find((needed) => !document.objects.has(needed))
      if (object && missing !== undefined) out.set(id, danglingProblem(object, missing))
    }
    this.#block(document, open, out)
    return out
  }

  /** Whatever needs a left-out object is left out too, with the reason. */
  #block(document: SchemaDocument, open: Set<ObjectId>, out: Map<ObjectId, Problem>): void {
    for (let grown = true; grown; ) {
      grown = false
      for (const id of open) {
        const object = document.objects.get(id)
        if (!object || out.has(id)) continue
        const needed = needsOf(object).find((other) => this.#isMissing(other, document, out))
        const missing = needed === undefined ? undefined : document.objects.get(needed)
        if (!missing) continue
        out.set(id, blockedBy(object, missing, document))
        grown = true
      }
    }
  }

  /** What PostgreSQL does not find because it was refused is no second error, but blocked by the first. */
  #withMissingNames(
    document: SchemaDocument,
    out: ReadonlyMap<ObjectId, Problem>,
  ): ReadonlyMap<ObjectId, Problem> {
    if (![...out.values()].some(({ code }) => undefinedCodes.has(code))) return out
    const ids = new Set([...out.keys(), ...this.#problems.keys()])
    // A set that grows while it is walked is walked to its new end.
    for (const id of ids) {
      const object = document.objects.get(id)
      for (const needed of object ? needsOf(object) : []) ids.add(needed)
    }
    const part = partOf(document.objects, ids)
    const dependencies = dependenciesOf(part)
    const result = new Map(out)
    for (const [id, { code }] of out) {
      const object = part.objects.get(id)
      if (!object || !undefinedCodes.has(code)) continue
      const needed = [...dependencies.weak(id)].find((other) => this.#isMissing(other, document, out))
      const missing = needed === undefined ? undefined : part.objects.get(needed)
      if (missing) result.set(id, blockedBy(object, missing, document))
    }
    return result
  }

  #isMissing(id: ObjectId, document: SchemaDocument, out: ReadonlyMap<ObjectId, Problem>): boolean {
    if (this.#held.has(id)) return false
    return out.has(id) || (this.#problems.has(id) && document.objects.has(id))
  }

  /** The part of both schemas that the open objects concern; what is left out stays as it is held. */
  #part(document: SchemaDocument, open: ReadonlySet<ObjectId>, out: ReadonlyMap<ObjectId, Problem>): Part {
    const whole = open.size > maxPartial
    const ids = whole ? null : this.#neighbourhood.around(open, this.#held, document.objects)
    const leftOut = new Set([...out.keys(), ...this.#problems.keys()])
    const objects = new Map<ObjectId, ObjectBase>()
    for (const id of ids ?? document.objects.keys()) {
      const wanted =
        open.has(id) && !leftOut.has(id)
          ? document.objects.get(id)
          : this.#heldOrWanted(id, document, leftOut)
      if (wanted) objects.set(id, wanted)
    }
    if (leftOut.size > 0) removeDangling(objects)
    const held: SchemaDocument = { objects: this.#held, diagram: new Map() }
    return {
      from: ids ? partOf(this.#held, ids) : { ...held, objects: new Map(this.#held) },
      to: { objects, diagram: new Map() },
    }
  }

  #heldOrWanted(
    id: ObjectId,
    document: SchemaDocument,
    leftOut: ReadonlySet<ObjectId>,
  ): ObjectBase | undefined {
    return leftOut.has(id) ? this.#held.get(id) : document.objects.get(id)
  }

  /** Runs the steps that can run; gives those that PostgreSQL refused. */
  async #run(
    { from, to }: Part,
    steps: readonly Step[],
    done: Step[],
    options: ApplyOptions,
  ): Promise<readonly FailedStep[]> {
    const tracking = new StepTracking(from, to, steps)
    const failed = new Set<ObjectId>()
    const failures: FailedStep[] = []
    await this.#runner.run(steps, {
      ...options,
      skips: (step) =>
        failed.size > 0 &&
        (failed.has(step.object) || [...dependenciesOf(to).strong(step.object)].some((id) => failed.has(id))),
      succeeded: (step) => {
        done.push(step)
        tracking.follow(step)
      },
      failed: (step, problem) => {
        const made = step.action === 'create' ? tracking.created(step) : [step.object]
        for (const id of made) failed.add(id)
        failures.push({ step, problem, bundled: made.length > 1 })
      },
      objectOf: (id) => to.objects.get(id) ?? this.#held.get(id),
    })
    this.#settle({ from, to: failures.length === 0 ? to : { ...to, objects: tracking.present } })
    return failures
  }

  /**
   * A type that PostgreSQL cannot convert is no fault of the drawing, only of a migration: the object is dropped and
   * made again, with what rests on it. Where that fails too, everything stays as it was.
   */
  async #replaceUnconvertible(part: Part, failures: readonly FailedStep[], done: Step[]): Promise<void> {
    for (const { step, problem } of failures) {
      if (step.action !== 'alter' || !unconvertible.test(problem.code)) continue
      const from = partOf(this.#held, new Set([...part.from.objects.keys(), ...part.to.objects.keys()]))
      const gone = withDependents(step.object, dependenciesOf(from))
      const target = part.to.objects.get(step.object)
      if (!target) continue
      const bare: SchemaDocument = {
        ...from,
        objects: new Map([...from.objects].filter(([id]) => !gone.has(id))),
      }
      const to: SchemaDocument = { ...from, objects: new Map([...from.objects, [target.id, target]]) }
      const steps = [...planChanges(from, bare).steps, ...planChanges(bare, to).steps]
      if (!(await this.#runner.runTogether(steps))) continue
      done.push(...steps)
      this.#settle({ from, to })
    }
  }

  /** The database holds `to` now, including what no statement can tell (the order of columns). */
  #settle({ from, to }: Part): void {
    for (const id of from.objects.keys()) if (!to.objects.has(id)) this.#remove(id)
    for (const object of to.objects.values()) if (this.#held.get(object.id) !== object) this.#put(object)
  }
}

/** SQLSTATEs of names that do not exist: column, function, table, object. */
const undefinedCodes = new Set(['42703', '42883', '42P01', '42704'])

/** SQLSTATEs of an ALTER COLUMN TYPE that the values, or their types, do not allow. */
const unconvertible = /^(42804|42846|22)/

function withDependents(id: ObjectId, dependencies: Dependencies): ReadonlySet<ObjectId> {
  const found = new Set([id])
  // A set that grows while it is walked is walked to its new end.
  for (const one of found) for (const user of dependencies.dependents(one)) found.add(user)
  return found
}

/** What is left out stays as it is held, unless what it refers to goes. */
function removeDangling(objects: Map<ObjectId, ObjectBase>): void {
  for (let grown = true; grown; ) {
    grown = false
    for (const object of objects.values()) {
      if (needsOf(object).every((id) => objects.has(id))) continue
      objects.delete(object.id)
      grown = true
    }
  }
}
