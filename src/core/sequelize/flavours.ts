import { type FileStyle, usualFile } from './file-style.ts'

/** Who runs a migration: sequelize-cli in CommonJS (`.js`, `.cjs`) or TypeScript, or Umzug 3 as an ES module. */
export const migrationFormats = ['sequelize', 'cjs', 'typescript', 'umzug'] as const
export type MigrationFormat = (typeof migrationFormats)[number]

/** What a migration can be written as. */
export const fileFormats = [...migrationFormats, 'sql'] as const
export type FileFormat = (typeof fileFormats)[number]

const styles: Readonly<Record<MigrationFormat, FileStyle>> = {
  sequelize: usualFile,
  cjs: { ...usualFile, ending: 'cjs' },
  typescript: { ...usualFile, ending: 'ts', modules: 'esm' },
  umzug: { ...usualFile, ending: 'mjs', modules: 'esm', exports: 'members', call: 'context' },
}

/** The style of a format; null for what is not Sequelize's. */
export function styleOf(format: string): FileStyle | null {
  const known = migrationFormats.find((name) => name === format)
  return known ? styles[known] : null
}
