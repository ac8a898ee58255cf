/** Handed on to migrations as they are: nothing here calls them. */
declare module 'lodash' {
  const lodash: Readonly<Record<string, unknown>>
  // biome-ignore lint/style/noDefaultExport: the module is CommonJS.
  export default lodash
}

declare module 'uuid' {
  export const v1: unknown
  export const v4: unknown
}

declare module 'bluebird' {
  const bluebird: unknown
  // biome-ignore lint/style/noDefaultExport: the module is CommonJS.
  export default bluebird
}

declare module 'pg-hstore' {
  const hstore: unknown
  // biome-ignore lint/style/noDefaultExport: the module is CommonJS.
  export default hstore
}
