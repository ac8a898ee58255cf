type Path = readonly (string | number)[]

/** A path as jsonpath writes it: `$.department`, `$."two words"[0]`. */
export function jsonPath(path: Path): string {
  const steps = path.map((step) =>
    typeof step === 'number'
      ? `[${step}]`
      : /^[A-Za-z_]\w*$/.test(step)
        ? `.${step}`
        : `.${JSON.stringify(step)}`,
  )
  return `$${steps.join('')}`
}

/** A condition that holds for rows with this scalar at this path: `custom_fields->>'department' = 'Engineering'`. */
export function jsonFilter(column: string, path: Path, scalar: string): string | null {
  const last = path.at(-1)
  if (last === undefined) return null
  const name = /^[a-z_][a-z0-9_]*$/.test(column) ? column : `"${column.replaceAll('"', '""')}"`
  const key = (step: string | number) => (typeof step === 'number' ? String(step) : quoted(step))
  const target = name.concat(...path.slice(0, -1).map((step) => `->${key(step)}`), `->>${key(last)}`)
  if (scalar === 'null') return `${target} IS NULL`
  const value = scalar.startsWith('"') ? String(JSON.parse(scalar)) : scalar
  return `${target} = ${quoted(value)}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
