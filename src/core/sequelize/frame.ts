import { type CodeStyle, padding } from './code-style.ts'
import { type FileStyle, isTyped } from './file-style.ts'
import { jsString } from './js-value.ts'

/** How far in the statements of `up` and `down` stand, in columns of two a level. */
export function bodyIndent({ exports }: FileStyle): number {
  return exports === 'object' ? 4 : 2
}

/** What ends a statement. */
export function endOf({ semicolons }: CodeStyle): string {
  return semicolons ? ';' : ''
}

/**
 * What stands above the functions: strictness, and what `body` needs of Sequelize. `unchecked`: the file brings along
 * functions in JavaScript.
 */
export function frameHead(style: FileStyle, body: string, unchecked: boolean): readonly string[] {
  const nocheck = isTyped(style) && unchecked ? ['// @ts-nocheck'] : []
  const strict = style.modules === 'commonjs' && style.strict && !isTyped(style)
  const imports = importLines(style, body)
  return [
    ...(strict ? [`${jsString('use strict', style)}${endOf(style)}`, ''] : []),
    ...nocheck,
    ...imports,
    ...(imports.length > 0 && imports.at(-1) !== '' ? [''] : []),
    ...(isTyped(style) ? [...typeLines(style), ''] : []),
  ]
}

/** `up` and `down` as the file exports them. */
export function framed(style: FileStyle, up: readonly string[], down: readonly string[]): readonly string[] {
  const end = endOf(style)
  const parameters = `(${parametersOf(style)})${isTyped(style) ? ': Promise<void>' : ''}`
  if (style.exports === 'object') {
    const pad = padding(2, style)
    const type = "/** @type {import('sequelize-cli').Migration} */"
    return [
      ...(style.typeComment && !isTyped(style) ? [type] : []),
      style.modules === 'esm' ? 'export default {' : 'module.exports = {',
      ...[`${pad}async up${parameters} {`, ...up, `${pad}},`, ''],
      ...[`${pad}async down${parameters} {`, ...down, `${pad}},`],
      `}${end}`,
    ]
  }
  if (style.modules === 'esm') {
    return [
      ...[`export async function up${parameters} {`, ...up, '}', ''],
      ...[`export async function down${parameters} {`, ...down, '}'],
    ]
  }
  return [
    ...[`exports.up = async ${parameters} => {`, ...up, `}${end}`, ''],
    ...[`exports.down = async ${parameters} => {`, ...down, `}${end}`],
  ]
}

/** Names of Sequelize's that the body uses and no parameter brings. */
function importLines(style: FileStyle, body: string): readonly string[] {
  const brought = style.call === 'context' ? null : isTyped(style) ? typedParameter(style) : style.library
  const used = ['DataTypes', 'Deferrable', 'Sequelize'].filter(
    (name) => name !== brought && new RegExp(`(?<![.\\w])${name}\\.`).test(body),
  )
  const from = jsString('sequelize', style)
  const isModule = style.modules === 'esm' || isTyped(style)
  const names = `{ ${used.join(', ')} }`
  const values = isModule
    ? `import ${names} from ${from}${endOf(style)}`
    : `const ${names} = require(${from})${endOf(style)}`
  return [...(isTyped(style) ? [typeImport(style, used)] : []), ...(used.length > 0 ? [values] : [])]
}

/** A data type of the parameter is typed by Sequelize's own type alone where DataTypes are not imported. */
function typedParameter({ library }: FileStyle): string | null {
  return library === 'Sequelize' ? library : null
}

function typeImport(style: FileStyle, values: readonly string[]): string {
  const needsTypes = handsLibrary(style) && !values.includes('DataTypes')
  const names = [...(needsTypes ? ['DataTypes'] : []), 'QueryInterface']
  return `import type { ${names.join(', ')} } from ${jsString('sequelize', style)}${endOf(style)}`
}

function handsLibrary(style: FileStyle): boolean {
  return style.call === 'arguments' && typedParameter(style) !== null
}

/**
 * What sequelize-cli hands over has the data types on Sequelize, and takes keys of indexes with an order and foreign
 * keys to several columns: more than the types of Sequelize 6 say.
 */
function typeLines(style: FileStyle): readonly string[] {
  const end = endOf(style)
  const quoted = (text: string) => jsString(text, style)
  const pad = padding(2, style)
  const library = `type Library = typeof import(${quoted('sequelize')}) & typeof DataTypes${end}`
  return [
    ...(handsLibrary(style) ? [library] : []),
    `type Queries = Omit<QueryInterface, ${quoted('addConstraint')} | ${quoted('addIndex')}> & {`,
    `${pad}addConstraint(table: unknown, options: object): Promise<void>${end}`,
    `${pad}addIndex(table: unknown, fields: readonly unknown[], options: object): Promise<void>${end}`,
    `}${end}`,
  ]
}

function parametersOf(style: FileStyle): string {
  const { call, queryInterface, library } = style
  const typed = isTyped(style)
  if (call === 'context') {
    return `{ context: ${queryInterface} }${typed ? ': { context: Queries }' : ''}`
  }
  if (!typed) return `${queryInterface}, ${library}`
  return handsLibrary(style) ? `${queryInterface}: Queries, Sequelize: Library` : `${queryInterface}: Queries`
}
