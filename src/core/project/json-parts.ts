/** A record of a file, not yet checked. */
export type Json = Readonly<Record<string, unknown>>

/** Takes down what is wrong with a file, or only unknown in it. */
export type Say = (severity: 'error' | 'warning', code: string, message: string) => void

/** The records of a list; none, and a complaint, where it is something else. */
export function listOf(value: unknown, part: string, say: Say): readonly Json[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(isJson)) return value
  say('error', 'no-list', `The part “${part}” of the file is no list of objects.`)
  return []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
