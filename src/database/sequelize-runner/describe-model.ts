import { DataTypes, type Model, type ModelStatic, Sequelize, Utils } from 'sequelize'
import {
  type AttributeFacts,
  type LinkFacts,
  type ModelTable,
  modelsSchema,
} from '../../core/sequelize/models/model-facts.ts'

type AnyModel = ModelStatic<Model>

/** What Sequelize keeps of an attribute, as far as it is read here. */
interface KnownAttribute {
  readonly type?: unknown
  readonly field?: string
  readonly defaultValue?: unknown
  readonly autoIncrement?: boolean
  readonly references?: unknown
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

/** `own` are the attributes that no association has added. */
export function factsOf(model: AnyModel, own: readonly string[]): readonly AttributeFacts[] {
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
    isImplied: !own.includes(name),
    counts: attribute.autoIncrement === true,
  }))
}

function isComputed(value: unknown): boolean {
  // The types take a value of any kind for the name of a type.
  return value !== undefined && !Utils.defaultValueSchemable(value as never)
}

/** `literal('DEFAULT')` leaves the value to PostgreSQL. */
function leavesIt(value: unknown): boolean {
  return typeof value === 'object' && value !== null && /^default$/i.test(String(Reflect.get(value, 'val')))
}

export function linksOf(model: AnyModel, models: readonly AnyModel[]): readonly LinkFacts[] {
  const own = tableOf(model)
  return attributesOf(model).flatMap(([name, { field = name, references }]) => {
    if (references === undefined || references === null) return []
    const isPlain = typeof references === 'object' && 'model' in references
    const key: unknown = isPlain ? Reflect.get(references, 'key') : undefined
    return [
      {
        attribute: name,
        column: field,
        target: tableNamed(isPlain ? Reflect.get(references, 'model') : references, own.schema),
        key: typeof key === 'string' ? key : 'id',
        association: associationOf(model, name, models),
      },
    ]
  })
}

/** The association that uses an attribute of the model as its foreign key. */
function associationOf(model: AnyModel, attribute: string, models: readonly AnyModel[]): string | null {
  for (const other of [model, ...models]) {
    for (const association of Object.values(other.associations)) {
      const { associationType: type, foreignKey, source, target } = association
      const holder = type === 'BelongsTo' ? source : type === 'BelongsToMany' ? null : target
      if (holder !== model || foreignKey !== attribute) continue
      return `${source.name}.${type.charAt(0).toLowerCase()}${type.slice(1)}(${target.name})`
    }
  }
  return null
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
    return [name, isSaid ? { ...own, defaultValue } : own]
  })
  const { uniqueKeys = {} } = detailsOf(model)
  const options: Record<string, unknown> = { uniqueKeys, logging: false }
  // The attributes are those of the model itself, so they are what createTable takes.
  await queryInterface.createTable(table, Object.fromEntries(columns) as never, options)
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
  readonly _indexes?: readonly { readonly concurrently?: boolean }[]
} {
  // Members that every model has.
  return model as never
}

function connectionOf(model: AnyModel): Sequelize {
  const { sequelize } = model
  if (!(sequelize instanceof Sequelize)) throw new Error(`${model.name} has no connection`)
  return sequelize
}
