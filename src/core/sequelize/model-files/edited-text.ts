import type { CodeStyle } from '../code-style.ts'
import { isWord, type Source, sourceOf } from './js-structure.ts'
import { restyled } from './restyle.ts'

/** What a person has to write, because the place for it was not found for sure. */
export interface HandEdit {
  readonly what: string
  /** Code to paste; null where something is to be taken out. */
  readonly code: string | null
}

/** A file while it is edited. */
export interface EditedText {
  readonly text: string
  readonly byHand: readonly HandEdit[]
}

/** One edit of a source; null where its place is not found for sure. */
export type TextEdit = (source: Source) => string | null

/** Edits the file, or says what is left to a person. */
export function edited(file: EditedText, edit: TextEdit, otherwise: HandEdit): EditedText {
  const source = sourceOf(file.text)
  const text = source && edit(source)
  return text === null ? byHand(file, otherwise) : { ...file, text }
}

export function byHand(file: EditedText, edit: HandEdit): EditedText {
  return { ...file, byHand: [...file.byHand, edit] }
}

const typeNames =
  /^(STRING|TEXT|CHAR|CITEXT|INTEGER|BIGINT|SMALLINT|FLOAT|REAL|DOUBLE|DECIMAL|BOOLEAN|DATE|DATEONLY|TIME|UUID|JSON|JSONB|BLOB|ENUM|ARRAY|VIRTUAL)$/

/** Code as Relata writes it, with the file's own words for the data types and the connection, in its style. */
export function codeFor(source: string, code: string, style: CodeStyle): string {
  const file = sourceOf(source)
  if (!file) return code
  const has = (word: string) => file.tokens.some((_, at) => isWord(file, at, word))
  const types = has('DataTypes') ? 'DataTypes' : typesWord(file)
  const literal = has('sequelize') || !has('Sequelize') ? 'sequelize.' : 'Sequelize.'
  const named = code
    .replaceAll(/\bDataTypes\./g, `${types}.`)
    .replaceAll(/\bsequelize\.(?=literal\()/g, literal)
  return restyled(named, style)
}

/** What most data types of the file are members of. */
function typesWord({ tokens }: Source): string {
  const counts = new Map<string, number>()
  for (const [at, { text }] of tokens.entries()) {
    const isType = typeNames.test(text) && tokens[at - 1]?.text === '.'
    const word = tokens[at - 2]
    if (isType && word?.type === 'word') counts.set(word.text, (counts.get(word.text) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? 'DataTypes'
}
