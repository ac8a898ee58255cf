import { isLockTrace } from '../migration/lock-trace.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Edits } from '../model/patch.ts'
import { isJson, type Json, listOf, type Say, textOf } from './json-parts.ts'
import { readSettings } from './migration-settings.ts'
import { type ExportedFile, type ExportedMigration, type ReplayedFile, replayOutcomes } from './project.ts'
import { readObject } from './read-object.ts'

/** An exported migration of a file; none, and a complaint, where a part of it is missing. */
export function readMigration(entry: Json, say: Say): readonly ExportedMigration[] {
  const { exportedAt, proven, shipped, service, locks, made } = entry
  const title = textOf(entry.title)
  const files = listOf(entry.files, 'files', say).flatMap(readFile)
  const isWhole = Array.isArray(entry.files) && files.length > 0 && files.length === entry.files.length
  const settings = isJson(made) ? readSettings(made.settings) : null
  const isKnown = (locks === undefined || isLockTrace(locks)) && (made === undefined || settings !== null)
  if (!isWhole || !isKnown || title === '' || typeof exportedAt !== 'string') {
    say('error', 'invalid-history', `An exported migration is incomplete: ${title || 'without a name'}.`)
    return []
  }
  return [
    {
      title,
      files,
      ...(typeof service === 'string' ? { service } : {}),
      exportedAt,
      proven: proven === true,
      shipped: shipped === true,
      ...(locks ? { locks } : {}),
      ...(settings && isJson(made)
        ? { made: { settings, patch: { objects: readEdits(made, say), diagram: noEdits } } }
        : {}),
    },
  ]
}

/** A migration of the folder that the project was opened from; none, and a complaint, where a part is missing. */
export function readReplayed(entry: Json, say: Say): readonly ReplayedFile[] {
  const { path, failure } = entry
  const outcome = replayOutcomes.find((known) => known === entry.outcome)
  if (typeof path !== 'string' || !outcome || !(failure === undefined || typeof failure === 'string')) {
    say('error', 'invalid-history', `A migration of the folder is incomplete: ${textOf(path) || 'no path'}.`)
    return []
  }
  const patch = { objects: readEdits(entry, say), diagram: noEdits }
  return [{ path, outcome, ...(failure === undefined ? {} : { failure }), patch }]
}

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }

function readFile({ fileName, folder, source }: Json): readonly ExportedFile[] {
  if (typeof fileName !== 'string' || typeof source !== 'string') return []
  return [{ fileName, ...(typeof folder === 'string' ? { folder } : {}), source }]
}

function readEdits(written: Json, say: Say): Edits<ObjectBase> {
  const read = (part: 'added' | 'removed') =>
    byId(listOf(written[part], part, say).flatMap((entry) => readObject(entry, 'history', say) ?? []))
  const changed = listOf(written.changed, 'changed', say).flatMap((entry) => {
    const from = isJson(entry.from) ? readObject(entry.from, 'history', say) : null
    const to = isJson(entry.to) ? readObject(entry.to, 'history', say) : null
    return from && to ? [{ from, to }] : []
  })
  return {
    added: read('added'),
    changed: new Map(changed.map((pair) => [pair.to.id, pair])),
    removed: read('removed'),
  }
}

function byId(objects: readonly ObjectBase[]): ReadonlyMap<ObjectId, ObjectBase> {
  return new Map(objects.map((object) => [object.id, object]))
}
