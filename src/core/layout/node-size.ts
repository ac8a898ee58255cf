import { monoWidth, textWidth } from './text-width.ts'

/** Measures of a table node in canvas px at 100 %. */
export const nodeMeasures = {
  border: 1,
  header: 30,
  row: 22,
  footer: 24,
  minWidth: 208,
  maxWidth: 320,
  step: 8,
  /** Rows shown before the rest becomes "14 more columns". */
  maxRows: 20,
} as const

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rect extends Point, Size {}

/** What decides how wide a row is. */
interface RowText {
  readonly name: string
  readonly type: string
  /** U and G chips in the row. */
  readonly chips: number
  readonly bold: boolean
}

const nameSize = 12
const typeSize = 11
const titleSize = 13
/** Change mark 12, key mark 16, space after the name 8, problem icon 16, before the type 4, `?` 11, padding 6. */
const rowFixed = 12 + 16 + 8 + 16 + 4 + 11 + 6
/** Chip 14 and the 4 before it. */
const chipWidth = 18
/** Padding 12 and 8, gap 6 between name and schema, room for one mark. */
const headerFixed = 12 + 8 + 6 + 24

/** The size of a node with these rows; a foldable one has a last row that counts the others. */
export function nodeSize(
  title: string,
  namespace: string,
  rows: readonly RowText[],
  foldable: boolean,
): Size {
  const header = headerFixed + textWidth(title, titleSize, 'bold') + textWidth(namespace, typeSize)
  const widths = rows.map(
    (row) =>
      rowFixed +
      textWidth(row.name, nameSize, row.bold ? 'bold' : 'regular') +
      row.chips * chipWidth +
      monoWidth(row.type, typeSize),
  )
  const content = Math.max(header, ...widths) + 2 * nodeMeasures.border
  const { minWidth, maxWidth, step } = nodeMeasures
  return {
    width: Math.min(maxWidth, Math.max(minWidth, Math.ceil(content / step) * step)),
    height: nodeHeight(rows.length + Number(foldable)),
  }
}

export function nodeHeight(rows: number): number {
  const { border, header, row, footer } = nodeMeasures
  return 2 * border + header + row * rows + footer
}

/** The middle of a row, measured from the node's top. */
export function rowCentre(row: number): number {
  return nodeMeasures.border + nodeMeasures.header + nodeMeasures.row * (row + 0.5)
}

/** The middle of the header, measured from the node's top: where an edge to a hidden row ends. */
export const headerCentre = nodeMeasures.border + nodeMeasures.header / 2
