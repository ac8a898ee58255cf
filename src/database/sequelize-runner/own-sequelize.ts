import { type Association, DataTypes, type Model, type ModelStatic, type Options, Sequelize } from 'sequelize'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import type { pgModule } from './pg-module.ts'
import { callingPlace } from './source-line.ts'

/** What defines itself on a connection that a project's files make. */
export interface Defined {
  readonly model: ModelStatic<never>
  readonly place: SourcePlace | null
  /** The attributes as it defines them, before associations add theirs, with what their foreign keys do. */
  readonly own: ReadonlyMap<string, SaidActions>
}

/** What a person wrote of a foreign key; Sequelize fills in what is missing. */
export interface SaidActions {
  readonly onDelete?: unknown
  readonly onUpdate?: unknown
}

/** Those of the engine: a file may put them into a statement. */
const identity = { database: 'postgres', username: 'postgres' }

const saidByAssociation = new WeakMap<Association, SaidActions>()

/** What the call that made the association said. */
export function actionsSaidBy(association: Association): SaidActions {
  return saidByAssociation.get(association) ?? {}
}

/** What becomes of a project's models where they are only read. */
interface ModelReader {
  /** Hears of every model that is defined. */
  note(defined: Defined): void
  /** Loads a file of the folder. */
  require(path: string): unknown
}

/**
 * Sequelize as a project's own files get it: whatever they connect to, it is the engine behind `pg`. For a `reader` of
 * models there is also what the indexes of Sequelize 3 to 5 call.
 */
export function ownSequelize(
  pg: ReturnType<typeof pgModule>,
  reader: ModelReader | null = null,
): typeof Sequelize {
  class OwnSequelize extends Sequelize {
    /** Where models are only read there is no transaction to hand on. */
    static override useCLS(namespace: object): typeof Sequelize {
      if (!reader) Reflect.apply(Sequelize.useCLS, OwnSequelize, [namespace])
      return OwnSequelize
    }

    readonly #imported = new Map<string, unknown>()

    /** Of Sequelize before 6: the model that a file defines. */
    import(path: string, given?: unknown): unknown {
      if (!reader) throw new TypeError('sequelize.import is not a function')
      if (!this.#imported.has(path)) {
        const exported = given ?? reader.require(path)
        const isModule = typeof exported === 'object' && exported !== null
        const define: unknown = isModule ? Reflect.get(exported, 'default') : exported
        if (typeof define !== 'function') throw new TypeError(`${path} exports no function`)
        this.#imported.set(path, define(this, DataTypes))
      }
      return this.#imported.get(path)
    }

    constructor(...args: readonly unknown[]) {
      const options = args.findLast((arg) => typeof arg === 'object' && arg !== null)
      // One that only matters to queries, and makes Sequelize warn on the console.
      const { operatorsAliases: _, ...given }: Options = { ...options }
      const own: Options = {
        ...given,
        dialect: 'postgres',
        dialectModule: pg,
        logging: false,
        pool: { max: 5, idle: 600_000, acquire: 5000 },
        ...identity,
      }
      super(own)
      const { connectionManager } = this
      pg.managers.push(connectionManager)
      const get = connectionManager.getConnection.bind(connectionManager)
      connectionManager.getConnection = (options) => pg.whileOpen(get(options))
      this.addHook('afterDefine', (model) => {
        // The hook is given the class of a model, which the types call something else.
        const defined = model as unknown as ModelStatic<never>
        addClassMethods(defined)
        const own = new Map(attributesIn(defined).map(([name, one]) => [name, said(one)]))
        reader?.note({ model: defined, place: callingPlace() ?? null, own })
        listenToAssociations(defined)
      })
    }
  }
  // Members of the library's class are looked for on the class itself where a module is imported whole.
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(Sequelize))) {
    if (!Object.hasOwn(OwnSequelize, name)) Object.defineProperty(OwnSequelize, name, member)
  }
  return Object.assign(OwnSequelize, { Sequelize: OwnSequelize, default: OwnSequelize, Promise })
}

/** Sequelize 3 made these options members of the model: `associate` is the usual one. */
function addClassMethods(model: ModelStatic<Model>): void {
  const methods: unknown = Reflect.get(model.options, 'classMethods')
  if (typeof methods === 'object') Object.assign(model, methods)
}

function attributesIn(model: ModelStatic<Model>): readonly (readonly [string, object])[] {
  const attributes: Readonly<Record<string, object>> = model.getAttributes()
  return Object.entries(attributes)
}

const makers = ['belongsTo', 'hasOne', 'hasMany', 'belongsToMany'] as const

/** Sequelize writes its own choice over what it was given, so that is noted before. */
function listenToAssociations(model: ModelStatic<Model>): void {
  for (const name of makers) {
    const usual: unknown = Reflect.get(model, name)
    if (typeof usual !== 'function') continue
    Object.defineProperty(model, name, {
      configurable: true,
      writable: true,
      value: function (this: unknown, target: unknown, options: object = {}) {
        const key: unknown = Reflect.get(options, 'foreignKey')
        const words = { ...said(typeof key === 'object' && key !== null ? key : {}), ...said(options) }
        const made: Association = usual.call(this, target, options)
        saidByAssociation.set(made, words)
        return made
      },
    })
  }
}

function said(options: object): SaidActions {
  const { onDelete, onUpdate }: SaidActions = options
  return { ...(onDelete ? { onDelete } : {}), ...(onUpdate ? { onUpdate } : {}) }
}
