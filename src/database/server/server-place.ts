import { PgError } from '../engine.ts'

/** Why a server cannot be used, as a sentence for the person who gave its address. */
export interface ServerRefusal {
  readonly reason: string
}

/** The oldest major version whose catalogue can be read. */
export const oldestMajor = 13

/** Host and port of an address, without its password; null where it is none of a PostgreSQL. */
export function placeOf(url: string): string | null {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return null
  const { host, searchParams } = new URL(url)
  return host || searchParams.get('host') || 'the local server'
}

/** A name with several addresses fails with one error for each. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}

/** What to do about it, as a sentence after the reason; empty where that is not known. */
export function adviceOn(error: unknown): string {
  const reason = reasonOf(error)
  return advice.find(([pattern]) => pattern.test(`${codeOf(error)} ${reason}`))?.[1] ?? ''
}

/** By the code of Node or PostgreSQL and the message; the first that fits. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED/, 'Nothing listens there: is the server running, and is this its port?'],
  [
    /^(ENOTFOUND|EAI_AGAIN)/,
    'No host has this name. In a password, @ is written %40, / is %2F, # is %23, and % is %25.',
  ],
  [/^ETIMEDOUT|timeout expired/, 'No answer came: is the address right, and does a firewall let it through?'],
  [/no encryption/, 'It wants an encrypted connection: write ?sslmode=require after the database.'],
  [/no pg_hba.conf entry/, 'The server lets this user connect to this database from elsewhere only.'],
  [
    /^28|no password|password must be/,
    'Check user and password. One that is not in the address is taken from PGPASSWORD or the file .pgpass.',
  ],
  [/^3D000/, 'What follows the last / of the address is the name of the database.'],
  [/does not support SSL/, 'It has no encryption: write ?sslmode=disable after the database.'],
  [
    /certificate|SELF_SIGNED|sslrootcert/i,
    'Give the certificate of who signed it with sslrootcert=file, or write sslmode=require, which checks none.',
  ],
]

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (error instanceof PgError) return error.fields.code
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
