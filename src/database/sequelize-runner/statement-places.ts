import type { Sequelize } from 'sequelize'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import { callingPlace } from './source-line.ts'

/** The name under which a place travels in the options of a query. */
const placeOption = 'relataPlace'

/**
 * Notes for every statement of a Sequelize which line of the folder's files it comes from, and gives what finds the
 * line of an error. A line is known through awaited calls; behind a promise that nobody awaited it is that of the last
 * call into Sequelize.
 */
export function watchPlaces(sequelize: Sequelize): (error: unknown) => SourcePlace | undefined {
  const errors = new WeakMap<object, SourcePlace>()
  let last: SourcePlace | undefined
  const here = () => {
    last = callingPlace() ?? last
    return last
  }
  // A query may be given in several forms, which only Sequelize tells apart.
  const query = sequelize.query.bind(sequelize) as (sql: unknown, options?: object) => Promise<unknown>
  const watched = async (sql: unknown, options?: object): Promise<unknown> => {
    const place = here()
    try {
      return await query(sql, place ? { ...options, [placeOption]: place } : options)
    } catch (error) {
      if (place && typeof error === 'object' && error !== null && !errors.has(error)) errors.set(error, place)
      throw error
    }
  }
  Object.assign(sequelize, { query: watched })
  sequelize.addHook('beforeQuery', (options: object, sent: unknown) => {
    const connection: unknown =
      typeof sent === 'object' && sent !== null ? Reflect.get(sent, 'connection') : null
    const place: unknown = Reflect.get(options, placeOption)
    if (typeof connection === 'object' && connection !== null) Reflect.set(connection, 'place', place)
  })
  watchMethods(sequelize.getQueryInterface(), here)
  return (error) => (typeof error === 'object' && error !== null ? errors.get(error) : undefined)
}

function watchMethods(holder: object, note: () => unknown): void {
  for (
    let above = Object.getPrototypeOf(holder);
    above !== Object.prototype;
    above = Object.getPrototypeOf(above)
  ) {
    for (const name of Object.getOwnPropertyNames(above)) {
      const method: unknown = Object.getOwnPropertyDescriptor(above, name)?.value
      if (name === 'constructor' || typeof method !== 'function' || Object.hasOwn(holder, name)) continue
      const watched = (...args: readonly unknown[]): unknown => {
        note()
        return method.apply(holder, args)
      }
      Object.defineProperty(holder, name, { value: watched, writable: true, configurable: true })
    }
  }
}
