import { type Renames, renamedValue, renamesBetween } from '../diff/renames.ts'
import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/**
 * What becomes of an object between two schemas where nothing is done to its expressions: they follow what was renamed,
 * as they do in PostgreSQL. `was` is the object before; an expression that is another by now was set, and stays.
 */
export function followedIn(
  before: Objects,
  after: Objects,
): (object: ObjectBase, was: ObjectBase) => ObjectBase {
  const diagram = new Map()
  const renames = withoutDoubt(
    renamesBetween({ objects: before, diagram }, { objects: after, diagram }),
    after,
  )
  if (renames.anywhere.size === 0 && renames.siblings.size === 0) return (object) => object
  return (object, was) =>
    fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
      const value = readField(was, name)
      if (!field.expressions || !sameValue(readField(object, name), value)) return result
      const followed = renamedValue(was, name, field, renames)
      return sameValue(followed, value) ? result : withField(result, name, followed)
    }, object)
}

/**
 * The text only has to be valid in between: a relation's new name is followed even where a column has the old one, while
 * a diff would rather see a difference too many.
 */
function withoutDoubt(renames: Renames, after: Objects): Renames {
  if (renames.anywhere.size === 0) return renames
  const relations = new Set<string>()
  for (const object of after.values()) {
    const kind = kindOf(object)
    if (kind.mentionedBy === 'anything' && !kind.isType && !kind.isCalled) relations.add(object.name)
  }
  const isClear = (name: string) => relations.has(renames.anywhere.get(name) ?? '')
  return { ...renames, ambiguous: new Set([...renames.ambiguous].filter((name) => !isClear(name))) }
}
