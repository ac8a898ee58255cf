import { isCheck } from '../../kinds/check/check.kind.ts'
import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { isForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import { isIndex } from '../../kinds/index/index.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import { kindOf } from '../../kinds/registry.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import { isUnique } from '../../kinds/unique/unique.kind.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectId } from '../../model/object.ts'
import { type Schema, schemaOf } from '../../model/schema.ts'
import { defaultSchemaName, namespaceOf } from '../../sql/names.ts'
import type { JsValue } from '../call.ts'
import { isJsCode, isRecord } from '../js-value.ts'
import { associationsOf, type ModelNames } from './associations.ts'
import { attributeOf } from './attribute.ts'
import { camelCase, pascalCase, singular, underscored } from './inflect.ts'
import type { Model } from './model.ts'
import { type Validations, validationsOf } from './validations.ts'

/** What is settled of models before they are described, as by models that are there already. */
export interface KnownModels {
  /** By table. */
  readonly models: ReadonlyMap<ObjectId, KnownModel>
  /** The tables that have a model; absent: all. */
  readonly only?: ReadonlySet<ObjectId>
  /** How attributes are called that nobody has named: `firstName`, or as their column. */
  readonly naming: 'camel' | 'same'
  /** How models are called that nobody has named: `OrderLine`, `orderLine`, or as their table. Absent: the first. */
  readonly modelNaming?: 'pascal' | 'camel' | 'same'
}

export interface KnownModel {
  readonly name: string
  /** By column. */
  readonly attributes: ReadonlyMap<ObjectId, string>
  /** Whether Sequelize finds `first_name` for `firstName` by itself. */
  readonly underscored: boolean
}

const nothingKnown: KnownModels = { models: new Map(), naming: 'camel' }

/** Every table as a Sequelize model, in the order of the tables. */
export function describeModels(
  document: SchemaDocument,
  known: KnownModels = nothingKnown,
): readonly Model[] {
  const schema = schemaOf(document)
  const tables = schema.all(isTable).filter(({ id }) => known.only?.has(id) ?? true)
  const names = namesIn(tables, schema, known)
  const associations = associationsOf(schema, names)
  return tables.map((table) => {
    const columns = schema.childrenOf(table.id, isColumn)
    const isUnderscored =
      known.models.get(table.id)?.underscored ??
      (known.naming === 'camel' && columns.some(({ name }) => name.includes('_')))
    const key = schema.childrenOf(table.id, isPrimaryKey)[0]?.columns ?? []
    const counting = countingColumn(columns, key)
    const attributeName = ({ id, name }: Column) => names.attributes.get(id) ?? name
    return {
      name: names.models.get(table.id) ?? table.name,
      fileName: fileNameOf(names.models.get(table.id) ?? table.name),
      table,
      attributes: columns.map((column) =>
        attributeOf(
          {
            name: attributeName(column),
            column,
            isKey: key.includes(column.id),
            unique: schema
              .childrenOf(table.id, isUnique)
              .flatMap((unique) => (unique.columns.includes(column.id) ? [unique.name] : [])),
            link:
              schema.childrenOf(table.id, isForeignKey).find((link) => link.columns.join() === column.id) ??
              null,
            validate: validationsFor(column, table, schema),
            counts: column === counting,
            underscored: isUnderscored,
          },
          schema,
        ),
      ),
      options: optionsOf(table, columns, isUnderscored, attributeName, schema),
      associations: associations.get(table.id) ?? [],
      hasKey: key.length > 0,
      notes: notesOf(table, schema),
    }
  })
}

/** Names that a class of a model cannot have: they are imported beside it, or JavaScript's own. */
const takenNames = new Set(
  'Model DataTypes Sequelize Date Object Array String Number Boolean Function Promise Error Buffer Symbol Map Set'.split(
    ' ',
  ),
)

/** Members of every model's instances, which an attribute of that name would hide. */
const memberNames = new Set(
  'sequelize get set setDataValue getDataValue setAttributes changed previous save reload validate update destroy restore increment decrement equals equalsOneOf where toJSON isSoftDeleted isNewRecord dataValues constructor'.split(
    ' ',
  ),
)

function namesIn(tables: readonly Table[], schema: Schema, known: KnownModels): ModelNames {
  const models = new Map([...known.models].map(([id, { name }]) => [id, name]))
  const used = new Set([...takenNames, ...models.values()])
  for (const table of tables) {
    if (models.has(table.id)) continue
    const plain = pascalCase(singular(table.name)) || 'Table'
    const alike = modelNames(table.name)[known.modelNaming ?? 'pascal']
    const place = namespaceOf(table, schema) ?? defaultSchemaName
    const qualified = place === defaultSchemaName ? [] : [pascalCase(place) + plain]
    const name = firstUnused(
      [...(isVariable(alike) ? [alike] : []), plain, ...qualified, `${plain}Model`],
      used,
    )
    models.set(table.id, name)
    used.add(name)
  }
  const attributes = new Map<ObjectId, string>()
  for (const table of tables) {
    const named = known.models.get(table.id)?.attributes ?? new Map<ObjectId, string>()
    // Of a model without a key Sequelize takes `id` for one that somebody forgot to mark.
    const isKeyed = schema.childrenOf(table.id, isPrimaryKey).length > 0
    const members = new Set([...memberNames, ...(isKeyed ? [] : ['id']), ...named.values()])
    for (const { id, name } of schema.childrenOf(table.id, isColumn)) {
      const plain = known.naming === 'camel' ? camelCase(name) : name
      const attribute = named.get(id) ?? firstUnused([plain, name, `${camelCase(name)}Column`], members)
      attributes.set(id, attribute)
      members.add(attribute)
    }
  }
  return { models, attributes }
}

/** The name of a table's model by each way to name them. */
export function modelNames(table: string): Readonly<Record<'pascal' | 'camel' | 'same', string>> {
  return { pascal: pascalCase(singular(table)), camel: camelCase(singular(table)), same: table }
}

/** A name that a constant can have beside those that the code around a model uses. */
function isVariable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !unusable.has(name)
}

