import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import { isSchemaObject } from '../../kinds/schema/schema.kind.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Problem } from '../../model/problem.ts'
import { type Schema, schemaOf } from '../../model/schema.ts'
import { defaultSchemaName, namespaceOf, qualifiedName } from '../../sql/names.ts'
import { jsString } from '../js-value.ts'
import { modelColumn } from './compare-column.ts'
import { compareColumns } from './compare-columns.ts'
import { compareKeys } from './compare-keys.ts'
import { compareLinks } from './compare-links.ts'
import { describeModels } from './describe-models.ts'
import type { Drift } from './drift.ts'
import { type ModelFacts, type ModelTable, modelsSchema } from './model-facts.ts'
import { modelSource } from './render-models.ts'

export interface DriftRequest {
  /** As drawn. */
  readonly document: SchemaDocument
  /** Its objects as PostgreSQL prints them. */
  readonly printed: SchemaDocument['objects']
  readonly models: readonly ModelFacts[]
  readonly made: MadeModels
}

/** The tables of models as PostgreSQL makes them: what has to be read anew only when models or types change. */
export interface MadeModels {
  /** In the schema `modelsSchema`; what they use of the document is referred to by its ids. */
  readonly objects: readonly ObjectBase[]
  /** What PostgreSQL said of a model's table, by its name there. */
  readonly refused: ReadonlyMap<string, Problem>
}

/** Where models and schema differ, and what that was read from. */
export interface ModelComparison {
  readonly drift: readonly Drift[]
  readonly made: MadeModels
}

/** A model with its table as drawn and as `sync()` would make it. */
export interface Pairing {
  readonly model: ModelFacts
  readonly table: Table
  /** Missing where PostgreSQL refuses it. */
  readonly made: Table | undefined
  /** As drawn; as PostgreSQL prints it, together with the tables of the models. */
  readonly drawn: Schema
  readonly both: Schema
}

/** Every difference between models and schema, by model; tables without a model last. */
export function driftBetween({ document, printed, models, made: read }: DriftRequest): readonly Drift[] {
  const drawn = schemaOf(document)
  const own = read.objects.map((object) => [object.id, object] as const)
  const both = schemaOf({ objects: new Map([...printed, ...own]), diagram: noDiagram })
  const place = both.named(null, modelsSchema, isSchemaObject)
  const made = (scratch: string) => (place ? both.named(place.id, scratch, isTable) : undefined)
  const find = tableFinder(drawn)
  const pairings = models.flatMap((model): readonly Pairing[] => {
    const table = find(model.table)
    return table ? [{ model, table, made: made(model.scratch), drawn, both }] : []
  })
  const described = describeModels(document)
  const texts = new Map(described.map((model) => [model.table.id, model]))
  const drift: Drift[] = []
  for (const model of models) {
    const problem = read.refused.get(model.scratch)
    const pairing = pairings.find((pair) => pair.model === model)
    if (problem) drift.push(refusal(model, problem, pairing?.table))
    if (pairing) {
      const rivals = pairings.filter(({ table }) => table === pairing.table)
      const own = texts.get(pairing.table.id)
      drift.push(
        ...compareComment(pairing),
        ...compareColumns(pairing, rivals, own),
        ...compareKeys(pairing),
        ...compareLinks(pairing, find),
      )
    } else if (!isOtherRelation(model.table, drawn)) {
      drift.push(withoutTable(model, made(model.scratch), both))
    }
  }
  const known = new Set(pairings.map(({ table }) => table))
  for (const own of described) {
    if (models.length === 0 || known.has(own.table)) continue
    const name = qualifiedName(own.table, drawn)
    drift.push({
      code: 'table-without-model',
      severity: 'info',
      model: null,
      place: null,
      object: own.table.id,
      message: `No model is about the table ${name}.`,
      cure: null,
      text: modelSource(own),
    })
  }
  return drift
}

function compareComment({ model, table }: Pairing): readonly Drift[] {
  const { name, comment, place } = model
  if (comment === null || comment === table.comment) return []
  return [
    {
      code: 'model-comment',
      severity: 'info',
      model: name,
      place,
      object: table.id,
      field: 'comment',
      message: `${name} has another comment than its table${table.comment === null ? ', which has none' : ''}.`,
      detail: `The model: ${comment}`,
      cure: { type: 'set-field', object: table.id, field: 'comment', value: comment },
      text: table.comment === null ? null : `comment: ${jsString(table.comment)},`,
    },
  ]
}

const noDiagram: SchemaDocument['diagram'] = new Map()

export type FindTable = (table: ModelTable) => Table | undefined

function tableFinder(schema: Schema): FindTable {
  const tables = new Map(
    schema.all(isTable).map((table) => [JSON.stringify([namespaceOf(table, schema), table.name]), table]),
  )
  return ({ schema: namespace, name }) => tables.get(JSON.stringify([namespace ?? defaultSchemaName, name]))
}

/** A model may be about a view. */
function isOtherRelation({ schema: namespace, name }: ModelTable, schema: Schema): boolean {
  const place = schema.named(null, namespace ?? defaultSchemaName, isSchemaObject)
  return place !== undefined && schema.children(place.id).some((object) => object.name === name)
}

function refusal(
  { name, place }: ModelFacts,
  { message, hint, sql }: Problem,
  table: Table | undefined,
): Drift {
  return {
    code: 'model-refused',
    severity: 'warning',
    model: name,
    place,
    message: `PostgreSQL refuses what ${name} says: ${message}`,
    ...(table ? { object: table.id } : {}),
    ...(hint === undefined ? {} : { detail: hint }),
    cure: null,
    text: sql ?? null,
  }
}

function withoutTable(model: ModelFacts, made: Table | undefined, both: Schema): Drift {
  const { schema, name } = model.table
  const columns = made ? both.childrenOf(made.id, isColumn) : []
  const key = made ? (both.childrenOf(made.id, isPrimaryKey)[0]?.columns ?? []) : []
  const named = (column: Column) => modelColumn(column, both)
  return {
    code: 'model-without-table',
    severity: 'warning',
    model: model.name,
    place: model.place,
    message: `${model.name} is about the table ${schema === null ? name : `${schema}.${name}`}, which does not exist.`,
    cure: made
      ? {
          type: 'add-table',
          schema,
          name,
          columns: columns.map(named),
          key: columns.filter(({ id }) => key.includes(id)).map((column) => column.name),
        }
      : null,
    text: null,
  }
}
