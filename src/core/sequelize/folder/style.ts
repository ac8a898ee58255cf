import { type FileStyle, usualFile } from '../file-style.ts'

/** How a folder's migrations are named and written, so that the next one looks like its neighbours. */
export interface FolderStyle extends FileStyle {
  /** `stamp`: a date, in UTC; `epoch`: seconds or milliseconds since 1970; `number`: the next one; `none`: no number. */
  readonly numbering: 'stamp' | 'epoch' | 'number' | 'none'
  /** The number with `#` for each digit: `###`, `##############`, `####.##.##T##.##.##`, `V#`. Empty for `none`. */
  readonly shape: string
  /** Between the number and the words. */
  readonly separator: '-' | '_' | '__' | '.'
  readonly words: 'kebab' | 'snake' | 'camel' | 'pascal'
  /** How the folder's tables name their columns. */
  readonly columns: 'snake' | 'camel'
  /** Whether new tables are given `created_at` and `updated_at` (`createdAt`, `updatedAt`). */
  readonly timestamps: boolean
  /** Whether new tables are given `deleted_at` (`deletedAt`). */
  readonly paranoid: boolean
}

export type StyleSetting = keyof FolderStyle

/** How sequelize-cli writes. */
export const usualStyle: FolderStyle = {
  ...usualFile,
  numbering: 'stamp',
  shape: '#'.repeat(14),
  separator: '-',
  words: 'kebab',
  columns: 'snake',
  timestamps: false,
  paranoid: false,
}

/** The values that a person can choose of each setting but `shape`, which is text: see `isShape`. */
export const styleChoices: { readonly [S in Exclude<StyleSetting, 'shape'>]: readonly FolderStyle[S][] } = {
  numbering: ['stamp', 'epoch', 'number', 'none'],
  separator: ['-', '_', '__', '.'],
  words: ['kebab', 'snake', 'camel', 'pascal'],
  ending: ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'],
  modules: ['commonjs', 'esm'],
  exports: ['object', 'members'],
  call: ['arguments', 'context'],
  queryInterface: ['queryInterface', 'qi'],
  library: ['Sequelize', 'DataTypes'],
  strict: [true, false],
  typeComment: [true, false],
  transactions: ['always', 'several'],
  indent: ['  ', '    ', '\t'],
  quotes: ['single', 'double'],
  semicolons: [true, false],
  columns: ['snake', 'camel'],
  timestamps: [true, false],
  paranoid: [true, false],
}

/** True for what can be the shape of numbers: up to three letters, then digits with marks of dates between. */
export function isShape(text: string): boolean {
  return /^[A-Za-z]{0,3}#(?:[-._T]?#)*$/.test(text)
}
