import { documentStatements } from '../core/ddl/ddl-of-document.ts'
import type { Change } from '../core/diff/change.ts'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import type { SettledSchema } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { renderMigrations } from '../core/sequelize/render-migration.ts'
import { type Engine, PgError } from './engine.ts'
import { identify, readCatalog, withDocumentIds } from './read-back.ts'
import { runMigration } from './sequelize-runner/run-migration.ts'

/** What PostgreSQL refused of a plan. */
export class StepError extends Error {
  readonly step: Step

  constructor(step: Step, message: string) {
    super(message)
    this.step = step
  }
}

export function sqlOf(steps: readonly Step[]): string {
  return steps.flatMap(({ statements }) => statements.map(({ sql }) => sql)).join(';\n')
}

/** What a migration made of a database: up, down and up again. */
export interface Outcome {
  readonly up: SchemaDocument
  readonly down: SchemaDocument
  readonly again: SchemaDocument
}

/** A database on which migrations between schemas are tried, and wiped after each. */
export class MigrationTrial {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Runs `work` in a transaction that leaves no trace. */
  async #rolledBack<T>(work: () => Promise<T>): Promise<T> {
    await this.#engine.run('BEGIN')
    try {
      return await work()
    } finally {
      await this.#engine.run('ROLLBACK')
    }
  }

  async #build(document: SchemaDocument): Promise<void> {
    await this.#engine.run('SET LOCAL check_function_bodies = off')
    for (const { sql } of documentStatements(document)) await this.#engine.run(sql)
  }

  async #run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      for (const { sql } of step.statements) {
        try {
          await this.#engine.run(sql)
        } catch (error) {
          if (!(error instanceof PgError)) throw error
          throw new StepError(step, `${error.message}\nin: ${sql}\nof:\n${sqlOf(steps)}`)
        }
      }
    }
  }

  async #read(target: SchemaDocument): Promise<SchemaDocument> {
    const found = await readCatalog(this.#engine)
    const objects = withDocumentIds(found, identify(found, target))
    return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
  }

  /** The document as PostgreSQL prints it, printed twice; null where PostgreSQL refuses it. */
  async settle(written: SchemaDocument): Promise<SettledSchema | null> {
    const print = (document: SchemaDocument) =>
      this.#rolledBack(async () => {
        await this.#build(document)
        return this.#read(document)
      })
    try {
      return { written, canonical: await print(await print(written)) }
    } catch (error) {
      if (error instanceof PgError) return null
      throw error
    }
  }

  /** What tells a database that was read from the target, in words that a failure can show. */
  async differences(found: SchemaDocument, target: SettledSchema): Promise<readonly unknown[]> {
    if (schemaChanges(found, target.canonical).length === 0) return []
    const printed = await this.#rolledBack(async () => {
      await this.#build(found)
      return this.#read(target.written)
    })
    return schemaChanges(printed, target.canonical).map((change) =>
      change.type === 'changed'
        ? change.fields.map((field) => [
            field,
            Reflect.get(change.from, field),
            Reflect.get(change.to, field),
            change.id,
          ])
        : change,
    )
  }

  /** Takes away everything a person made, so that the next pair finds a fresh database. */
  async #wipe(): Promise<void> {
    const { rows } = await this.#engine.query(
      `select quote_ident(nspname) as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
    )
    for (const { name } of rows) await this.#engine.run(`DROP SCHEMA ${String(name)} CASCADE`)
    await this.#engine.run('CREATE SCHEMA public')
    const roles = await this.#engine.query(
      'select quote_ident(rolname) as name from pg_roles where oid >= 16384',
    )
    for (const { name } of roles.rows) await this.#engine.run(`DROP ROLE ${String(name)}`)
  }

  /** By its statements, in a transaction. */
  runSql(a: SchemaDocument, b: SchemaDocument, plan: Plan): Promise<Outcome> {
    return this.#rolledBack(async () => {
      await this.#build(a)
      return this.#upDownUp(a, b, (direction) => this.#run(plan[direction]))
    })
  }

  /** By its statements, each by itself: a plan in phases has what PostgreSQL runs only outside of transactions. */
  runPhases(a: SchemaDocument, b: SchemaDocument, plan: Plan): Promise<Outcome> {
    return this.#committed(a, () => this.#upDownUp(a, b, (direction) => this.#run(plan[direction])))
  }

  /** By the files that are written for it. */
  runSequelize(a: SchemaDocument, b: SchemaDocument, plan: Plan): Promise<Outcome> {
    const files = renderMigrations({ plan, title: 'random', stamp: new Date(0) })
    const migrate = async (direction: 'up' | 'down') => {
      for (const { source, fileName } of direction === 'up' ? files : files.toReversed()) {
        const { problem } = await runMigration(this.#engine, source, fileName, direction)
        if (problem) throw new Error(`${problem.message}\nin ${direction} of:\n${source}`)
      }
    }
    return this.#committed(a, () => this.#upDownUp(a, b, migrate))
  }

  async #upDownUp(
    a: SchemaDocument,
    b: SchemaDocument,
    migrate: (direction: 'up' | 'down') => Promise<void>,
  ): Promise<Outcome> {
    await migrate('up')
    const up = await this.#read(b)
    await migrate('down')
    const down = await this.#read(a)
    await migrate('up')
    return { up, down, again: await this.#read(b) }
  }

  /** Runs `work` where the schema is there for good, and wipes the database. */
  async #committed<T>(document: SchemaDocument, work: () => Promise<T>): Promise<T> {
    await this.#engine.run('BEGIN')
    await this.#build(document)
    await this.#engine.run('COMMIT')
    try {
      return await work()
    } finally {
      if (this.#engine.transaction !== 'idle') await this.#engine.run('ROLLBACK')
      await this.#wipe()
    }
  }
}

/** Without the roles that outlive a schema. */
function schemaChanges(from: SchemaDocument, to: SchemaDocument): readonly Change[] {
  return diffDocuments(from, to).filter(
    (change) =>
      change.type === 'changed' || !kindOf(change.type === 'added' ? change.to : change.from).clusterWide,
  )
}
