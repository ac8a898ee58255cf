import { type Association, DataTypes, type Model, type ModelStatic, Sequelize, Utils } from 'sequelize'
import { type ReferentialAction, referentialActions } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { comparedRules } from '../../core/sequelize/models/compared-rules.ts'
import {
  type AttributeFacts,
  type LinkFacts,
  type ModelTable,
  modelsSchema,
} from '../../core/sequelize/models/model-facts.ts'
import { actionsSaidBy, type Defined, type SaidActions } from './own-sequelize.ts'

type AnyModel = ModelStatic<Model>

/** What Sequelize keeps of an attribute, as far as it is read here. */
interface KnownAttribute {
  readonly type?: unknown
  readonly field?: string
  readonly defaultValue?: unknown
  readonly autoIncrement?: boolean
  readonly references?: unknown
  readonly comment?: unknown
  readonly validate?: unknown
}

/** The attributes with a column, by name. */
export function attributesOf(model: AnyModel): readonly (readonly [string, KnownAttribute])[] {
  return Object.entries(model.getAttributes()).filter(([, { type }]) => !(type instanceof DataTypes.VIRTUAL))
}

export function tableOf(model: AnyModel): ModelTable {
  return tableNamed(model.getTableName(), null)
}

/** `references.model` may be a name, a name with its schema, or a model; without a schema it is looked for beside. */
function tableNamed(target: unknown, beside: string | null): ModelTable {
  if (typeof target === 'string') return { schema: beside, name: target }
  if (typeof target === 'function') {
    const table: unknown = Reflect.get(target, 'getTableName')
    return tableNamed(typeof table === 'function' ? table.call(target) : '', beside)
  }
  if (typeof target !== 'object' || target === null) return { schema: null, name: '' }
  const { schema, tableName }: { readonly schema?: unknown; readonly tableName?: unknown } = target
  return { schema: typeof schema === 'string' && schema !== '' ? schema : beside, name: String(tableName) }
}

export function commentOf(model: AnyModel): string | null {
  return textOrNull(model.options.comment)
}

