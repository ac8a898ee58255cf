import { quoteName, quoteText } from '../sql/quote.ts'

/** `name=value` as it stands in WITH (…); `toast.` before a name means the table's TOAST table. */
export function printParameter(parameter: string): string {
  const [name, value] = splitParameter(parameter)
  return `${parameterName(name)} = ${/^(-?\d+(\.\d+)?|[a-z]+)$/.test(value) ? value : quoteText(value)}`
}

/** What leads from one list of parameters to another: those to SET, as they stand there, and names to RESET. */
export function changedParameters(
  from: readonly string[],
  to: readonly string[],
): { readonly set: readonly string[]; readonly reset: readonly string[] } {
  const before = new Map(from.map(splitParameter))
  const after = new Map(to.map(splitParameter))
  const set = to.filter((parameter) => {
    const [name, value] = splitParameter(parameter)
    return before.get(name) !== value
  })
  return { set, reset: [...before.keys()].filter((name) => !after.has(name)) }
}

/** The actions of ALTER TABLE or ALTER INDEX for that: `SET (a = 1)`, `RESET (b)`. */
export function parameterActions(from: readonly string[], to: readonly string[]): readonly string[] {
  const { set, reset } = changedParameters(from, to)
  return [
    ...(set.length === 0 ? [] : [`SET (${set.map(printParameter).join(', ')})`]),
    ...(reset.length === 0 ? [] : [`RESET (${reset.map(parameterName).join(', ')})`]),
  ]
}

export function splitParameter(parameter: string): readonly [string, string] {
  const at = parameter.indexOf('=')
  return at < 0 ? [parameter.trim(), 'true'] : [parameter.slice(0, at).trim(), parameter.slice(at + 1).trim()]
}

function parameterName(name: string): string {
  return name.split('.').map(quoteName).join('.')
}
