import { adopt } from '../../core/catalog/adopt.ts'
import { oidOfKey } from '../../core/catalog/keys.ts'
import type { SourceLines } from '../../core/import/source-lines.ts'
import { blankDocument, type SchemaDocument } from '../../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import { type Patch, patchBetween } from '../../core/model/patch.ts'
import type { Problem } from '../../core/model/problem.ts'
import { type Engine, PgError } from '../engine.ts'
import { catalogQuery, readCatalog } from '../read-back.ts'
import { type ReadDocument, readDocument } from '../read-document.ts'
import type { FileRun } from '../sequelize-runner/folder-runner.ts'

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
  /** By catalogue key; null: not read yet. */
  #objects: ReadonlyMap<string, ObjectBase> | null = null
  #isBehind = false
  #readAs: ReadonlyMap<ObjectBase, ObjectBase> = new Map()

  constructor(engine: Engine, newId: () => ObjectId) {
    this.#engine = engine
    this.#newId = newId
  }

  /** The modelled objects as of the last reading. */
  get document(): SchemaDocument {
    return this.#known.document
  }

  /** The same under their catalogue keys. */
  get objects(): ReadonlyMap<string, ObjectBase> {
    return this.#objects ?? new Map()
  }

  /** The next reading is of everything: something changed of which no oid is known. */
  expectAnything(): void {
    this.#isBehind = true
  }

  /**
   * What changed in the modelled objects since the last reading. With the oids of what was touched, only these and what
   * rests on them are read again; null reads everything.
   */
  async follow(touched: readonly number[] | null = null): Promise<Patch> {
    const before = this.document
    await this.#undisturbed(async () => {
      const known = this.#objects
      const scope = touched && known && !this.#isBehind ? await this.#around(touched) : null
      await this.#hideAll(scope)
      const read = await readCatalog(this.#engine, scope && [...scope])
      const kept = known && scope ? [...known.values()].filter((object) => !isIn(object, scope)) : []
      this.#objects = new Map([...kept, ...read].map((object) => [object.id, object]))
    })
    this.#isBehind = false
    const { document, keyIds } = this.#known
    const adopted = adopt([...this.objects.values()], document, this.#newId, keyIds, this.#readAs)
    this.#known = adopted
    this.#readAs = adopted.readAs
    return patchBetween(before, this.document)
  }

  /** Everything, what no kind models included. */
  async readWhole(lines: SourceLines): Promise<WholeReading> {
    const known = this.#known
    const newId = this.#newId
    const read = await this.#undisturbed(async () => {
      await this.#hideAll(null)
      return readDocument(catalogQuery(this.#engine), { lines, newId, known })
    })
    this.#known = { document: read.modelled, keyIds: read.keyIds }
    this.#objects = null
    this.#readAs = new Map()
    const lost = [
      ...read.lost.map(({ identity }) => `${identity}: several statements made it`),
      ...read.unresolved.map(
        ({ kind, name }) => `${kind} ${name}: it rests on something that cannot be read`,
      ),
    ]
    return { ...read, problems: lost.map(lostObject) }
  }

  async #around(touched: readonly number[]): Promise<ReadonlySet<number>> {
    const { rows } = await this.#engine.query(aroundQuery, [touched])
    return new Set([...touched, ...rows.map(({ oid }) => Number(oid))])
  }

  /** Reads with settings of its own, in a transaction that leaves all as it was. */
  async #undisturbed<T>(read: () => Promise<T>): Promise<T> {
    // Planning these queries takes longer than running them.
    await this.#engine.run(`BEGIN; SET LOCAL search_path = public; SET LOCAL ROLE NONE;
      SET LOCAL plan_cache_mode = force_generic_plan`)
    try {
      return await read()
    } finally {
      await this.#engine.run('ROLLBACK')
    }
  }

  /** Takes away the hidden tables, of which nothing is read that is not in the scope; null is everything. */
  async #hideAll(scope: ReadonlySet<number> | null): Promise<void> {
    if (this.hidden.size === 0) return
    const names = [...this.hidden]
    if (scope) {
      const { rows } = await this.#engine.query(hiddenQuery, [names])
      if (!rows.some(({ oid }) => scope.has(Number(oid)))) return
    }
    for (const table of names) await this.#hide(table)
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

const aboutRights = /\b(grant|revoke|owner|privileges|role|reassign)\b/i

/** What to follow after a run. Commands without an object of their own (GRANT) leave no oid: then everything. */
export function touchedBy({ statements }: Pick<FileRun, 'statements'>): readonly number[] | null {
  const oids = statements.flatMap((statement) => statement.oids)
  return oids.length === 0 || statements.some(({ sql }) => aboutRights.test(sql)) ? null : oids
}

/** What an object of a system catalogue is part of: constraints, indexes, triggers and the like belong to a relation. */
const owners: readonly (readonly [catalog: string, oid: string, owner: string])[] = [
  ['pg_index', 'indexrelid', 'indrelid'],
  ['pg_constraint', 'oid', 'case when conrelid = 0 then contypid else conrelid end'],
  ['pg_attrdef', 'oid', 'adrelid'],
  ['pg_trigger', 'oid', 'tgrelid'],
  ['pg_policy', 'oid', 'polrelid'],
  ['pg_rewrite', 'oid', 'ev_class'],
  ['pg_statistic_ext', 'oid', 'stxrelid'],
  ['pg_type', 'oid', 'typrelid'],
]

const ownersOf = (oids: string): string =>
  owners
    .map(([catalog, oid, owner]) => `select ${owner} from ${catalog} where ${oid} = any (${oids})`)
    .join(' union all ')

const catalogs = ['pg_class', 'pg_proc', ...owners.map(([catalog]) => catalog)]
const classes = catalogs.map((catalog) => `'${catalog}'::regclass`).join(', ')

/**
 * The objects that the touched are part of, and what depends on any of them (docs 51.18): its text may read differently.
 * Every step goes by an index: it takes the same time however large the schema is.
 */
const aroundQuery = `
  with near (oid) as materialized (select unnest($1::oid[]) union all ${ownersOf('$1::oid[]')}),
  dependent (oid) as materialized (
    select objid from pg_depend
    where refclassid in ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass)
      and refobjid = any (array(select oid from near)) and classid in (${classes})
  )
  select oid::int8 as oid from near union all select oid::int8 from dependent
  union all select owner::int8 from (${ownersOf('array(select oid from dependent)')}) as found (owner)`

/** Tables by name with what is theirs. */
const hiddenQuery = `
  with hidden as (select to_regclass(name)::oid as oid from unnest($1::text[]) name)
  select oid::int8 as oid from hidden
  union all select d.objid::int8 from hidden join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = hidden.oid`

/** A schema's content is not part of it. */
function isIn({ id, parent }: ObjectBase, scope: ReadonlySet<number>): boolean {
  return (
    scope.has(oidOfKey(id)) || (parent !== null && !parent.startsWith('n') && scope.has(oidOfKey(parent)))
  )
}

function lostObject(reason: string): Problem {
  return { code: 'not-kept', severity: 'warning', source: 'Import', message: `Lost: ${reason}` }
}
