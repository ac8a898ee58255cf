import {
  type BuiltIndex,
  type LockMode,
  lockModes,
  type RelationLock,
  strongerLock,
  type TracedStatement,
} from '../core/migration/lock-trace.ts'
import type { Statement } from '../core/sql/statement.ts'
import { type Engine, PgError } from './engine.ts'

/** What a statement did, without its place in a plan. */
export type StatementTrace = Omit<TracedStatement, 'step' | 'transaction'>

/** Runs statements and sees what each does to the relations that are there. */
export interface LockTracer {
  /**
   * Runs one statement in a transaction of its own (what needs none outside one), so that its locks are seen apart
   * from those of others. Throws PgError after a rollback.
   */
  run(statement: TraceInput): Promise<StatementTrace>
}

export interface TraceInput extends Pick<Statement, 'sql' | 'transactional'> {
  /** True: it is first tried as an ordinary role, to learn whether it needs a superuser. */
  readonly probe?: boolean
}

interface Relation {
  readonly name: string
  readonly filenode: number
  /** The table of an index. */
  readonly table: number | null
  /** The table of a partition. */
  readonly partitioned: number | null
}

/** Starts a trace: what is there now existed before. */
export async function openLockTracer(engine: Engine): Promise<LockTracer> {
  const tracer = new Tracer(engine)
  await tracer.start()
  return tracer
}

/** Traces statements one after another. Throws PgError at the first that PostgreSQL refuses. */
export async function traceStatements(
  engine: Engine,
  statements: readonly TraceInput[],
): Promise<readonly StatementTrace[]> {
  const tracer = await openLockTracer(engine)
  const traces: StatementTrace[] = []
  for (const statement of statements) traces.push(await tracer.run(statement))
  return traces
}

const columns = `c.oid::int8 AS oid,
  CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
  CASE WHEN c.relkind IN ('r', 'm', 'i') THEN pg_relation_filenode(c.oid)::int8 ELSE 0 END AS filenode, i.indrelid::int8 AS indexed,
  CASE WHEN c.relispartition AND i IS NULL
    THEN (SELECT h.inhparent::int8 FROM pg_inherits h WHERE h.inhrelid = c.oid) END AS partitioned`
const joins = `LEFT JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid`
const everything = `SELECT ${columns} FROM pg_class c ${joins}
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'`

/** Locks of this session on what is not the system's own; a dropped relation has no row in pg_class any more. */
const firstUserOid = 16384
const locksNow = `SELECT l.relation::int8 AS relation, l.mode, pg_stat_get_xact_numscans(l.relation) AS scans, ${columns}
FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation ${joins}
WHERE l.locktype = 'relation' AND l.pid = pg_backend_pid() AND l.granted AND l.relation >= ${firstUserOid}
  AND coalesce(n.nspname, '') !~ '^(pg_toast|pg_catalog$|information_schema$)'`

/** Members of the role that owns everything may do what it may, but SUPERUSER is not passed on (docs 21.3). */
const becomeOwner = (me: string, probe: string): string =>
  `CREATE ROLE ${probe}; GRANT ${me} TO ${probe}; SET LOCAL ROLE ${probe}`
const session = `SELECT quote_ident(rolname) AS me, rolsuper AS super, 'relata_owner_' || pg_backend_pid() AS probe FROM pg_roles WHERE rolname = current_user`
const insufficientPrivilege = '42501'

/** The first version with pg_stat_force_next_flush. */
const flushSince = 15
const scansNow = `SELECT c.oid::int8 AS oid, pg_stat_get_xact_numscans(c.oid) AS scans FROM pg_class c
WHERE c.relkind IN ('r', 'i', 'm') AND c.oid >= ${firstUserOid} AND pg_stat_get_xact_numscans(c.oid) > 0`

class Tracer implements LockTracer {
  readonly #engine: Engine
  readonly #known = new Map<number, Relation>()
  /** Names from the trace's begin, or from when they were created. */
  readonly #names = new Map<number, string>()
  readonly #files = new Set<number>()
  #existed: ReadonlySet<number> = new Set()
  /** Who runs the statements, where a superuser does and what others may is not known; and a role to try it as. */
  #superuser: { readonly me: string; readonly probe: string } | null = null
  readonly #countersFlush: boolean

