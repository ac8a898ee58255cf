import type { Replay, ReplayedMigration } from './replay.ts'

/** Each migration that failed, on the way up and down: its code, its message and the objects it left changed. */
export function failureLines({ migrations, undo }: Pick<Replay, 'migrations' | 'undo'>): readonly string[] {
  return [
    ...migrations.flatMap((migration) => lineOf(migration, '')),
    ...(undo?.migrations ?? []).flatMap((migration) => lineOf(migration, 'down ')),
  ]
}

function lineOf({ path, failure, changes }: ReplayedMigration, direction: string): readonly string[] {
  if (!failure) return []
  const { added, changed, removed } = changes.objects
  const left = [...added.values(), ...[...changed.values()].map(({ to }) => to), ...removed.values()]
  const names = left.map(({ kind, name }) => `${kind} ${name}`).sort()
  return [`${direction}${path}: ${failure.problem.code} ${failure.problem.message} [${names.join(', ')}]`]
}
