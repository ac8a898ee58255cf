import { type CodeStyle, usualCode } from './code-style.ts'

/** How a migration file is written around what it does. Every combination gives a file that runs: see `settled`. */
export interface FileStyle extends CodeStyle {
  readonly ending: 'js' | 'cjs' | 'mjs' | 'ts' | 'cts' | 'mts'
  readonly modules: 'commonjs' | 'esm'
  /** `object`: `module.exports = {…}`, `export default {…}`; `members`: `exports.up = …`, `export async function up`. */
  readonly exports: 'object' | 'members'
  /** `arguments`: `up(queryInterface, Sequelize)` as sequelize-cli calls it; `context`: `up({ context })` as Umzug 3 does. */
  readonly call: 'arguments' | 'context'
  /** The name of its first parameter. */
  readonly queryInterface: 'queryInterface' | 'qi'
  /** Whether CommonJS begins with `'use strict'`. */
  readonly strict: boolean
  /** Whether the exported object has sequelize-cli's type in a comment. */
  readonly typeComment: boolean
  /** `several`: only around several statements, since one alone is undone by PostgreSQL when it fails. */
  readonly transactions: 'always' | 'several'
}

/** As sequelize-cli generates them. */
export const usualFile: FileStyle = {
  ...usualCode,
  ending: 'js',
  modules: 'commonjs',
  exports: 'object',
  call: 'arguments',
  queryInterface: 'queryInterface',
  strict: true,
  typeComment: true,
  transactions: 'always',
}

/** The style with what its other settings rule out put right: `.cjs` holds no module, and Umzug 3 wants members of it. */
export function settled<S extends FileStyle>(style: S): S {
  const modules = moduleSystems[style.ending] ?? style.modules
  if (style.call === 'arguments') return { ...style, modules }
  // Sequelize has the data types too, but its types do not say so.
  return { ...style, modules, exports: 'members', library: isTyped(style) ? 'DataTypes' : style.library }
}

/** Endings that decide it. */
const moduleSystems: { readonly [E in FileStyle['ending']]?: FileStyle['modules'] } = {
  cjs: 'commonjs',
  mjs: 'esm',
  mts: 'esm',
}

/** True for TypeScript. */
export function isTyped({ ending }: Pick<FileStyle, 'ending'>): boolean {
  return ending.endsWith('ts')
}
