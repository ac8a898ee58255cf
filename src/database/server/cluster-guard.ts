import type { ParseSql, SqlNode } from '../../core/sql/split.ts'
import { type Engine, PgError, type RawOptions } from '../engine.ts'

/** Only a text with one of these words can reach beyond its database. */
const suspicious = /\b(role|user|group|grant|revoke|owned|database|tablespace|system|subscription)\b/i
const makesRoles = /\bcreate\s+(role|user|group)\b/i

/** Statements about the server or other databases, by the name of their parse node. */
const beyond: ReadonlySet<string> = new Set([
  'AlterDatabaseRefreshCollStmt',
  'AlterDatabaseSetStmt',
  'AlterDatabaseStmt',
  'AlterSubscriptionStmt',
  'AlterSystemStmt',
  'AlterTableSpaceOptionsStmt',
  'CreateSubscriptionStmt',
  'CreateTableSpaceStmt',
  'CreatedbStmt',
  'DropSubscriptionStmt',
  'DropTableSpaceStmt',
  'DropdbStmt',
])

/** Statements that change the roles they name; of GRANT, those that become members. */
const roleChanges: Readonly<Record<string, (node: SqlNode) => unknown>> = {
  AlterRoleStmt: ({ role }) => role,
  // Without a role it is ALL.
  AlterRoleSetStmt: ({ role }) => role ?? {},
  DropRoleStmt: ({ roles }) => roles,
  DropOwnedStmt: ({ roles }) => roles,
  ReassignOwnedStmt: ({ roles }) => roles,
  GrantRoleStmt: ({ grantee_roles }) => grantee_roles,
  CommentStmt: ({ objtype, object }) => (isServerObject(objtype) ? object : []),
  RenameStmt: ({ renameType, subname }) => (isServerObject(renameType) ? { rolename: subname } : []),
}

function isServerObject(type: unknown): boolean {
  return type === 'OBJECT_ROLE' || type === 'OBJECT_DATABASE' || type === 'OBJECT_TABLESPACE'
}

/**
 * Keeps what runs in throwaway databases from changing what a whole server shares, and remembers the roles that it
 * made. What a DO block puts together from parts cannot be seen.
 */
export class ClusterGuard {
  /** Made by what ran, and not there before. */
  readonly made = new Set<string>()
  readonly #parse: ParseSql
  readonly #there: ReadonlySet<string>

  /** `there` are the names of the roles that are not to be touched. */
  constructor(parse: ParseSql, there: ReadonlySet<string>) {
    this.#parse = parse
    this.#there = there
  }

  /** The same session under guard; `onClose` runs once it has ended. */
  watch(engine: Engine, onClose: () => Promise<void>): Engine {
    const guarded = async <T>(sql: string, run: () => Promise<T>): Promise<T> => {
      this.#refuse(sql)
      if (!makesRoles.test(sql) || hasFailed(engine)) return run()
      const before = await roleNames(engine)
      const result = await run()
      if (!hasFailed(engine)) {
        for (const name of await roleNames(engine)) if (!before.has(name)) this.made.add(name)
      }
      return result
    }
    return {
      version: engine.version,
      extensions: engine.extensions,
      get transaction() {
        return engine.transaction
      },
      query: (sql, parameters) => guarded(sql, () => engine.query(sql, parameters)),
      run: (sql) => guarded(sql, () => engine.run(sql)),
      raw: (sql: string, options?: RawOptions) => guarded(sql, () => engine.raw(sql, options)),
      onNotice: (listener) => engine.onNotice(listener),
      close: async () => {
        await engine.close()
        await onClose()
      },
    }
  }

  #refuse(sql: string): void {
    if (!suspicious.test(sql)) return
    const parsed = this.#parse(sql)
    if ('message' in parsed) return
    for (const { type, node } of parsed) {
      if (beyond.has(type)) throw refusal('It reaches beyond its database')
      const roles = roleChanges[type]?.(node)
      const there = rolesIn(roles).find((name) => name === null || this.#there.has(name))
      if (there === undefined) continue
      throw refusal(
        there === null ? 'It changes roles of the server' : `The server has role ${there} already`,
      )
    }
  }
}

function hasFailed(engine: Engine): boolean {
  return engine.transaction === 'failed'
}

/** Every role of the server. */
export async function roleNames(engine: Engine): Promise<ReadonlySet<string>> {
  const { rows } = await engine.query('select rolname::text as name from pg_roles')
  return new Set(rows.map(({ name }) => String(name)))
}

/** Names in role specifications; null for what is no plain name: CURRENT_USER, ALL. */
function rolesIn(value: unknown): readonly (string | null)[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.flatMap(rolesIn)
  if (typeof value !== 'object' || value === null) return [null]
  if ('RoleSpec' in value) return rolesIn(value.RoleSpec)
  if ('String' in value) return rolesIn({ rolename: Reflect.get(Object(value.String), 'sval') })
  return [('rolename' in value && typeof value.rolename === 'string' && value.rolename) || null]
}

function refusal(why: string): PgError {
  return new PgError({
    severity: 'ERROR',
    code: '0A000',
    message: `${why}: a proof changes nothing that it did not make`,
    hint: 'Prove it on a server of its own, or without --server.',
  })
}
