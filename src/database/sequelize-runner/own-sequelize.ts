import { type ModelStatic, type Options, Sequelize } from 'sequelize'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import type { pgModule } from './pg-module.ts'
import { callingPlace } from './source-line.ts'

/** What defines itself on a connection that a project's files make. */
export interface Defined {
  readonly model: ModelStatic<never>
  readonly place: SourcePlace | null
  /** The attributes as it defines them, before associations add theirs. */
  readonly own: readonly string[]
}

/**
 * Sequelize as a project's own files get it: whatever they connect to, it is the engine behind `pg`, and `note` hears of
 * every model.
 */
export function ownSequelize(
  pg: ReturnType<typeof pgModule>,
  note: (defined: Defined) => void,
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
      }
      super(own)
      this.addHook('afterDefine', (model) => {
        // The hook is given the class of a model, which the types call something else.
        const defined = model as unknown as ModelStatic<never>
        const own = Object.keys(defined.getAttributes())
        note({ model: defined, place: callingPlace() ?? null, own })
      })
    }
  }
  // Members of the library's class are looked for on the class itself where a module is imported whole.
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(Sequelize))) {
    if (!Object.hasOwn(OwnSequelize, name)) Object.defineProperty(OwnSequelize, name, member)
  }
  return Object.assign(OwnSequelize, { Sequelize: OwnSequelize, default: OwnSequelize })
}
