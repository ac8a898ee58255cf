import type { TableColour } from '../model/diagram.ts'

/** Where a template's table is drawn, and enough of it to draw it small. */
export interface TemplateTable {
  readonly name: string
  /** Canvas pixels at 100 %. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly colour: TableColour
  /** Number of columns. */
  readonly rows: number
}

/** A schema to start from: its SQL is a file beside this one, its diagram is here. */
export interface Template {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly tables: readonly TemplateTable[]
  /** Foreign keys as pairs of table names, child first, for the small drawing. */
  readonly links: readonly (readonly [string, string])[]
  readonly notes: readonly {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly text: string
  }[]
}
