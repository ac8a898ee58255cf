import type { PGlite } from '@electric-sql/pglite'
import { quoteText } from '../core/sql/quote.ts'

/** Beyond what PostgreSQL hands out in the life of one page. */
const firstOid = 4_000_000_000

/** PostgreSQL takes its directory from the version and its catalogue's (TABLESPACE_VERSION_DIRECTORY in relpath.h). */
export const tablespaceHome = `select current_setting('data_directory') || '/pg_tblspc/' as home,
  format('/PG_%s_%s', current_setting('server_version_num')::int / 10000, catalog_version_no) as version from pg_control_system()`

/** Names after TABLESPACE in the text, and what default_tablespace is set to. */
export function tablespacesNamed(sql: string): readonly string[] {
  if (!/tablespace/i.test(sql)) return []
  const clauses = /(?<!\b(?:create|drop|alter|on)\s+)\btablespace\s+("(?:[^"]|"")+"|[a-z_][\w$]*)/gi
  const settings = /\bdefault_tablespace\s*(?:=|\bto\b)\s*("(?:[^"]|"")+"|'(?:[^']|'')+'|[a-z_][\w$]*)/gi
  return [...sql.matchAll(clauses), ...sql.matchAll(settings)]
    .map(([, name = '']) =>
      /^["']/.test(name) ? name.slice(1, -1).replace(/(["'])\1/g, '$1') : name.toLowerCase(),
    )
    .filter((name) => !name.startsWith('pg_') && name !== 'default')
}

/** Where the page's PostgreSQL keeps its tablespaces. */
export interface TablespaceHome {
  readonly home: string
  readonly version: string
}

/**
 * The tablespaces of the page's PostgreSQL. A server's own are none of a schema's objects, so any that a schema names
 * counts as there, and everyone may use it. CREATE TABLESPACE cannot run in a transaction, where the name may come up
 * first: its row is put into the catalogue, and its directory beside the others.
 */
export class Tablespaces {
  readonly #files: PGlite['Module']['FS']
  readonly #place: TablespaceHome
  readonly #oids = new Map<string, number>()

  constructor({ Module }: PGlite, place: TablespaceHome) {
    this.#files = Module.FS
    this.#place = place
  }

  /** A statement that sees that it exists: a rollback may have taken it away. Only a superuser's can. */
  ensure(name: string): string {
    const oid = this.#oids.get(name) ?? firstOid + this.#oids.size
    if (!this.#oids.has(name)) {
      this.#files.mkdirTree(`${this.#place.home}${oid}${this.#place.version}`)
      this.#oids.set(name, oid)
    }
    return `DO $tablespace$ begin
      if current_setting('is_superuser') = 'on' and not exists (select from pg_tablespace where spcname = ${quoteText(name)}) then
        insert into pg_tablespace select ${oid}, ${quoteText(name)}, oid, array[makeaclitem(0, oid, 'CREATE', false)], null
        from pg_roles where rolname = session_user;
      end if;
    end $tablespace$`
  }
}
