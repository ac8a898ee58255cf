import type { ObjectId } from './object.ts'

export const tableColours = [
  'none',
  'blue',
  'cyan',
  'teal',
  'green',
  'ochre',
  'rust',
  'rose',
  'plum',
] as const
export type TableColour = (typeof tableColours)[number]

/** Where an object is drawn. Its id is the id of the object; positions are canvas pixels at 100 %. */
export interface Placement {
  readonly id: ObjectId
  readonly kind: 'placement'
  readonly x: number
  readonly y: number
  readonly colour: TableColour
}

/** Free text on the canvas. */
export interface Note {
  readonly id: string
  readonly kind: 'note'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly text: string
}

/** A titled frame behind tables. */
export interface Area {
  readonly id: string
  readonly kind: 'area'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: string
  readonly colour: TableColour
}

/** One thing drawn on the canvas: never part of a diff. */
export type DiagramItem = Placement | Note | Area
