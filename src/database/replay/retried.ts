import type { Attempt, BreakingFile } from './attempt.ts'
import type { Replay } from './replay.ts'

/** Files that break their engine before it is the engine that is at fault. */
const maxBreaking = 20

/**
 * Replays until nothing breaks: a file that ends the engine, by running for ever or by taking all its memory, is named
 * in the next attempt, which starts from nothing. Rejects when that does not help.
 */
export async function replayRetried(
  attempt: (breaking: readonly BreakingFile[]) => Promise<Attempt>,
): Promise<Replay> {
  const breaking: BreakingFile[] = []
  for (;;) {
    const result = await attempt(breaking)
    if (result.type === 'done') return result.replay
    breaking.push(result.file)
    if (breaking.length > maxBreaking) throw new Error(result.file.problem.message)
  }
}
