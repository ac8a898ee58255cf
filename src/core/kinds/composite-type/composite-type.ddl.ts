export function createCompositeSql(name: string, attributes: readonly string[]): string {
  const oneLine = `CREATE TYPE ${name} AS (${attributes.join(', ')})`
  return oneLine.length <= 100 ? oneLine : `CREATE TYPE ${name} AS (\n  ${attributes.join(',\n  ')}\n)`
}
