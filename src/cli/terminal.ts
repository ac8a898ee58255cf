import { isUtf8 } from 'node:buffer'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { encodingOf } from '../core/import/source-encoding.ts'
import { Exit, exitCodes } from './exit-codes.ts'

/** Where a command writes: results to standard output, everything said about them to standard error. */
export interface Terminal {
  out(text: string): void
  note(line: string): void
}

/** A file's text. Ends the command when it cannot be read. */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path)
    return new TextDecoder(encodingOf(bytes, () => isUtf8(bytes))).decode(bytes)
  } catch (error) {
    throw new Exit(exitCodes.noInput, `Cannot read ${path}: ${reasonOf(error)}`)
  }
}

/** Writes a result to a file, making its folder, or to standard output where `path` is null. */
export function emit(text: string, path: string | null, terminal: Terminal): void {
  if (path === null) {
    terminal.out(text)
    return
  }
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw new Exit(exitCodes.noOutput, `Cannot write ${path}: ${reasonOf(error)}`)
  }
  terminal.note(`Wrote ${path}`)
}

/** A file that a command made, by name. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/** Writes files into a folder, or one after the other to standard output, each under its name. */
export function emitFiles(files: readonly NamedText[], folder: string | null, terminal: Terminal): void {
  for (const { name, text } of files) {
    if (folder !== null) emit(text, join(folder, name), terminal)
    else {
      if (files.length > 1) terminal.note(`── ${name}`)
      terminal.out(text)
    }
  }
}

/** "1 object", "3 objects". */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
