import { isColumn } from '../../kinds/column/column.kind.ts'
import { isTable } from '../../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectId } from '../../model/object.ts'
import { type Schema, schemaOf } from '../../model/schema.ts'
import { defaultSchemaName, namespaceOf } from '../../sql/names.ts'
import { type KnownModel, type KnownModels, modelNames } from '../models/describe-models.ts'
import type { AttributeFacts, ModelFacts, ModelTable } from '../models/model-facts.ts'

/** The models of a folder by the tables that they are about; of several of one table the first. */
export function modelsByTable(
  models: readonly ModelFacts[],
  document: SchemaDocument,
): ReadonlyMap<ObjectId, ModelFacts> {
  const schema = schemaOf(document)
  const tables = new Map(
    schema
      .all(isTable)
      .map((table) => [keyOf({ schema: namespaceOf(table, schema), name: table.name }), table.id]),
  )
  const found = new Map<ObjectId, ModelFacts>()
  for (const model of models) {
    const table = tables.get(keyOf(model.table))
    if (table !== undefined && !found.has(table)) found.set(table, model)
  }
  return found
}

function keyOf({ schema, name }: ModelTable): string {
  return JSON.stringify([schema ?? defaultSchemaName, name])
}

/** What those models call their tables and columns. */
export function knownModels(
  found: ReadonlyMap<ObjectId, ModelFacts>,
  document: SchemaDocument,
): Pick<KnownModels, 'models' | 'naming' | 'modelNaming'> {
  const schema = schemaOf(document)
  const attributes = [...found.values()].flatMap((model) => model.attributes)
  return {
    models: new Map([...found].map(([table, facts]) => [table, knownModel(table, facts, schema)])),
    naming: namingOf(attributes),
    modelNaming: modelNamingOf(found, schema),
  }
}

/** What most models do; of as many, as sequelize-cli does. */
function modelNamingOf(
  found: ReadonlyMap<ObjectId, ModelFacts>,
  schema: Schema,
): NonNullable<KnownModels['modelNaming']> {
  const ways = ['pascal', 'camel', 'same'] as const
  const votes = [...found].map(([table, { name }]) => {
    const names = modelNames(schema.get(table)?.name ?? '')
    return ways.find((way) => names[way] === name)
  })
  const count = (way: (typeof ways)[number]) => votes.filter((vote) => vote === way).length
  return ways.toSorted((a, b) => count(b) - count(a))[0] ?? 'pascal'
}

function knownModel(
  table: ObjectId,
  { name, underscored, attributes }: ModelFacts,
  schema: Schema,
): KnownModel {
  const columns = new Map(schema.childrenOf(table, isColumn).map((column) => [column.name, column.id]))
  const named = attributes.flatMap((attribute): readonly (readonly [ObjectId, string])[] => {
    const column = columns.get(attribute.column)
    return column === undefined ? [] : [[column, attribute.name]]
  })
  return { name, underscored, attributes: new Map(named) }
}

/** Columns of several words tell; of those that Sequelize fills in, nobody chose the name. */
function namingOf(attributes: readonly AttributeFacts[]): KnownModels['naming'] {
  const telling = attributes.filter(({ column, isFilled }) => column.includes('_') && !isFilled)
  const alike = telling.filter(({ name, column }) => name === column).length
  return alike * 2 > telling.length ? 'same' : 'camel'
}
