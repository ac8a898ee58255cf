/** A column of results. */
export interface GridColumn {
  readonly name: string
  /** Type name, shown after the name where the column is wide enough. */
  readonly type: string
}

/** Values as text; null is shown as such. */
export type GridRow = readonly (string | null)[]

/** A cell's place; both count from 0. */
export interface GridCell {
  readonly row: number
  readonly column: number
}

/** The cells between two corners, corners included. */
export interface GridRange {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export function rangeBetween(a: GridCell, b: GridCell): GridRange {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  }
}

const numeric = /^(smallint|integer|bigint|numeric|real|double precision|money|oid)\b(?!.*\[\])/
const dated = /^(date|time|timestamp|interval)\b(?!.*\[\])/

/** Numbers and dates stand at the right edge. */
export function isRightAligned(type: string): boolean {
  return numeric.test(type) || dated.test(type)
}

export function isJson(type: string): boolean {
  return type === 'json' || type === 'jsonb'
}

/** The range as tab-separated values: null is empty, line ends and tabs inside a value become spaces. */
export function tabSeparated(rows: readonly GridRow[], range: GridRange): string {
  return rows
    .slice(range.top, range.bottom + 1)
    .map((row) =>
      row
        .slice(range.left, range.right + 1)
        .map((value) => (value ?? '').replace(/[\t\r\n]+/g, ' '))
        .join('\t'),
    )
    .join('\n')
}

/** RFC 4180, header included; null is an empty field and an empty text is quoted. */
export function commaSeparated(columns: readonly GridColumn[], rows: readonly GridRow[]): string {
  const field = (value: string | null) =>
    value === null ? '' : value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
  const lines = [columns.map((column) => field(column.name)), ...rows.map((row) => row.map(field))]
  return lines.map((line) => line.join(',').concat('\r\n')).join('')
}

/** Px of a digit at 12 px; letters are narrower on average. */
const characterWidth = 7.3
const sampleSize = 60

/** A width in px that shows the header and most values. */
export function columnWidth(column: GridColumn, values: readonly (string | null)[]): number {
  const longest = values
    .slice(0, sampleSize)
    .reduce((length, value) => Math.max(length, value?.length ?? 4), column.name.length)
  return Math.round(Math.min(Math.max(longest * characterWidth + 22, 72), isJson(column.type) ? 214 : 300))
}
