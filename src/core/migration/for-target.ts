import { withIds } from '../diff/align-documents.ts'
import { diffDocuments } from '../diff/diff-documents.ts'
import { kindOf, nounOf } from '../kinds/registry.ts'
import { alterableSince, needsBeyond } from '../kinds/version-needs.ts'
import type { ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import { schemaOf } from '../model/schema.ts'
import type { SettledSchema } from './plan-migration.ts'
import type { TargetVersion } from './target-version.ts'
import { spokenName } from './titles.ts'

/** A migration fitted to an older server. */
export interface Fitted {
  readonly from: SettledSchema
  /** What the server does not have and nothing can stand for. */
  readonly refusals: readonly Problem[]
  /** Where another way is taken than on the newest server, as sentences. */
  readonly notes: readonly string[]
}

/**
 * What the new schema uses must be there in the target version. What the version cannot change in place is made anew:
 * in the old schema it then goes by another id.
 */
export function fittedTo(target: TargetVersion, from: SettledSchema, to: SettledSchema): Fitted {
  const schema = schemaOf(to.written)
  const refusals: Problem[] = [...to.written.objects.values()].flatMap((object) =>
    needsBeyond(object, target).map(
      ({ since, what, field }): Problem => ({
        code: 'target-version',
        severity: 'error',
        source: 'Migration',
        object: object.id,
        ...(field === undefined ? {} : { field }),
        message: `PostgreSQL ${target} has no ${what}, which ${nounOf(object)} ${spokenName(object, schema)} uses: they came with ${since}.`,
        hint: 'Draw it otherwise, or raise the target version.',
      }),
    ),
  )
  const anew = new Map<ObjectId, ObjectId>()
  const notes: string[] = []
  for (const change of diffDocuments(from.canonical, to.canonical)) {
    if (change.type !== 'changed') continue
    const since = Math.max(...change.fields.map((field) => alterableSince(change.from, field)))
    if (since <= target) continue
    // Dropped, it would lose its rows.
    if (kindOf(change.to).succession) {
      refusals.push({
        code: 'target-version',
        severity: 'error',
        source: 'Migration',
        object: change.id,
        message: `PostgreSQL ${target} cannot change ${nounOf(change.to)} ${spokenName(change.to, schema)} in place, as ${since} can.`,
        hint: 'Undo this change, or raise the target version.',
      })
      continue
    }
    anew.set(change.id, `${change.id}~old`)
    notes.push(
      `PostgreSQL ${target} cannot change ${nounOf(change.to)} ${spokenName(change.to, schema)} in place, as ${since} can: it is dropped and added again.`,
    )
  }
  return { from: knownAs(from, anew), refusals, notes }
}

/** The schema with some objects known by other ids. */
export function knownAs(schema: SettledSchema, ids: ReadonlyMap<ObjectId, ObjectId>): SettledSchema {
  if (ids.size === 0) return schema
  return { written: withIds(schema.written, ids), canonical: withIds(schema.canonical, ids) }
}
