import { adopt } from '../../core/catalog/adopt.ts'
import type { SourceLines } from '../../core/import/source-lines.ts'
import { blankDocument, type SchemaDocument } from '../../core/model/document.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { type Patch, patchBetween } from '../../core/model/patch.ts'
import type { Problem } from '../../core/model/problem.ts'
import { type Engine, PgError } from '../engine.ts'
import { readCatalog } from '../read-back.ts'
import { type ReadDocument, readDocument } from '../read-document.ts'

/** A whole reading, with what a person should know about it. */
export interface WholeReading extends ReadDocument {
  readonly problems: readonly Problem[]
}

/** Follows a database that changes: what is the same object in two readings has the same id in both. */
export class CatalogFollower {
  /** Tables that a tool keeps for itself, quoted: left out of what is read. */
  readonly hidden = new Set<string>()
  readonly #engine: Engine
  readonly #newId: () => ObjectId
  #known: Pick<ReadDocument, 'keyIds' | 'document'> = { document: blankDocument, keyIds: new Map() }

  constructor(engine: Engine, newId: () => ObjectId) {
    this.#engine = engine
    this.#newId = newId
  }

  /** The modelled objects as of the last reading. */
  get document(): SchemaDocument {
    return this.#known.document
  }

  /** What changed in the modelled objects since the last reading. */
  async follow(): Promise<Patch> {
    const before = this.document
    this.#known = await this.#undisturbed(async () => {
      const { document, keyIds } = this.#known
      return adopt(await readCatalog(this.#engine), document, this.#newId, keyIds)
    })
    return patchBetween(before, this.document)
  }

  /** Everything, what no kind models included. */
  async readWhole(lines: SourceLines): Promise<WholeReading> {
    const known = this.#known
    const newId = this.#newId
    const read = await this.#undisturbed(() => readDocument(this.#engine, { lines, newId, known }))
    this.#known = { document: read.modelled, keyIds: read.keyIds }
    const lost = [
      ...read.lost.map(({ identity }) => `${identity}: several statements made it`),
      ...read.unresolved.map(
        ({ kind, name }) => `${kind} ${name}: it rests on something that cannot be read`,
      ),
    ]
    return { ...read, problems: lost.map(lostObject) }
  }

  /** Reads with settings of its own and without the hidden tables, in a transaction that leaves all as it was. */
  async #undisturbed<T>(read: () => Promise<T>): Promise<T> {
    await this.#engine.run('BEGIN')
    try {
      await this.#engine.run('SET LOCAL search_path = public')
      await this.#engine.run('SET LOCAL ROLE NONE')
      for (const table of this.hidden) await this.#hide(table)
      return await read()
    } finally {
      await this.#engine.run('ROLLBACK')
    }
  }

  /** A table on which something of the project rests is its own business, and stays. */
  async #hide(table: string): Promise<void> {
    await this.#engine.run('SAVEPOINT hide')
    try {
      await this.#engine.run(`DROP TABLE IF EXISTS ${table}`)
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      await this.#engine.run('ROLLBACK TO hide')
    }
  }
}

function lostObject(reason: string): Problem {
  return { code: 'not-kept', severity: 'warning', source: 'Import', message: `Lost: ${reason}` }
}
