import { randomBytes } from 'node:crypto'
import { quoteName } from '../../core/sql/quote.ts'
import type { ParseSql } from '../../core/sql/split.ts'
import { type Engine, EngineCrash, type OpenEngine, PgError } from '../engine.ts'
import { ClusterGuard, roleNames } from './cluster-guard.ts'
import { openServerEngine } from './server-engine.ts'
import { oldestMajor, placeOf, reasonOf, type ServerRefusal } from './server-place.ts'

/** A server on which databases are made that nothing else uses. */
export interface ScratchServer {
  /** Host and port. */
  readonly place: string
  /** "14.9" */
  readonly version: string
  readonly major: number
  /** Roles that were there before; they are used where a schema names them, and left as they are. */
  readonly roles: ReadonlySet<string>
  /** They belong to the server: none is made. */
  readonly tablespaces: ReadonlySet<string>
  /** Each engine is a session on an empty database of its own, which goes when the engine is closed. */
  readonly open: OpenEngine
  /** Ends what runs and drops all that was made. */
  close(): Promise<ScratchReport>
}

/** What a run left on the server. */
export interface ScratchReport {
  /** How many were made. */
  readonly databases: number
  /** Made and dropped again. */
  readonly droppedRoles: readonly string[]
  /** What could not be dropped, as a statement that does it. */
  readonly left: readonly string[]
}

/** Connects as `url` says and sees that databases can be made there. */
export async function openScratchServer(
  url: string,
  parse: ParseSql,
): Promise<ScratchServer | ServerRefusal> {
  const place = placeOf(url)
  if (place === null) return { reason: 'A server is given as postgres://user:password@host:port/database.' }
  let session: Engine
  try {
    session = await openServerEngine(url)
  } catch (error) {
    return { reason: `No connection to ${place}: ${reasonOf(error)}` }
  }
  const major = Number.parseInt(session.version, 10)
  const refused = await refusalOf(session, place, major)
  if (refused !== null) {
    await session.close()
    return { reason: refused }
  }
  const { rows } = await session.query('select spcname::text as name from pg_tablespace')
  const there = {
    roles: await roleNames(session),
    tablespaces: new Set(rows.map(({ name }) => String(name))),
  }
  return new Scratch(url, place, session, there, parse)
}

async function refusalOf(session: Engine, place: string, major: number): Promise<string | null> {
  if (major < oldestMajor) {
    return `${place} is PostgreSQL ${session.version}; the oldest that can be proved on is ${oldestMajor}.`
  }
  const { rows } = await session.query(
    `select rolname::text as name, rolsuper or rolcreatedb as may, pg_is_in_recovery() as standby
     from pg_roles where rolname = current_user`,
  )
  const [role] = rows
  if (role?.standby === true) return `${place} is a standby, which only reads. Give its primary.`
  if (role?.may === true) return null
  const name = quoteName(String(role?.name))
  return `Role ${name} may not make databases on ${place}. Give a role that may, or: ALTER ROLE ${name} CREATEDB`
}

class Scratch implements ScratchServer {
  readonly place: string
  readonly version: string
  readonly major: number
  readonly roles: ReadonlySet<string>
  readonly tablespaces: ReadonlySet<string>
  readonly #url: string
  readonly #guard: ClusterGuard
  readonly #databases = new Set<string>()
  readonly #droppedRoles = new Set<string>()
  #session: Engine
  #made = 0
  #closing: Promise<ScratchReport> | null = null

  constructor(
    url: string,
    place: string,
    session: Engine,
    { roles, tablespaces }: Pick<ScratchServer, 'roles' | 'tablespaces'>,
    parse: ParseSql,
  ) {
    this.#url = url
    this.place = place
    this.#session = session
    this.#guard = new ClusterGuard(parse, roles)
    this.version = session.version
    this.major = Number.parseInt(session.version, 10)
    this.roles = roles
    this.tablespaces = tablespaces
  }

  readonly open: OpenEngine = async () => {
    if (this.#closing) throw new EngineCrash('The server is not used any more')
    const name = `relata_proof_${randomBytes(8).toString('hex')}`
    // Before it is there: it goes too when the run ends meanwhile.
    this.#databases.add(name)
    await this.#session.run(`CREATE DATABASE ${name} TEMPLATE template0`)
    this.#made += 1
    const address = new URL(this.#url)
    address.pathname = `/${name}`
    return this.#guard.watch(await openServerEngine(address.href), () => this.#dropDatabase(name))
  }

  close(): Promise<ScratchReport> {
    this.#closing ??= this.#dropAll()
    return this.#closing
  }

  async #dropDatabase(name: string): Promise<void> {
    await this.#session.run(dropDatabase(name))
    this.#databases.delete(name)
    // The next database must find the server as this one did. A role with rights in another one stays until that goes.
    await this.#dropRoles()
  }

  async #dropRoles(): Promise<void> {
    const there = await roleNames(this.#session)
    for (const name of this.#guard.made) {
      // A transaction that was rolled back took it along.
      if (!there.has(name)) {
        this.#guard.made.delete(name)
        continue
      }
      try {
        await this.#session.run(dropRole(name))
        this.#guard.made.delete(name)
        this.#droppedRoles.add(name)
      } catch (error) {
        if (!(error instanceof PgError)) throw error
      }
    }
  }

  async #dropAll(): Promise<ScratchReport> {
    try {
      await this.#session.query('select')
    } catch {
      this.#session = await openServerEngine(this.#url).catch(() => this.#session)
    }
    try {
      for (const name of this.#databases) await this.#dropDatabase(name).catch(() => undefined)
      await this.#dropRoles().catch(() => undefined)
    } finally {
      await this.#session.close()
    }
    return {
      databases: this.#made,
      droppedRoles: [...this.#droppedRoles].sort(),
      left: [...[...this.#databases].map(dropDatabase), ...[...this.#guard.made].map(dropRole)],
    }
  }
}

/** With what still runs in it. */
function dropDatabase(name: string): string {
  return `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`
}

function dropRole(name: string): string {
  return `DROP ROLE IF EXISTS ${quoteName(name)}`
}
