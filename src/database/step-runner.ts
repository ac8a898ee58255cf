import { kindOf } from '../core/kinds/registry.ts'
import type { Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { Progress } from './api.ts'
import { type Engine, PgError } from './engine.ts'
import { refusalOf } from './problems.ts'

/** Steps per savepoint while nothing fails: one for each is twice as slow in a schema of 1,000 tables. */
const batchSize = 50

/** 55P04: a new enum value cannot be used in the transaction that adds it. */
const needsCommit = '55P04'

/** A step that PostgreSQL refused. */
export interface FailedStep {
  readonly step: Step
  readonly problem: Problem
  /** It was to make several objects at once, so that the guilty one is not known. */
  readonly bundled: boolean
}

interface RunHandlers {
  readonly onProgress?: (progress: Progress) => void
  /** True for a step that rests on a failed one. */
  skips(step: Step): boolean
  succeeded(step: Step): void
  failed(step: Step, problem: Problem): void
  objectOf(id: ObjectId): ObjectBase | undefined
}

/**
 * Runs steps in one transaction, so that each refused step is undone alone. Bodies of functions are not checked while
 * they run, because their tables may come later, but at the end.
 */
export class StepRunner {
  readonly #engine: Engine
  readonly #bodies = new Map<ObjectId, ObjectBase>()
  readonly #bodyProblems = new Map<ObjectId, Problem>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The object whose statement is running, or ran last. */
  current: ObjectId | null = null

  get bodyProblems(): readonly Problem[] {
    return [...this.#bodyProblems.values()]
  }

  async begin(): Promise<void> {
    await this.#engine.run('BEGIN; SET LOCAL check_function_bodies = off')
  }

  async commit(): Promise<void> {
    await this.#engine.run('COMMIT')
  }

  async rollback(): Promise<void> {
    await this.#engine.run('ROLLBACK')
  }

  async run(steps: readonly Step[], handlers: RunHandlers): Promise<void> {
    for (let start = 0; start < steps.length; start += batchSize) {
      const batch = steps.slice(start, start + batchSize)
      handlers.onProgress?.({ done: start, total: steps.length, phase: 'Running statements' })
      const together = batch.length > 1 && !batch.some((step) => handlers.skips(step))
      if (together && (await this.runTogether(batch))) for (const step of batch) this.#succeed(step, handlers)
      else for (const step of batch) await this.#runAlone(step, handlers)
      if (steps.length > batchSize) await breathe()
    }
  }

  /** All or nothing; false: nothing. */
  async runTogether(steps: readonly Step[]): Promise<boolean> {
    await this.#engine.run('SAVEPOINT batch')
    try {
      for (const step of steps) for (const { sql } of step.statements) await this.#execute(sql, step.object)
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      await this.#engine.run('ROLLBACK TO batch; RELEASE batch')
      return false
    }
    await this.#engine.run('RELEASE batch')
    return true
  }

  async #runAlone(step: Step, handlers: RunHandlers): Promise<void> {
    if (handlers.skips(step)) return
    const refused = await this.#attempt(step)
    const again = refused?.error.fields.code === needsCommit ? await this.#afterCommit(step) : refused
    if (!again) return this.#succeed(step, handlers)
    const owner = handlers.objectOf(again.owner) ?? handlers.objectOf(step.object)
    handlers.failed(step, refusalOf(again.error, again.sql, owner, step.fields))
  }

  async #afterCommit(step: Step): Promise<Refused | null> {
    await this.commit()
    await this.begin()
    return this.#attempt(step)
  }

  async #attempt(step: Step): Promise<Refused | null> {
    await this.#engine.run('SAVEPOINT step')
    for (const { sql, owner } of step.statements) {
      try {
        await this.#execute(sql, step.object)
      } catch (error) {
        if (!(error instanceof PgError)) throw error
        await this.#engine.run('ROLLBACK TO step; RELEASE step')
        return { error, sql, owner }
      }
    }
    await this.#engine.run('RELEASE step')
    return null
  }

  async #execute(sql: string, object: ObjectId): Promise<void> {
    this.current = object
    await this.#engine.run(sql)
  }

  #succeed(step: Step, handlers: RunHandlers): void {
    if (step.statements.some(({ sql }) => isRoutine(sql))) {
      const object = handlers.objectOf(step.object)
      if (object) this.#bodies.set(object.id, object)
    }
    handlers.succeeded(step)
  }

  /** Makes new functions once more with their bodies checked, and those again that did not work before. */
  async checkBodies(document: SchemaDocument, held: ReadonlyMap<ObjectId, ObjectBase>): Promise<void> {
    const waiting = new Set([...this.#bodies.keys(), ...this.#bodyProblems.keys()])
    this.#bodies.clear()
    if (waiting.size === 0) return
    await this.#engine.run('SET LOCAL check_function_bodies = on')
    for (const id of waiting) {
      this.#bodyProblems.delete(id)
      const object = held.get(id)
      if (object) await this.#checkBody(object, document)
    }
    await this.#engine.run('SET LOCAL check_function_bodies = off')
  }

  async #checkBody(object: ObjectBase, document: SchemaDocument): Promise<void> {
    for (const { sql } of kindOf(object).create(object, schemaOf(document), [])) {
      const again = sql.replace(routine, (_match, word: string) => `CREATE OR REPLACE ${word}`)
      await this.#engine.run('SAVEPOINT body')
      try {
        await this.#engine.run(again)
        await this.#engine.run('RELEASE body')
      } catch (error) {
        if (!(error instanceof PgError)) throw error
        await this.#engine.run('ROLLBACK TO body; RELEASE body')
        this.#bodyProblems.set(object.id, refusalOf(error, again, object))
      }
    }
  }
}

interface Refused {
  readonly error: PgError
  readonly sql: string
  readonly owner: ObjectId
}

const routine = /^\s*create\s+(?:or\s+replace\s+)?(function|procedure)\b/i
const isRoutine = (sql: string): boolean => routine.test(sql)

/** Lets messages in: PGlite's promises never leave the microtask queue. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
