import type { Conflict } from '../../core/diff/rebase-conflicts.ts'
import { fieldOf } from '../../core/kinds/field-access.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import { displayPgType, isPgType } from '../../core/model/pg-type.ts'
import type { RebaseOutcome } from '../../state/folder-rebase.ts'

interface DiskChanges {
  readonly added: readonly string[]
  readonly edited: readonly string[]
  readonly removed: readonly string[]
}

/** "Files of shop on disk: 2 new (004-slug.js, 005-tags.js), 1 changed (001-users.js). …" */
export function changesSentence(folder: string, { added, edited, removed }: DiskChanges): string {
  const part = (paths: readonly string[], word: string) =>
    paths.length === 0 ? [] : [`${paths.length} ${word} (${namesOf(paths)})`]
  const parts = [...part(added, 'new'), ...part(edited, 'changed'), ...part(removed, 'removed')]
  const count = added.length + edited.length + removed.length
  return `Files of ${folder} on disk: ${parts.join(', ')}. The schema was read without ${
    count === 1 ? 'this' : 'these'
  }.`
}

const mostNamed = 3

function namesOf(paths: readonly string[]): string {
  const names = paths.map((path) => path.slice(path.lastIndexOf('/') + 1))
  const more = names.length - mostNamed
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** What taking the files in left behind, in sentences; empty: nothing. */
export function rebaseSentences({ fallen, left }: Pick<RebaseOutcome, 'fallen' | 'left'>): string {
  const of = (isThere: boolean) => left.filter((one) => one.isThere === isThere).map(({ title }) => title)
  const [files, drawn] = [of(true), of(false)]
  const parts = [
    ...(fallen.length === 0 ? [] : [`What they rested on is gone: ${fallen.join(', ')}.`]),
    ...(files.length === 0
      ? []
      : [`Listed as files of the folder from now on, without their proofs: ${files.join(', ')}.`]),
    ...(drawn.length === 0
      ? []
      : [`Not among the files, so drawn and pending again, without their proofs: ${drawn.join(', ')}.`]),
  ]
  return parts.length === 0 ? '' : `${parts.join(' ')} Undo brings them back.`
}

/** What happened on both sides, in a sentence. */
export const conflictWords: Readonly<Record<Conflict['type'], string>> = {
  'both changed': 'You and the files changed it differently.',
  'both added': 'You and the files added it differently.',
  'I removed': 'You removed it; the files changed or use it.',
  'they removed': 'The files removed it; you changed or use it.',
}

/** A field's label and its value on both sides. */
export interface FieldRow {
  readonly label: string
  readonly mine: string
  readonly theirs: string
}

/** What the two sides have of the fields in conflict; of what one side removed, whether it is there. */
export function fieldRows(
  { type, fields, id }: Conflict,
  { mine, theirs }: { readonly mine: SchemaDocument; readonly theirs: SchemaDocument },
): readonly FieldRow[] {
  const [drawn, come] = [mine.objects.get(id), theirs.objects.get(id)]
  if (type === 'I removed') return [{ label: '', mine: 'Removed', theirs: 'Kept' }]
  if (type === 'they removed') return [{ label: '', mine: 'Kept', theirs: 'Removed' }]
  return fields.map((name) => ({
    label: labelOf(name, drawn),
    mine: drawn ? textOf(drawn, name, mine) : '',
    theirs: come ? textOf(come, name, theirs) : '',
  }))
}

function labelOf(name: string, object: ObjectBase | undefined): string {
  return (object && fieldOf(kindOf(object), name)?.label) ?? (name === 'parent' ? 'Place' : name)
}

function textOf(object: ObjectBase, name: string, { objects }: SchemaDocument): string {
  const value: unknown = Reflect.get(object, name)
  const nameOf = (id: string) => objects.get(id)?.name ?? id
  if (value === null || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isPgType(value)) return displayPgType(value, nameOf)
  const named = fieldOf(kindOf(object), name)?.references?.map(value, nameOf) ?? value
  if (name === 'parent' && typeof named === 'string') return nameOf(named)
  return typeof named === 'string' ? named : JSON.stringify(named)
}
