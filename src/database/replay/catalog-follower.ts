import { adopt } from '../../core/catalog/adopt.ts'
import { oidOfKey } from '../../core/catalog/keys.ts'
import { foundAmong, foundKinds, readCatalog, readKinds } from '../../core/catalog/read-catalog.ts'
import type { SourceLines } from '../../core/import/source-lines.ts'
import type { Kind } from '../../core/kinds/kind.ts'
import { allKinds } from '../../core/kinds/registry.ts'
import { blankDocument, type SchemaDocument } from '../../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import { type Patch, patchBetween } from '../../core/model/patch.ts'
import type { Problem } from '../../core/model/problem.ts'
import { type Engine, PgError } from '../engine.ts'
import { catalogQuery } from '../read-back.ts'
import { type ReadDocument, readDocument } from '../read-document.ts'
import type { FileRun } from '../sequelize-runner/folder-runner.ts'

/** A whole reading, with what a person should know about it. */
export interface WholeReading extends ReadDocument {
  readonly problems: readonly Problem[]
}

/** What a reading must look at again. */
interface Surroundings {
  readonly scope: ReadonlySet<number>
  /** Whether hidden tables, or parts of them, are in it. */
  readonly holdsHidden: boolean
  /** Those that may have objects in it. */
  readonly kinds: readonly Kind<ObjectBase>[]
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
    const settings = touched ? byIndex : ''
    await this.#undisturbed(settings, async (end) => {
      const known = this.#objects
      const around = touched && known && !this.#isBehind ? await this.#around(touched) : null
      const isHiding = around?.holdsHidden ?? true
      if (isHiding) await this.#hideAll()
      const scope = around && [...around.scope]
      const query = catalogQuery(this.#engine)
      const reading = around && !isHiding ? readKinds(query, scope, around.kinds) : readCatalog(query, scope)
      if (!isHiding) end()
      const kept = known && around ? [...known.values()].filter((object) => !isIn(object, around.scope)) : []
      this.#objects = new Map([...kept, ...(await reading)].map((object) => [object.id, object]))
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
    const read = await this.#undisturbed('', async () => {
      await this.#hideAll()
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

  async #around(touched: readonly number[]): Promise<Surroundings> {
    const { rows } = await this.#engine.query(aroundQuery, [touched, [...this.hidden]])
    const [row] = rows
    if (!row || !Array.isArray(row.scope))
      throw new Error('PostgreSQL did not say what is around the touched')
    return {
      scope: new Set(row.scope.map(Number)),
      holdsHidden: row.holds_hidden === true,
      kinds: foundKinds(row.found, allKinds()),
    }
  }

  /**
   * Reads with settings of its own, in a transaction that leaves all as it was. A reading that has asked its last may end
   * it: then the end travels with the questions.
   */
  async #undisturbed<T>(settings: string, read: (end: () => void) => Promise<T>): Promise<T> {
    // Planning these queries takes longer than running them.
    const begun = this.#engine.run(`BEGIN; SET LOCAL search_path = public; SET LOCAL ROLE NONE;
      SET LOCAL plan_cache_mode = force_generic_plan; ${settings}`)
    let ended: Promise<void> | null = null
    const end = () => {
      ended ??= this.#engine.run('ROLLBACK')
      return ended
    }
    try {
      const [, result] = await Promise.all([begun, read(end)])
      return result
    } finally {
      await end()
    }
  }

  /** Takes away the hidden tables. */
  async #hideAll(): Promise<void> {
    for (const table of this.hidden) await this.#hide(table)
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

/** Plans are kept from when the catalogue was small, and it grows: for a few rows an index takes the same time always. */
const byIndex = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off'

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
 * With it whether any of that belongs to a hidden table, and which kinds there are in it. Every step goes by an index: it
 * takes the same time however large the schema is.
 */
const aroundQuery = `
  with near (oid) as materialized (select unnest($1::oid[]) union all ${ownersOf('$1::oid[]')}),
  dependent (oid) as materialized (
    select objid from pg_depend
    where refclassid in ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass)
      and refobjid = any (array(select oid from near)) and classid in (${classes})
  ),
  around (oids) as materialized (
    select array(
      select oid from near union select oid from dependent
      union select owner from (${ownersOf('array(select oid from dependent)')}) as found (owner)
    )
  ),
  hidden (oid) as (select to_regclass(name)::oid from unnest($2::text[]) name)
  select around.oids as scope, (${foundAmong(allKinds(), 'around.oids')}) as found,
    exists (
      select from hidden where hidden.oid = any (around.oids) union all
      select from hidden join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = hidden.oid
      where d.objid = any (around.oids)
    ) as holds_hidden
  from around`

/** A schema's content is not part of it. */
function isIn({ id, parent }: ObjectBase, scope: ReadonlySet<number>): boolean {
  return (
    scope.has(oidOfKey(id)) || (parent !== null && !parent.startsWith('n') && scope.has(oidOfKey(parent)))
  )
}

function lostObject(reason: string): Problem {
  return { code: 'not-kept', severity: 'warning', source: 'Import', message: `Lost: ${reason}` }
}
