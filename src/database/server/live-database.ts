import { forServer } from '../../core/catalog/older-servers.ts'
import { asRole, usualOwnerSql } from '../../core/catalog/usual-owner.ts'
import { quoteText } from '../../core/sql/quote.ts'
import type { ImportResult } from '../api.ts'
import { type Engine, EngineCrash, PgError } from '../engine.ts'
import { importCatalog, type LiveCatalog } from '../import-catalog.ts'
import type { ImportOptions } from '../import-sql.ts'
import { openServerEngine } from './server-engine.ts'
import { adviceOn, oldestMajor, placeOf, reasonOf, type ServerRefusal } from './server-place.ts'

/** Reads the schema of the database at `url` in one transaction that cannot write. */
export async function importDatabase(
  url: string,
  options: ImportOptions = {},
): Promise<ImportResult | ServerRefusal> {
  const place = placeOf(url)
  if (place === null) return { reason: 'A database is given as postgres://user:password@host:port/database.' }
  let engine: Engine | null = null
  try {
    engine = await openServerEngine(url)
    const major = Number.parseInt(engine.version, 10)
    if (major < oldestMajor) {
      return {
        reason: `${place} is PostgreSQL ${engine.version}; the oldest that can be read is ${oldestMajor}.`,
      }
    }
    return await importCatalog(await readOnly(engine, major), options)
  } catch (error) {
    // A server refuses, a network fails; whatever else happens while it is read is a bug.
    if (engine && !(error instanceof PgError) && !(error instanceof EngineCrash)) throw error
    const advice = engine ? '' : adviceOn(error)
    return { reason: [`${place} cannot be read: ${reasonOf(error)}.`, advice].join(' ').trim() }
  } finally {
    await engine?.close()
  }
}

async function readOnly(engine: Engine, major: number): Promise<LiveCatalog> {
  await engine.run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const { rows } = await engine.query(forServer(`select ${usualOwnerSql} as owner`, major))
  const owner = quoteText(String(rows[0]?.owner))
  return {
    version: engine.version,
    query: async (sql, parameters) =>
      (await engine.query(asRole(forServer(sql, major), owner), parameters)).rows,
  }
}
