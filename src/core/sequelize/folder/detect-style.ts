import { settled } from '../file-style.ts'
import { type FileHabits, textHabits } from './file-habits.ts'
import type { Service } from './find-services.ts'
import { type FolderFiles, joinPath, nameOf, textOf } from './folder-files.ts'
import { nameHabits } from './name-habits.ts'
import { type FolderStyle, type StyleSetting, usualStyle } from './style.ts'

/** A folder's style and how sure each of its settings is. */
export interface DetectedStyle {
  readonly style: FolderStyle
  /** A setting that no file shows anything of is absent: sequelize-cli's own way was taken. */
  readonly votes: ReadonlyMap<StyleSetting, Votes>
}

/** "9 of 12 files". */
export interface Votes {
  readonly agreeing: number
  readonly voting: number
}

/**
 * How the migrations of a service are written: for each setting what most of its files do, and of as many the newest.
 * What cannot be read shows nothing. A service without migrations is written as sequelize-cli would.
 */
export function detectStyle(
  files: FolderFiles,
  { migrations, root }: Pick<Service, 'migrations' | 'root'>,
): DetectedStyle {
  const habits: readonly FileHabits[] = migrations.map((path) => ({
    ...nameHabits(nameOf(path)),
    ...textHabits(textOf(files, path) ?? ''),
  }))
  const votes = new Map<StyleSetting, Votes>()
  const most = <S extends StyleSetting>(
    setting: S,
    voters = habits,
    otherwise = usualStyle[setting],
  ): FolderStyle[S] => {
    const counts = new Map<FolderStyle[S], number>()
    for (const habit of voters.toReversed()) {
      const value = habit[setting]
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    const [first] = [...counts].toSorted(([, a], [, b]) => b - a)
    if (!first) return otherwise
    votes.set(setting, { agreeing: first[1], voting: [...counts.values()].reduce((sum, n) => sum + n, 0) })
    return first[0]
  }
  const numbering = most('numbering')
  const numbered = habits.filter((habit) => habit.numbering === numbering)
  const separator = most('separator', numbered)
  const ending = most('ending')
  const alike = habits.filter((habit) => habit.ending === ending)
  const usualModules = isModulePackage(files, root) && ending !== 'cjs' ? 'esm' : 'commonjs'
  const modules = most('modules', alike, usualModules)
  const sameModules = alike.filter((habit) => habit.modules === modules)
  const style = settled<FolderStyle>({
    numbering,
    // Numbers grow longer (9, 10): the newest says how long they are.
    shape: numbering === 'number' ? (numbered.at(-1)?.shape ?? '') : most('shape', numbered),
    separator,
    words: most('words', habits, separator.startsWith('_') ? 'snake' : 'kebab'),
    ending,
    modules,
    exports: most('exports', sameModules),
    call: most('call', alike),
    queryInterface: most('queryInterface'),
    library: most('library'),
    strict: most('strict', habits, false),
    typeComment: most('typeComment'),
    transactions: most('transactions'),
    indent: most('indent'),
    quotes: most('quotes'),
    semicolons: most('semicolons'),
    columns: most('columns'),
    timestamps: most('timestamps'),
    paranoid: most('paranoid'),
  })
  return { style, votes }
}

function isModulePackage(files: FolderFiles, root: string): boolean {
  const text = textOf(files, joinPath(root, 'package.json') ?? '') ?? ''
  return /"type"\s*:\s*"module"/.test(text)
}