/** `own` are the attributes that no association has added. */
export function factsOf(model: AnyModel, own: Defined['own']): readonly AttributeFacts[] {
  const { createdAt, updatedAt, deletedAt, version } = model.options
  const stamps = [createdAt, updatedAt, deletedAt].filter((name) => typeof name === 'string')
  const managed = new Set<unknown>(
    model.options.timestamps === false ? [] : ['createdAt', 'updatedAt', 'deletedAt', ...stamps],
  )
  if (version) managed.add(version === true ? 'version' : version)
  return attributesOf(model).map(([name, attribute]) => ({
    name,
    column: attribute.field ?? name,
    isFilled: managed.has(name) || isComputed(attribute.defaultValue) || leavesIt(attribute.defaultValue),
    isImplied: !own.has(name),
    counts: attribute.autoIncrement === true,
    comment: textOrNull(attribute.comment),
    validate: comparedRules(attribute.validate),
  }))
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isComputed(value: unknown): boolean {
  // The types take a value of any kind for the name of a type.
  return value !== undefined && !Utils.defaultValueSchemable(value as never)
}

/** `literal('DEFAULT')` leaves the value to PostgreSQL. */
function leavesIt(value: unknown): boolean {
  return typeof value === 'object' && value !== null && /^default$/i.test(String(Reflect.get(value, 'val')))
}

export function linksOf(
  model: AnyModel,
  models: readonly AnyModel[],
  own: Defined['own'],
): readonly LinkFacts[] {
  const table = tableOf(model)
  return attributesOf(model).flatMap(([name, { field = name, references }]) => {
    if (references === undefined || references === null) return []
    const isPlain = typeof references === 'object' && 'model' in references
    const key: unknown = isPlain ? Reflect.get(references, 'key') : undefined
    const associations = associationsOf(model, name, models)
    const said: SaidActions = Object.assign({}, ...associations.map(actionsSaidBy), own.get(name))
    return [
      {
        attribute: name,
        column: field,
        target: tableNamed(isPlain ? Reflect.get(references, 'model') : references, table.schema),
        key: typeof key === 'string' ? key : 'id',
        association: associations[0] ? nameOfAssociation(associations[0]) : null,
        onDelete: actionOf(said.onDelete),
        onUpdate: actionOf(said.onUpdate),
      },
    ]
  })
}

function actionOf(said: unknown): ReferentialAction | null {
  const words = typeof said === 'string' ? said.toLowerCase().trim() : ''
  return referentialActions.find((action) => action === words) ?? null
}

/** The associations that use an attribute of the model as their foreign key. */
function associationsOf(
  model: AnyModel,
  attribute: string,
  models: readonly AnyModel[],
): readonly Association[] {
  return [...new Set([model, ...models])].flatMap((other) =>
    Object.values(other.associations).filter(({ associationType: type, foreignKey, source, target }) => {
      const holder = type === 'BelongsTo' ? source : type === 'BelongsToMany' ? null : target
      return holder === model && foreignKey === attribute
    }),
  )
}

function nameOfAssociation({ associationType: type, source, target }: Association): string {
  return `${source.name}.${type.charAt(0).toLowerCase()}${type.slice(1)}(${target.name})`
}

/** Sends what `sync()` would send for the table, to a table of another name and without what needs another table. */
export async function sendSync(model: AnyModel, scratch: string): Promise<void> {
  const queryInterface = connectionOf(model).getQueryInterface()
  const table = { tableName: scratch, schema: modelsSchema }
  const columns = attributesOf(model).map(([name, attribute]) => {
    const { references, onDelete, onUpdate, comment, defaultValue, ...own }: Record<string, unknown> = {
      ...attribute,
    }
    const isSaid = defaultValue !== undefined && defaultValue !== null && !leavesIt(defaultValue)
    // A default for an array of an enum is cast to a type that is called after the table of the attribute's model.
    const inScratch = { ...own, Model: { getTableName: () => ({ ...table, delimiter: '.' }) } }
    return [name, isSaid ? { ...inScratch, defaultValue } : inScratch]
  })
  const { uniqueKeys = {} } = detailsOf(model)
  const options: Record<string, unknown> = { uniqueKeys, logging: false }
  // The attributes are those of the model itself, so they are what createTable takes.
  await queryInterface.createTable(table, Object.fromEntries(columns) as never, options)
}

/** The names that a person gave them: those that Sequelize makes up are not told from them otherwise. */
export function indexNamesOf(model: AnyModel): readonly (string | null)[] {
  const { tableName } = model.options
  return (detailsOf(model)._indexes ?? []).map(({ name, fields = [] }) => {
    const columns = fields.map((field) =>
      typeof field === 'string' ? field : (field.name ?? field.attribute),
    )
    const made = Utils.underscoredIf(`${tableName}_${columns.join('_')}`, true)
    return name === undefined || name === made ? null : name
  })
}

/** The same of its indexes. */
export async function sendIndexes(model: AnyModel, scratch: string): Promise<void> {
  const queryInterface = connectionOf(model).getQueryInterface()
  const table = { tableName: scratch, schema: modelsSchema }
  const { _indexes = [] } = detailsOf(model)
  for (const [at, { concurrently, ...own }] of _indexes.entries()) {
    const options = { ...own, name: `${scratch}_${at}`, logging: false }
    // They are those that the model keeps for addIndex.
    await queryInterface.addIndex(table, options as never).catch(() => undefined)
  }
}

/** What `Model.sync` reads of a model, and the types leave out. */
function detailsOf(model: AnyModel): {
  readonly uniqueKeys?: object
  readonly _indexes?: readonly {
    readonly concurrently?: boolean
    readonly name?: string
    readonly fields?: readonly (string | { readonly name?: string; readonly attribute?: string })[]
  }[]
} {
  // Members that every model has.
  return model as never
}

function connectionOf(model: AnyModel): Sequelize {
  const { sequelize } = model
  if (!(sequelize instanceof Sequelize)) throw new Error(`${model.name} has no connection`)
  return sequelize
}
