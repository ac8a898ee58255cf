import type { Editor } from '../../core/kinds/kind.ts'
import { byteLength, maxNameBytes } from '../../core/sql/name-length.ts'

/** A value read from text, or a sentence that says why it is none. */
export type Parsed = { readonly value: unknown } | { readonly error: string }

/** The text that a field shows for its value. */
export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(String).join('\n')
  return String(value)
}

/** Letters that fit into one line of a field. */
const lineLength = 26

/** Whether a text needs more than a field's one line. */
export function isLongText(value: unknown): boolean {
  return typeof value === 'string' && (value.length > lineLength || value.includes('\n'))
}

/** Reads what was typed into a field. Only what no database could take is refused: the rest PostgreSQL judges. */
export function parseFieldText(text: string, editor: Editor, valid: (value: unknown) => boolean): Parsed {
  switch (editor.type) {
    case 'name':
      return parseName(text)
    case 'number':
      return parseNumber(text, valid)
    case 'texts':
      return { value: text.split('\n').filter((line) => line.trim() !== '') }
    default:
      if (text.trim() === '') return valid(null) ? { value: null } : emptyText(editor)
      return { value: editor.type === 'code' || editor.type === 'comment' ? text : text.trim() }
  }
}

function emptyText(editor: Editor): Parsed {
  return editor.type === 'text' || editor.type === 'comment'
    ? { value: '' }
    : { error: editor.type === 'expression' ? 'An expression is needed.' : 'Some code is needed.' }
}

function parseName(text: string): Parsed {
  if (text === '') return { error: 'A name is needed.' }
  const bytes = byteLength(text)
  if (bytes > maxNameBytes) {
    return { error: `PostgreSQL keeps ${maxNameBytes} bytes of a name; this one has ${bytes}.` }
  }
  return text.includes('\0') ? { error: 'A name has no zero byte.' } : { value: text }
}

function parseNumber(text: string, valid: (value: unknown) => boolean): Parsed {
  if (text.trim() === '') return valid(null) ? { value: null } : { error: 'A number is needed.' }
  const value = Number(text)
  return Number.isFinite(value) ? { value } : { error: `"${text.trim()}" is not a number.` }
}
