/** What a script learns from the program's end. Those from 64 on are those of sysexits.h. */
export const exitCodes = {
  done: 0,
  /** import: some objects were refused. prove, migrate: not proven. migrate --check: the schemas differ. */
  failed: 1,
  /** Nothing was planned or proved, and the reasons were printed. */
  refused: 2,
  usage: 64,
  noInput: 66,
  /** prove: the server cannot be used. */
  unavailable: 69,
  noOutput: 73,
  bug: 70,
} as const

/** Ends the command with a message for the person and a code for the script. */
export class Exit extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}
