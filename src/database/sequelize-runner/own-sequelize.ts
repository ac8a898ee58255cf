import { type Association, type Model, type ModelStatic, type Options, Sequelize } from 'sequelize'
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

/**
 * Sequelize as a project's own files get it: whatever they connect to, it is the engine behind `pg`, and `note` hears of
 * every model.
 */
export function ownSequelize(
  pg: ReturnType<typeof pgModule>,
  note: (defined: Defined) => void = () => undefined,
): typeof Sequelize {
  class OwnSequelize extends Sequelize {
    constructor(...args: readonly unknown[]) {
      const given = args.findLast((arg) => typeof arg === 'object' && arg !== null)
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
      const get = connectionManager.getConnection.bind(connectionManager)
      connectionManager.getConnection = (options) => pg.whileOpen(get(options))
      this.addHook('afterDefine', (model) => {
        // The hook is given the class of a model, which the types call something else.
        const defined = model as unknown as ModelStatic<never>
        const own = new Map(attributesIn(defined).map(([name, one]) => [name, said(one)]))
        note({ model: defined, place: callingPlace() ?? null, own })
        listenToAssociations(defined)
      })
    }
  }
  // Members of the library's class are looked for on the class itself where a module is imported whole.
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(Sequelize))) {
    if (!Object.hasOwn(OwnSequelize, name)) Object.defineProperty(OwnSequelize, name, member)
  }
  return Object.assign(OwnSequelize, { Sequelize: OwnSequelize, default: OwnSequelize })
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
