import { fieldOf, fieldsOf, readField } from '../../core/kinds/field-access.ts'
import { isTexts } from '../../core/kinds/fields.ts'
import { indexKind, isIndex } from '../../core/kinds/index/index.kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import { sameValue } from '../../core/model/equality.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import { isPgType } from '../../core/model/pg-type.ts'
import type { Schema } from '../../core/model/schema.ts'
import { typeName } from '../../core/sql/names.ts'

/**
 * A change in a line: "jsonb, not null, default '{}'" for what is new, "type varchar(50) → lead_source" for what is
 * otherwise than before. `schema` has the object that is described, `before` the old one.
 */
export function summaryOfChange(
  old: ObjectBase | undefined,
  now: ObjectBase | undefined,
  schema: Schema,
  before: Schema,
): string {
  if (old && now) return differences(old, now, schema, before)
  const object = now ?? old
  return object ? described(object, schema) : ''
}

function differences(old: ObjectBase, now: ObjectBase, schema: Schema, before: Schema): string {
  const parts = fieldsOf(kindOf(now)).flatMap(([name, field]) => {
    const from = readField(old, name)
    const to = readField(now, name)
    if (field.compared === false || field.derived || sameValue(from, to)) return []
    const label = field.label.toLowerCase()
    if (field.editor.type === 'code' || field.editor.type === 'comment') return [`${label} changed`]
    if (isRecord(from) && isRecord(to)) {
      return Object.keys(to)
        .filter((part) => !sameValue(from[part], to[part]))
        .map((part) => `${label} ${part} ${shown(from[part], before)} → ${shown(to[part], schema)}`)
    }
    return [`${label} ${shown(from, before)} → ${shown(to, schema)}`]
  })
  return parts.length === 0 ? 'rebuilt' : parts.join(', ')
}

function described(object: ObjectBase, schema: Schema): string {
  if (isIndex(object)) {
    const keys = object.keys.map((key) => schema.get(key.column ?? '')?.name ?? `(${key.expression ?? ''})`)
    const traits = [
      object.unique && indexKind.fields.unique.label.toLowerCase(),
      object.where !== null && 'partial',
    ].filter(Boolean)
    return [`${object.method} (${keys.join(', ')})`, ...traits].join(', ')
  }
  const fields = fieldsOf(kindOf(object)).toSorted(
    ([, a], [, b]) => rank(a.editor.type) - rank(b.editor.type),
  )
  const parts = fields.flatMap(([name, field]) => {
    const value = readField(object, name)
    if (field.compared === false || field.derived || ['name', 'comment', 'code'].includes(field.editor.type))
      return []
    if (value === null || value === false || value === '') return []
    if (Array.isArray(value) && value.length === 0) return []
    if (value === true)
      return [field.editor.type === 'boolean' ? (field.editor.on ?? field.label).toLowerCase() : '']
    if (field.editor.type === 'identity') return ['identity']
    if (field.editor.type === 'generated') return [generatedText(value)]
    if (field.editor.type === 'expression' && fieldOf(kindOf(object), 'type')) {
      return [`${field.label.toLowerCase()} ${shown(value, schema)}`]
    }
    return ['choice', 'sequence-options', 'number', 'hidden'].includes(field.editor.type)
      ? []
      : [shown(value, schema)]
  })
  const said = parts.filter((part) => part !== '').join(', ')
  return said || cut(columnNames(object, schema).join(', '))
}

/** A table that is new has its columns with it. */
function columnNames({ id }: ObjectBase, schema: Schema): readonly string[] {
  const columns = schema.children(id).filter((child) => kindOf(child).mentionedBy === 'siblings')
  return columns.map(({ name }) => name)
}

/** Type, then yes and no, then the rest in the kind's order: "jsonb, not null, default '{}'". */
function rank(editor: string): number {
  return editor === 'pg-type' ? 0 : editor === 'boolean' ? 1 : 2
}

function generatedText(value: unknown): string {
  const storage = typeof value === 'object' && value !== null && 'storage' in value ? value.storage : null
  return storage === 'virtual' ? 'generated, virtual' : 'generated, stored'
}

const longest = 60

function shown(value: unknown, schema: Schema): string {
  if (value === null || value === '') return 'none'
  if (isPgType(value)) return typeName(value, schema)
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (isTexts(value)) return value.map((entry) => schema.get(entry)?.name ?? entry).join(', ') || 'none'
  if (Array.isArray(value)) return cut(value.map((entry) => shown(entry, schema)).join(', '))
  if (isRecord(value)) {
    const said = Object.values(value).filter((part) => part !== null && part !== false && part !== '')
    return cut(said.map((part) => shown(part, schema)).join(' '))
  }
  return cut(schema.get(String(value))?.name ?? String(value).replace(/\s+/g, ' '))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isPgType(value)
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
