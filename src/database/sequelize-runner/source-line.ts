import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'

const scheme = 'relata-folder:'

/** Lines that `new Function` puts before the text it is given (ECMAScript 20.2.1.1.1). */
const headerLines = 2

/** The comment that names a file in stack traces. */
export function sourceName(path: string): string {
  return `\n//# sourceURL=${scheme}${encodeURI(path).replaceAll('(', '%28').replaceAll(')', '%29')}`
}

/** The innermost place of a folder's file in a stack trace. */
export function placeIn(stack: string | undefined): SourcePlace | undefined {
  return placesIn(stack).at(0)
}

/** Every place of a folder's files in a stack trace, innermost first. */
export function placesIn(stack: string | undefined): readonly SourcePlace[] {
  const pattern = new RegExp(`${scheme}([^\\s:()]+):(\\d+):\\d+`, 'g')
  return [...(stack ?? '').matchAll(pattern)].map(([, path = '', line]) => ({
    path: decodeURI(path),
    line: Math.max(1, Number(line) - headerLines),
  }))
}

/** The place in the folder's files from which this is called, through awaited calls too. */
export function callingPlace(): SourcePlace | undefined {
  return placeIn(new Error().stack)
}