  constructor(engine: Engine) {
    this.#engine = engine
    this.#countersFlush = Number.parseInt(engine.version, 10) >= flushSince
  }

  async start(): Promise<void> {
    const { rows } = await this.#engine.query(session)
    const [row] = rows
    this.#superuser = row?.super === true ? { me: String(row.me), probe: String(row.probe) } : null
    for (const [oid, relation] of await this.#readRelations()) this.#learn(oid, relation)
    this.#existed = new Set(this.#known.keys())
  }

  run({ sql, transactional, probe = false }: TraceInput): Promise<StatementTrace> {
    return transactional === false ? this.#runOutside(sql) : this.#runInside(sql, probe)
  }

  async #runInside(sql: string, probe: boolean): Promise<StatementTrace> {
    const needsSuperuser = probe ? await this.#refusesOthers(sql) : null
    if (this.#countersFlush) await this.#engine.run('SELECT pg_stat_force_next_flush()')
    await this.#engine.run('BEGIN')
    try {
      const scansBefore = this.#countersFlush ? new Map<number, number>() : await this.#readScans()
      const started = performance.now()
      await this.#engine.run(sql)
      const milliseconds = performance.now() - started
      const { rows } = await this.#engine.query(locksNow)
      await this.#engine.run('COMMIT')
      return this.#traceOf(sql, milliseconds, rows, needsSuperuser, scansBefore)
    } catch (error) {
      if (this.#engine.transaction !== 'idle') await this.#engine.run('ROLLBACK')
      throw error
    }
  }

  /** Tries the statement as a role that owns everything and may do what owners may, and takes it back. */
  async #refusesOthers(sql: string): Promise<boolean> {
    if (this.#superuser === null) return false
    await this.#engine.run('BEGIN')
    try {
      await this.#engine.raw(becomeOwner(this.#superuser.me, this.#superuser.probe))
      await this.#engine.run(sql)
      return false
    } catch (error) {
      return error instanceof PgError && error.fields.code === insufficientPrivilege
    } finally {
      await this.#engine.run('ROLLBACK')
    }
  }

  #traceOf(
    sql: string,
    milliseconds: number,
    rows: readonly Readonly<Record<string, unknown>>[],
    needsSuperuser: boolean | null,
    scansBefore: ReadonlyMap<number, number>,
  ): StatementTrace {
    const now = new Map<number, Relation>()
    const locked = new Map<number, LockMode>()
    const scans = new Set<number>()
    for (const row of rows) {
      const oid = Number(row.relation)
      const relation = relationOf(row)
      if (relation) now.set(oid, relation)
      const owner = (relation ?? this.#known.get(oid))?.table
      const mode = lockModeOf(String(row.mode))
      // A lock on an index that others use stops what would use its table; a new index nobody knows.
      const target = owner == null ? oid : this.#known.has(oid) ? owner : null
      if (target !== null) locked.set(target, strongerLock(mode, locked.get(target) ?? mode))
      if (Number(row.scans) > (scansBefore.get(oid) ?? 0)) scans.add(oid)
    }
    for (const [oid, { name }] of now) this.#name(oid, name)
    const changes = this.#changes(now)
    for (const [oid, relation] of now) this.#learn(oid, relation)
    return {
      sql,
      milliseconds,
      locks: [...locked].flatMap(([oid, mode]) => this.#lock(oid, mode)),
      rewritten: changes.rewritten,
      scanned: [...scans].flatMap((oid) => (this.#known.get(oid)?.table === null ? this.#nameOf(oid) : [])),
      indexesBuilt: changes.indexesBuilt,
      needsSuperuser,
      measured: true,
    }
  }

  /** Files tell a rewrite from a change of the catalogue alone; an index may be another one with the same file. */
  #changes(now: ReadonlyMap<number, Relation>): Pick<StatementTrace, 'rewritten' | 'indexesBuilt'> {
    const rewritten: string[] = []
    const indexesBuilt: BuiltIndex[] = []
    for (const [oid, { filenode, table, name }] of now) {
      if (filenode === 0 || this.#files.has(filenode)) continue
      if (table !== null) {
        indexesBuilt.push(...this.#nameOf(table).map((relation) => ({ index: name, relation })))
      } else if (this.#known.has(oid)) rewritten.push(...this.#nameOf(oid))
    }
    return { rewritten, indexesBuilt }
  }

  async #runOutside(sql: string): Promise<StatementTrace> {
    const started = performance.now()
    await this.#engine.run(sql)
    const milliseconds = performance.now() - started
    const now = await this.#readRelations()
    const changes = this.#changes(now)
    const locks = [...this.#locksOutside(now)].flatMap(([oid, mode]) => this.#lock(oid, mode))
    for (const [oid, relation] of now) this.#learn(oid, relation)
    for (const oid of this.#known.keys()) if (!now.has(oid)) this.#known.delete(oid)
    return { sql, milliseconds, locks, ...changes, scanned: [], needsSuperuser: null, measured: false }
  }

  /**
   * CREATE, DROP and REINDEX … CONCURRENTLY hold SHARE UPDATE EXCLUSIVE on the table (docs 13.3.1), DETACH PARTITION …
   * CONCURRENTLY too, and at last ACCESS EXCLUSIVE on the partition (docs ALTER TABLE).
   */
  #locksOutside(now: ReadonlyMap<number, Relation>): ReadonlyMap<number, LockMode> {
    const locks = new Map<number, LockMode>()
    for (const [oid, { table }] of [...this.#known, ...now]) {
      const before = this.#known.get(oid)
      const after = now.get(oid)
      if (table !== null && before?.filenode !== after?.filenode) locks.set(table, 'SHARE UPDATE EXCLUSIVE')
      if (before?.partitioned == null || after?.partitioned === before.partitioned) continue
      locks.set(before.partitioned, 'SHARE UPDATE EXCLUSIVE')
      locks.set(oid, 'ACCESS EXCLUSIVE')
    }
    return locks
  }

  #lock(oid: number, mode: LockMode): readonly RelationLock[] {
    return this.#nameOf(oid).map((relation) => ({ relation, mode, existed: this.#existed.has(oid) }))
  }

  /** None for a relation that was created and dropped by one statement: it was never seen. */
  #nameOf(oid: number): readonly string[] {
    const name = this.#names.get(oid)
    return name === undefined ? [] : [name]
  }

  #learn(oid: number, relation: Relation): void {
    this.#known.set(oid, relation)
    this.#files.add(relation.filenode)
    this.#name(oid, relation.name)
  }

  #name(oid: number, name: string): void {
    if (!this.#names.has(oid)) this.#names.set(oid, name)
  }

  /**
   * Counters of a transaction are added to those of earlier ones that were not handed over yet, which only servers
   * since 15 do when asked.
   */
  async #readScans(): Promise<ReadonlyMap<number, number>> {
    const { rows } = await this.#engine.query(scansNow)
    return new Map(rows.map(({ oid, scans }) => [Number(oid), Number(scans)]))
  }

  async #readRelations(): Promise<ReadonlyMap<number, Relation>> {
    const { rows } = await this.#engine.query(everything)
    return new Map(
      rows.flatMap((row) => {
        const relation = relationOf(row)
        return relation ? [[Number(row.oid), relation] as const] : []
      }),
    )
  }
}

function relationOf(row: Readonly<Record<string, unknown>>): Relation | null {
  if (row.name === null) return null
  return {
    name: String(row.name),
    filenode: Number(row.filenode),
    table: row.indexed === null ? null : Number(row.indexed),
    partitioned: row.partitioned === null ? null : Number(row.partitioned),
  }
}

/** pg_locks writes "ShareUpdateExclusiveLock". */
function lockModeOf(mode: string): LockMode {
  const words = mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()
  const found = lockModes.find((known) => known === words)
  if (!found) throw new Error(`No lock mode ${mode}`)
  return found
}
