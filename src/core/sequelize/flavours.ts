import type { MigrationFile } from './migration-file.ts'

/** Who runs a migration file: sequelize-cli in CommonJS (`.js`, `.cjs`) or TypeScript, or Umzug 3 as an ES module. */
export type Flavour = 'js' | 'cjs' | 'typescript' | 'umzug'

/** What a person calls them; sequelize-cli's own is the one without a further word. */
export const migrationFormats = ['sequelize', 'cjs', 'typescript', 'umzug'] as const

/** What a migration can be written as. */
export const fileFormats = [...migrationFormats, 'sql'] as const
export type FileFormat = (typeof fileFormats)[number]

/** The flavour of a format; null for what is not Sequelize's. */
export function flavourOf(format: string): Flavour | null {
  const found = migrationFormats.find((name) => name === format)
  return found === 'sequelize' ? 'js' : (found ?? null)
}

/** Another frame around the same body. Throws for a text that `renderMigrations` did not write. */
export function inFlavour(file: MigrationFile, flavour: Flavour): MigrationFile {
  switch (flavour) {
    case 'js':
      return file
    case 'cjs':
      return { ...file, fileName: withEnding(file, 'cjs') }
    case 'typescript':
      return { ...file, fileName: withEnding(file, 'ts'), source: typeScript(file.source) }
    case 'umzug':
      return { ...file, fileName: withEnding(file, 'mjs'), source: esModule(file.source) }
  }
}

function withEnding({ fileName }: MigrationFile, ending: string): string {
  return fileName.replace(/\.js$/, `.${ending}`)
}

/**
 * What sequelize-cli hands over has the data types on Sequelize, and takes keys of indexes with an order and foreign
 * keys to several columns: more than the types of Sequelize 6 say.
 */
const library = `import type { DataTypes, QueryInterface } from 'sequelize';

type Library = typeof import('sequelize') & typeof DataTypes;
type Queries = Omit<QueryInterface, 'addConstraint' | 'addIndex'> & {
  addConstraint(table: unknown, options: object): Promise<void>;
  addIndex(table: unknown, fields: readonly unknown[], options: object): Promise<void>;
};`

function typeScript(source: string): string {
  // Functions that a file brings along are JavaScript.
  const unchecked = /^async function /m.test(source) ? ['// @ts-nocheck'] : []
  return reframed(source, [
    [/^'use strict';$/, [...unchecked, library].join('\n')],
    [/^module\.exports = \{$/, 'export default {'],
    [/^ {2}async up\(queryInterface, Sequelize\) \{$/, `  async up(${parameters}): Promise<void> {`],
    [/^ {2}async down\(queryInterface, Sequelize\) \{$/, `  async down(${parameters}): Promise<void> {`],
  ])
}

const parameters = 'queryInterface: Queries, Sequelize: Library'

function esModule(source: string): string {
  const framed = reframed(source, [
    [/^'use strict';$/, "import Sequelize from 'sequelize';"],
    [/^module\.exports = \{$/, 'const migration = {'],
    [/^ {2}async up\(queryInterface, Sequelize\) \{$/, '  async up(queryInterface) {'],
    [/^ {2}async down\(queryInterface, Sequelize\) \{$/, '  async down(queryInterface) {'],
  ])
  return `${framed}
/** Umzug 3 hands over { name, path, context }; the context is the queryInterface. */
export const up = ({ context }) => migration.up(context);
export const down = ({ context }) => migration.down(context);
`
}

const cliType = "/** @type {import('sequelize-cli').Migration} */"

/** Each line of the frame is there once, at the left or one level in: no line of a body is. */
function reframed(source: string, frame: readonly (readonly [RegExp, string])[]): string {
  const lines = source.split('\n').filter((line) => line !== cliType)
  for (const [pattern, text] of frame) {
    const at = lines.findIndex((line) => pattern.test(line))
    if (at < 0) throw new Error(`Not a rendered migration: it lacks ${pattern}`)
    lines[at] = text
  }
  return lines.join('\n')
}
