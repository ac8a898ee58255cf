import type { PlanChoices } from '../core/migration/plan-migration.ts'
import { newestVersion, type TargetVersion, targetVersions } from '../core/migration/target-version.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { type Invocation, listOption, textOption } from './options.ts'

/** How a migration is to be planned, from what a person typed. Ends the command where a name is nobody's. */
export function planChoices(
  invocation: Invocation,
  from: SchemaDocument,
  to: SchemaDocument,
  usualTarget: TargetVersion = newestVersion,
): PlanChoices {
  const idOf = idsByPath(from, to)
  const backfills = listOption(invocation, 'backfill').map((text) => {
    const at = text.indexOf('=')
    if (at < 0) throw new Exit(exitCodes.usage, `--backfill takes column=expression, not ${text}.`)
    return [idOf(text.slice(0, at).trim()), text.slice(at + 1).trim()] as const
  })
  return {
    mode: invocation.options['zero-downtime'] === true ? 'zero-downtime' : 'standard',
    target: targetOf(invocation) ?? usualTarget,
    backfills: new Map(backfills),
    simple: new Set(listOption(invocation, 'simple').map(idOf)),
  }
}

/** The version that was asked for. */
export function targetOf(invocation: Invocation): TargetVersion | null {
  const wanted = Number(textOption(invocation, 'target'))
  return targetVersions.find((version) => version === wanted) ?? null
}

/** Finds objects by what a person calls them: `posts`, `posts.status`, `app.posts.status`. */
function idsByPath(from: SchemaDocument, to: SchemaDocument): (path: string) => ObjectId {
  const ids = new Map<string, ObjectId>()
  for (const { objects } of [from, to]) {
    for (const object of objects.values()) {
      const names = namesOf(object, objects)
      ids.set(names.join('.'), object.id)
      if (names[0] === 'public') ids.set(names.slice(1).join('.'), object.id)
    }
  }
  return (path) => {
    const id = ids.get(path)
    if (id === undefined) throw new Exit(exitCodes.usage, `Neither schema has an object ${path}.`)
    return id
  }
}

function namesOf(object: ObjectBase, objects: SchemaDocument['objects']): readonly string[] {
  const parent = object.parent === null ? undefined : objects.get(object.parent)
  return parent ? [...namesOf(parent, objects), object.name] : [object.name]
}
