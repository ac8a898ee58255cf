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
