import type { FileHabits } from './file-habits.ts'
import type { FolderStyle } from './style.ts'

/** A migration's file name in its parts. */
export interface NameParts {
  /** `20230105101500`, `001`, `2021.03.04T10.20.30`, `V1`; empty without one. */
  readonly number: string
  readonly separator: string
  readonly words: string
  /** Without its dot: `js`. */
  readonly ending: string
}

/** A date with marks between its parts, a date and a time, or digits behind a few letters. */
const leadingNumber =
  /^(?:\d{4}([-._])\d\d\1\d\d(?:[-_T]\d\d(?:[-._]?\d\d){1,2})?|\d{8}[-_T]\d{6}|[A-Za-z]{0,3}\d+)(?=[-_.]|$)/

/** Takes a file name apart. */
export function nameParts(fileName: string): NameParts {
  const [, stem = fileName, ending = ''] = /^(.*?)\.([cm]?[jt]s)$/.exec(fileName) ?? []
  const number = leadingNumber.exec(stem)?.[0] ?? ''
  const rest = stem.slice(number.length)
  const separator = number === '' ? '' : (/^[-_.]+/.exec(rest)?.[0] ?? '')
  return { number, separator, words: rest.slice(separator.length), ending }
}

/** What the name of a migration shows. */
export function nameHabits(fileName: string): FileHabits {
  const { number, separator, words, ending } = nameParts(fileName)
  return {
    numbering: numberingOf(number),
    shape: number.replace(/\d/g, '#'),
    separator: separators.find((known) => known === separator),
    words: wordsOf(words),
    ending: endings.find((known) => known === ending),
  }
}

const separators: readonly FolderStyle['separator'][] = ['-', '_', '__', '.']
const endings: readonly FolderStyle['ending'][] = ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts']

function numberingOf(number: string): FolderStyle['numbering'] {
  if (number === '') return 'none'
  const digits = number.replace(/\D/g, '')
  if (/^(19|20)\d\d[01]\d[0-3]\d/.test(digits) && [8, 12, 14].includes(digits.length)) return 'stamp'
  return digits === number && /^1\d{9}(\d{3})?$/.test(digits) ? 'epoch' : 'number'
}

/** Nothing where one word shows nothing. */
function wordsOf(words: string): FolderStyle['words'] | undefined {
  if (words.includes('-')) return 'kebab'
  if (words.includes('_')) return 'snake'
  if (/^[a-z][a-z0-9]*[A-Z]/.test(words)) return 'camel'
  return /^[A-Z][a-z0-9]+[A-Z]/.test(words) ? 'pascal' : undefined
}
