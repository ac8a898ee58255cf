import { renamedValue, renamesBetween } from '../diff/renames.ts'
import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { clauseBefore } from '../sql/clauses.ts'
import type { Identifier } from '../sql/identifiers.ts'

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
  const renames = renamesBetween({ objects: before, diagram }, { objects: after, diagram })
  if (renames.anywhere.size === 0 && renames.siblings.size === 0) return (object) => object
  return (object, was) =>
    fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
      const value = readField(was, name)
      if (!field.expressions || !sameValue(readField(object, name), value)) return result
      const followed = renamedValue(was, name, field, renames, namesRelation)
      return sameValue(followed, value) ? result : withField(result, name, followed)
    }, object)
}

/**
 * The text only has to be valid in between: where a relation is named its new name is followed even if a column has the
 * old one, while a diff would rather see a difference too many.
 */
function namesRelation(found: Identifier, identifiers: readonly Identifier[]): boolean {
  return found.qualifies || clauseBefore(found, identifiers) === 'from'
}
