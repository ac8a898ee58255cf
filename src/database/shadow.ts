import { oidOfKey } from '../core/catalog/keys.ts'
import { fieldsOf, readField } from '../core/kinds/field-access.ts'
import type { Kind } from '../core/kinds/kind.ts'
import { allKinds, kindOf } from '../core/kinds/registry.ts'
import type { Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { sameValue } from '../core/model/equality.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { Difference, ShadowReport } from './api.ts'
import type { Engine } from './engine.ts'
import { type Applied, type ApplyOptions, HeldSchema } from './held-schema.ts'
import { spokenName } from './problems.ts'
import { identifyAmong, readCatalog, withDocumentIds } from './read-back.ts'
import { TouchLog } from './touch-log.ts'

/** Beyond this many steps the whole catalogue is read instead of what was touched. */
const maxScopedSteps = 60

/** SQLSTATE classes of rows that do not fit: data exception, integrity constraint violation. */
const dataCodes = /^2[23]/

const emptyAllTables = `do $$
  declare tables text;
  begin
    select string_agg(c.oid::regclass::text, ', ') into tables
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema';
    if tables is not null then execute 'truncate ' || tables; end if;
  end $$`

/** The shadow cannot follow by changes: it must be built from nothing. */
export class MustRebuild extends Error {
  override readonly name = 'MustRebuild'
}

/** The live copy of the drawn schema in one database. */
export class Shadow {
  readonly engine: Engine
  readonly log: TouchLog
  /** True once a query ran: rows may make PostgreSQL refuse what the schema alone allows. */
  mayHoldRows = false
  readonly #schema: HeldSchema
  readonly #ids = new Map<string, ObjectId>()
  readonly #keys = new Map<ObjectId, string>()
  /** What PostgreSQL took and does not have. */
  readonly #unkept = new Set<ObjectId>()

  private constructor(engine: Engine, log: TouchLog) {
    this.engine = engine
    this.log = log
    this.#schema = new HeldSchema(engine)
  }

  /** A shadow without anything in it, on a fresh engine. */
  static async start(engine: Engine): Promise<Shadow> {
    const shadow = new Shadow(engine, await TouchLog.install(engine))
    await shadow.prepareSession()
    return shadow
  }

  /** Plans of catalogue queries are made once and kept: planning them costs more than running them. */
  async prepareSession(): Promise<void> {
    await this.engine.run('SET plan_cache_mode = force_generic_plan')
  }

  /** The object whose statement ran last: the one to blame when the engine breaks. */
  get current(): ObjectId | null {
    return this.#schema.current
  }

  /** Objects in the database, as they were written; changes with every edit. */
  get held(): SchemaDocument {
    return { objects: this.#schema.objects, diagram: new Map() }
  }

  /** Follows the document. Throws MustRebuild, after which the shadow is useless. */
  async follow(
    document: SchemaDocument,
    options: ApplyOptions = {},
  ): Promise<Omit<ShadowReport, 'milliseconds' | 'rebuilt'>> {
    const read = await this.#applyAndRead(document, options)
    if (read.missing.length === 0) return this.#report(read)
    // Dropping a column takes along what PostgreSQL ties to it (a check that mentions it): tried again, it is refused.
    this.#schema.lose(read.missing)
    const again = await this.#applyAndRead(document, options)
    return this.#report({ ...again, objects: new Map([...read.objects, ...again.objects]) })
  }

  #report({ objects, differences }: ReadBack): Omit<ShadowReport, 'milliseconds' | 'rebuilt'> {
    for (const id of this.#unkept) if (!this.#schema.objects.has(id)) this.#unkept.delete(id)
    return {
      problems: [...this.#schema.problems, ...[...this.#unkept].map(notKept)],
      canonical: objects,
      differences,
    }
  }

  async #applyAndRead(document: SchemaDocument, options: ApplyOptions): Promise<ReadBack> {
    const { steps, rebuild } = await this.#apply(document, options)
    if (rebuild) throw new MustRebuild()
    const oids = this.log.take()
    const whole = this.#ids.size === 0 || steps.length > maxScopedSteps
    return whole ? this.readAll(options) : this.#readTouched(steps, oids, document)
  }

  /** Rows that queries left behind must not make a drawing wrong: where they are in the way, they go. */
  async #apply(document: SchemaDocument, options: ApplyOptions): Promise<Applied> {
    const applied = await this.#schema.apply(document, options)
    if (!this.mayHoldRows || !this.#schema.problems.some(({ code }) => dataCodes.test(code))) return applied
    await this.engine.run(emptyAllTables)
    this.mayHoldRows = false
    const again = await this.#schema.apply(document, options)
    return { steps: [...applied.steps, ...again.steps], rebuild: again.rebuild }
  }

  /** Everything in the database as PostgreSQL prints it, under the ids of the document. */
  async readAll(options: ApplyOptions = {}): Promise<ReadBack> {
    options.onProgress?.({ done: 0, total: 1, phase: 'Reading the catalogue' })
    this.#ids.clear()
    this.#keys.clear()
    const read = await readCatalog(this.engine)
    return this.#take(read, this.#schema.objects.values())
  }

  async #readTouched(
    steps: readonly Step[],
    oids: readonly number[],
    document: SchemaDocument,
  ): Promise<ReadBack> {
    if (steps.length === 0) return { objects: new Map(), differences: [], missing: [] }
    const groups = new Set(steps.map(({ group }) => group))
    const scope = new Set(oids)
    for (const group of groups) {
      const key = this.#keys.get(group)
      if (key !== undefined) scope.add(oidOfKey(key))
    }
    const expected = [...groups].flatMap((group) => this.#withDescendants(group, document))
    const names = new Set([...steps.map(({ kind }) => kind), ...expected.map(({ kind }) => kind)])
    const kinds: readonly Kind<ObjectBase>[] = allKinds().filter(({ name }) => names.has(name))
    const read = await readCatalog(this.engine, [...scope], kinds)
    return this.#take(read, expected)
  }

  #withDescendants(id: ObjectId, document: SchemaDocument): readonly ObjectBase[] {
    const object = this.#schema.objects.get(id)
    if (!object) return []
    if (kindOf(object).foundation) return [object]
    const children = this.#schema.childrenOf(id).filter((child) => document.objects.has(child))
    return [object, ...children.flatMap((child) => this.#withDescendants(child, document))]
  }

  /** Gives what was read the ids of the document and compares it with what it should be. */
  #take(read: readonly ObjectBase[], expected: Iterable<ObjectBase>): ReadBack {
    const keys = identifyAmong(read, this.#schema.counterparts, this.#ids)
    for (const [key, id] of keys) {
      this.#ids.set(key, id)
      this.#keys.set(id, key)
    }
    const objects = new Map<ObjectId, ObjectBase>()
    for (const object of withDocumentIds(read, keys, this.#ids)) {
      if (this.#schema.objects.get(object.id)?.kind === object.kind) objects.set(object.id, object)
    }
    const differences: Difference[] = []
    const missing: ObjectId[] = []
    for (const written of expected) {
      const found = objects.get(written.id)
      this.#unkept.delete(written.id)
      if (found) differences.push(...fieldDifferences(written, found, this.held))
      else if (!kindOf(written).catalog) objects.set(written.id, written)
      else {
        missing.push(written.id)
        this.#unkept.add(written.id)
        differences.push({ object: this.#name(written), expected: written.name, found: null })
      }
    }
    return { objects, differences, missing }
  }

  #name(object: ObjectBase): string {
    return `${object.kind} ${spokenName(object, this.held)}`
  }
}

/** Objects as PostgreSQL prints them, and where that is not what was written. */
export interface ReadBack {
  readonly objects: ReadonlyMap<ObjectId, ObjectBase>
  readonly differences: readonly Difference[]
  /** What should be there and is not. */
  readonly missing: readonly ObjectId[]
}

/** Without it the catalogue is as with it: a right that its role has anyway. */
function notKept(object: ObjectId): Problem {
  return {
    code: 'not-kept',
    severity: 'error',
    source: 'Relata',
    object,
    message: 'PostgreSQL accepts this and keeps nothing of it: all of it holds anyway.',
    hint: 'Remove it. An owner, for one, has every right, and everybody may run a function and use a type.',
  }
}

/** Fields in which the database is not as it was written; expressions are left to PostgreSQL's own print. */
function fieldDifferences(
  written: ObjectBase,
  found: ObjectBase,
  document: SchemaDocument,
): readonly Difference[] {
  return fieldsOf(kindOf(written)).flatMap(([name, field]) => {
    if (field.compared === false || field.derived || field.expressions) return []
    const expected = readField(written, name)
    const actual = readField(found, name)
    if (sameValue(expected, actual)) return []
    return [
      {
        object: `${written.kind} ${spokenName(written, document)}`,
        field: name,
        expected: JSON.stringify(expected),
        found: JSON.stringify(actual),
      },
    ]
  })
}