const unusable = new Set(
  'sequelize models module exports require db break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await arguments eval'.split(
    ' ',
  ),
)

function firstUnused(candidates: readonly string[], used: ReadonlySet<string>): string {
  const free = candidates.find((name) => !used.has(name))
  if (free !== undefined) return free
  const base = candidates.at(-1) ?? ''
  for (let count = 2; ; count += 1) if (!used.has(`${base}${count}`)) return `${base}${count}`
}

function fileNameOf(model: string): string {
  return underscored(model).replaceAll('_', '-')
}

/** Sequelize lets one attribute count: the key's, or the only other one that PostgreSQL numbers. */
function countingColumn(columns: readonly Column[], key: readonly ObjectId[]): Column | undefined {
  const numbered = columns.filter(
    (column) => column.identity !== null || /^nextval\(/i.test(column.default ?? ''),
  )
  return numbered.find(({ id }) => key.includes(id)) ?? numbered[0]
}

function validationsFor(column: Column, table: Table, schema: Schema): Validations {
  const rules = schema
    .childrenOf(table.id, isCheck)
    .map(({ expression }) => validationsOf(expression, column))
  return Object.assign({}, ...rules.filter((rule) => rule !== null))
}

function optionsOf(
  table: Table,
  columns: readonly Column[],
  isUnderscored: boolean,
  attributeName: (column: Column) => string,
  schema: Schema,
): { readonly [option: string]: JsValue } {
  const namespace = namespaceOf(table, schema)
  const moments = columns.filter(({ type }) => /^timestamp/.test(type.base) && type.dimensions === 0)
  const stamp = (wanted: string, among = moments) =>
    among.map(attributeName).find((name) => name === wanted || name === underscored(wanted)) ?? null
  const [created, updated] = [stamp('createdAt'), stamp('updatedAt')]
  const deleted = stamp(
    'deletedAt',
    moments.filter(({ notNull }) => !notNull),
  )
  const timestamps = created !== null || updated !== null
  const stampOption = (option: string, name: string | null) =>
    name === option ? {} : { [option]: name ?? false }
  const indexes = schema.childrenOf(table.id, isIndex).flatMap((index) => indexOption(index, schema) ?? [])
  return {
    tableName: table.name,
    ...(namespace === null || namespace === defaultSchemaName ? {} : { schema: namespace }),
    ...(isUnderscored ? { underscored: true } : {}),
    timestamps,
    ...(timestamps ? { ...stampOption('createdAt', created), ...stampOption('updatedAt', updated) } : {}),
    ...(timestamps && deleted !== null ? { paranoid: true, ...stampOption('deletedAt', deleted) } : {}),
    ...(table.comment === null ? {} : { comment: table.comment }),
    ...(indexes.length > 0 ? { indexes } : {}),
  }
}

/** What addIndex takes, as a model lists it; null where only SQL says it. */
export function indexOption(index: Parameters<typeof kindOf>[0], schema: Schema): JsValue | null {
  const [call] = kindOf(index).sequelize?.create?.(index, schema) ?? []
  const fields = call?.args[1]
  if (!call?.options || fields === undefined) return null
  const { name, ...options } = call.options
  return onInstance({ ...(name === undefined ? {} : { name }), fields, ...options })
}

/** `sequelize.literal`: in a model the connection is at hand, the library's own object is not. */
function onInstance(value: JsValue): JsValue {
  if (Array.isArray(value)) return value.map(onInstance)
  if (isJsCode(value))
    return { ...value, code: value.code.replace(/^Sequelize\.literal$/, 'sequelize.literal') }
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, onInstance(item)]))
}

function notesOf(table: Table, schema: Schema): readonly string[] {
  const composite = schema.childrenOf(table.id, isForeignKey).filter(({ columns }) => columns.length > 1)
  const indexes = schema.childrenOf(table.id, isIndex).filter((index) => indexOption(index, schema) === null)
  return [
    ...composite.map(({ name }) => `Sequelize cannot join by ${name}, which has several columns.`),
    ...indexes.map(({ name }) => `The index ${name} has more than a model can say.`),
  ]
}
