/** A JavaScript value in a migration file. */
export type JsValue =
  | string
  | number
  | boolean
  | null
  | JsCode
  | readonly JsValue[]
  | { readonly [key: string]: JsValue }

/** JavaScript that is printed as it stands, `Sequelize.JSONB`, or a call of it: `Sequelize.literal('now()')`. */
export interface JsCode {
  readonly code: string
  readonly args?: readonly string[]
}

/**
 * `await queryInterface.<method>(...args)`; the renderer adds `{ transaction }` as the last argument's option. `query`
 * is `queryInterface.sequelize.query`, with one statement, for what goes with idiomatic calls but has none itself.
 */
export interface SequelizeCall {
  readonly method:
    | 'createTable'
    | 'dropTable'
    | 'renameTable'
    | 'addColumn'
    | 'removeColumn'
    | 'renameColumn'
    | 'addIndex'
    | 'removeIndex'
    | 'addConstraint'
    | 'removeConstraint'
    | 'createSchema'
    | 'query'
  readonly args: readonly JsValue[]
  /** The last argument is an options record, which `transaction` joins; otherwise one is appended. */
  readonly options?: { readonly [key: string]: JsValue }
}
