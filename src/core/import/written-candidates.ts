import { expressionsOf, fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { SourceStatement } from '../sql/split.ts'
import type { SourceLines } from './source-lines.ts'
import { expressionTexts, sameButForLayout, signatureOf } from './written-text.ts'

/**
 * Objects with expressions as a person may have written them, by id: only those that differ from PostgreSQL's print.
 * A text is a guess until PostgreSQL prints it like the original.
 */
export function writtenCandidates(
  document: SchemaDocument,
  keyIds: ReadonlyMap<string, ObjectId>,
  lines: SourceLines,
): ReadonlyMap<ObjectId, ObjectBase> {
  const keys = new Map([...keyIds].map(([key, id]) => [id, key]))
  const pools = new Map<SourceStatement, Pool>()
  const poolOf = (statement: SourceStatement) => {
    const pool = pools.get(statement) ?? new Pool(expressionTexts(statement))
    pools.set(statement, pool)
    return pool
  }
  const candidates = new Map<ObjectId, ObjectBase>()
  for (const object of document.objects.values()) {
    const kind = kindOf(object)
    if (!kind.catalog || expressionsOf(object, kind).length === 0) continue
    const places = [object.id, object.parent].flatMap((id) => (id === null ? [] : (keys.get(id) ?? [])))
    const statements = places.flatMap((key) => lines.all(key)).toReversed()
    const find = (printed: string) => {
      for (const statement of statements) {
        const text = poolOf(statement).find(printed)
        if (text !== undefined) return text
      }
      return printed
    }
    const written = withExpressions(object, find)
    if (written !== object) candidates.set(object.id, written)
  }
  return candidates
}

/** True when the object, printed again after it was made from its written text, is what it was. */
export function printsAlike(printed: ObjectBase, original: ObjectBase): boolean {
  return fieldsOf(kindOf(original)).every(
    ([name, field]) => !field.expressions || sameValue(readField(printed, name), readField(original, name)),
  )
}

function withExpressions(object: ObjectBase, find: (printed: string) => string): ObjectBase {
  return fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
    if (!field.expressions) return result
    const before = readField(object, name)
    const after = field.expressions.map(before, find)
    return sameValue(before, after) ? result : withField(result, name, after)
  }, object)
}

const query = /^\s*(?:select|with|values|table)\b/i

/** Documents never name the schema `public`, which dumps do throughout. */
function withoutDefaultSchema(text: string): string {
  return text.replaceAll(/(?<![\w$."])(?:public|"public")\./g, '')
}

class Pool {
  readonly #bySignature = new Map<string, string>()
  readonly #query: string | undefined

  constructor(texts: readonly string[]) {
    const plain = texts.map(withoutDefaultSchema)
    this.#query = plain.find((text) => query.test(text))
    for (const text of plain) {
      const signature = signatureOf(text)
      if (!this.#bySignature.has(signature)) this.#bySignature.set(signature, text)
    }
  }

  /** The text that may be what PostgreSQL printed so; undefined where there is none, the print where they are alike. */
  find(printed: string): string | undefined {
    const text = query.test(printed) ? this.#query : this.#bySignature.get(signatureOf(printed))
    return text !== undefined && sameButForLayout(text, printed) ? printed : text
  }
}
