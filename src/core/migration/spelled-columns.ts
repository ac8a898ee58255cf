import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Dependencies } from './dependencies.ts'
import type { Side } from './side.ts'

/** `SELECT *`, `t.*`; neither `count(*)` nor `a * b`. Where it takes something else for it, nothing is lost. */
const star = /(?<!\(\s*)\*\s*(?:[,);]|$|(?:from|where|union|except|intersect|order|limit|into)\b)/i

/**
 * The object as a statement says it. `*` stands for the columns that a table has when the statement runs, in the order
 * that it got them: of a table that was there before, those can be others than a fresh one has. Then PostgreSQL's print
 * is used, which names them.
 */
export function withSpelledColumns(
  object: ObjectBase,
  from: SchemaDocument,
  to: Side,
  dependencies: Dependencies,
): ObjectBase {
  const printed = to.canonical?.objects.get(object.id)
  if (!printed || ![...dependencies.weak(object.id)].some((id) => from.objects.has(id))) return object
  return fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
    let hasStar = false
    field.expressions?.map(readField(object, name), (text) => {
      hasStar ||= star.test(text)
      return text
    })
    return hasStar ? withField(result, name, readField(printed, name)) : result
  }, object)
}
