import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import { emitFiles, type Terminal } from './terminal.ts'
import { textDiff } from './text-diff.ts'

/** What a person should see of a change: all of that in an own file, and what is left to do by hand. `flag` writes it. */
export function changeLines(
  { path, owner, before, after, byHand }: FileChange,
  editsTheirs: boolean,
  flag: string,
): readonly string[] {
  const hand = byHand.flatMap(({ what, code }) => [
    `  by hand: ${what}`,
    ...(code === null ? [] : code.split('\n').map((line) => `    | ${line}`)),
  ])
  if (owner !== 'theirs' || before === after) return hand.length === 0 ? [] : [path, ...hand]
  const note = editsTheirs ? '' : ` (not written: it is your own; ${flag} writes it)`
  return [`${path}${note}`, ...textDiff(before ?? '', after ?? '').map((line) => `  ${line}`), ...hand]
}

/** Writes them into the folder, or to standard output where it is null. */
export function emitChanges(changes: readonly FileChange[], folder: string | null, terminal: Terminal): void {
  const kept = changes.flatMap(({ path, after, before }) =>
    after === null || after === before ? [] : [{ name: path, text: after }],
  )
  emitFiles(kept, folder, terminal)
  for (const { path, after } of changes) {
    if (after !== null || folder === null || !existsSync(join(folder, path))) continue
    rmSync(join(folder, path))
    terminal.note(`Removed ${join(folder, path)}`)
  }
}
