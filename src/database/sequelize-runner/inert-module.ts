import { RefusedAccess } from './module-world.ts'

/**
 * A package whose code is not here, for files that are read and not used: whatever is called, made or set of it gives
 * another such value. Throws a RefusedAccess that names it where its content would matter: as a text or a number.
 */
export function inertModule(name: string): object {
  const members = new Map<string, unknown>()
  const content = (): string => {
    throw new RefusedAccess(`${name} cannot be used here: packages of node_modules are not read`)
  }
  const hidden = new Set([
    'then',
    '__esModule',
    'toJSON',
    'length',
    'name',
    'prototype',
    'apply',
    'call',
    'bind',
  ])
  const inert = (path: string): object => {
    // A plain function, because a class may extend it.
    const value: object = new Proxy(function inert() {}, {
      get: (target, member) => {
        if (member === Symbol.toPrimitive) return content
        if (typeof member !== 'string' || hidden.has(member)) return Reflect.get(target, member)
        if (member === 'toString' || member === 'valueOf') return content
        const key = `${path}.${member}`
        if (!members.has(key)) members.set(key, inert(key))
        return members.get(key)
      },
      set: (_target, member, value) => {
        if (typeof member === 'string') members.set(`${path}.${member}`, value)
        return true
      },
      apply: () => inert(`${path}()`),
      construct: (_target, parameters, self) =>
        self === value ? inert(`${path}()`) : Reflect.construct(Object, parameters, self),
    })
    return value
  }
  return inert(name)
}
