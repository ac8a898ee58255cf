import { isOneOf, isTexts } from '../kinds/fields.ts'
import { referentialActions } from '../kinds/foreign-key/foreign-key.kind.ts'
import type { SourcePlace } from '../sequelize/folder/source-place.ts'
import { comparedRules } from '../sequelize/models/compared-rules.ts'
import type {
  AttributeFacts,
  LinkFacts,
  ModelFacts,
  ModelProblem,
  ModelReading,
  ModelTable,
} from '../sequelize/models/model-facts.ts'
import { isJson, type Json, listOf, type Say, textOf } from './json-parts.ts'

/** A model as JSON whose text is always the same for the same facts. */
export function writtenModel(model: ModelFacts): unknown {
  const { name, place, table, comment, underscored, attributes, links, ...more } = model
  const { indexNames, scratch, statements } = more
  return { name, place, table, comment, underscored, attributes, links, indexNames, scratch, statements }
}

/** What kept a model from being read, likewise. */
export function writtenModelProblem({ problem: { code, message }, place }: ModelProblem): unknown {
  return { code, message, place }
}

/** The models of a file; a model of which a part is missing is left out with a complaint. */
export function readModelsOf(file: Json, say: Say): ModelReading {
  const models = listOf(file.models, 'models', say).flatMap((entry) => {
    const model = modelOf(entry)
    if (model) return [model]
    say('error', 'invalid-models', `A model of the folder is incomplete: ${textOf(entry.name) || 'no name'}.`)
    return []
  })
  const problems = listOf(file.modelProblems, 'modelProblems', say).map(
    ({ code, message, place }): ModelProblem => ({
      problem: { code: textOf(code), severity: 'warning', source: 'Models', message: textOf(message) },
      place: placeOf(place),
    }),
  )
  return { models, problems }
}

function modelOf(entry: Json): ModelFacts | null {
  const { name, table, comment, underscored, attributes, links, indexNames, scratch, statements } = entry
  const place = placeOf(entry.place)
  if (typeof underscored !== 'boolean') return null
  if (typeof name !== 'string' || typeof scratch !== 'string' || !isTable(table)) return null
  if (!isListOf(attributes, isAttribute) || !isListOf(links, isLink)) return null
  if (!isListOf(indexNames, isTextOrNull) || !isTexts(statements) || !isTextOrNull(comment)) return null
  return { name, place, table, comment, underscored, attributes, links, indexNames, scratch, statements }
}

function placeOf(value: unknown): SourcePlace | null {
  if (!isJson(value)) return null
  const { path, line } = value
  return typeof path === 'string' && typeof line === 'number' ? { path, line } : null
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is)
}

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'
const isActionOrNull = (value: unknown) => value === null || isOneOf(referentialActions)(value)

function isTable(value: unknown): value is ModelTable {
  return isJson(value) && typeof value.name === 'string' && isTextOrNull(value.schema)
}

function isAttribute(value: unknown): value is AttributeFacts {
  if (!isJson(value)) return false
  const { name, column, isFilled, isImplied, counts, comment, validate } = value
  const isNamed = typeof name === 'string' && typeof column === 'string' && isTextOrNull(comment)
  const isTold = [isFilled, isImplied, counts].every((flag) => typeof flag === 'boolean')
  return isNamed && isTold && isJson(validate) && sameKeys(comparedRules(validate), validate)
}

function sameKeys(a: object, b: object): boolean {
  return Object.keys(a).length === Object.keys(b).length
}

function isLink(value: unknown): value is LinkFacts {
  if (!isJson(value)) return false
  const { attribute, column, target, key, association, onDelete, onUpdate } = value
  const names = [attribute, column, key].every((name) => typeof name === 'string')
  return names && isTable(target) && isTextOrNull(association) && [onDelete, onUpdate].every(isActionOrNull)
}
