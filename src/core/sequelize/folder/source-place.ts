/** A place in a file of the folder. */
export interface SourcePlace {
  readonly path: string
  /** 1-based. */
  readonly line: number
}
