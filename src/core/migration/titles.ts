import { fieldOf } from '../kinds/field-access.ts'
import { kindOf, nounOf } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { defaultSchemaName, namespaceOf } from '../sql/names.ts'
import type { Step } from './plan.ts'
import { groupOf } from './scopes.ts'

/** The object's name for a sentence: `contacts`, `contacts.email`, `app.orders`. Not SQL: never quoted. */
export function spokenName(object: ObjectBase, schema: Schema): string {
  const group = groupOf(object, schema)
  const namespace = namespaceOf(group, schema)
  const top =
    namespace === null || namespace === defaultSchemaName ? group.name : `${namespace}.${group.name}`
  if (group === object) return top
  return kindOf(object).mentionedBy === 'siblings' ? `${top}.${object.name}` : `${object.name} on ${top}`
}

/** One sentence that says what a step does: "Add column contacts.full_name". */
export function stepTitle(
  action: Step['action'],
  from: ObjectBase,
  to: ObjectBase,
  fields: readonly string[],
  schema: Schema,
): string {
  const kind = kindOf(from)
  const label = nounOf(from)
  const name = spokenName(from, schema)
  const isPart = groupOf(from, schema) !== from
  switch (action) {
    case 'create':
      return `${isPart ? 'Add' : 'Create'} ${label} ${name}`
    case 'drop':
      return `Drop ${label} ${name}`
    case 'rename':
      return `Rename ${label} ${name} to ${to.name}`
    case 'move':
      return `Move ${label} ${name} to schema ${to.parent === null ? '' : (schema.get(to.parent)?.name ?? '')}`
    case 'hand over': {
      const heir = `${nounOf(to)} ${spokenName(to, schema)}`
      return `Move what is in ${label} ${name} to ${heir === `${label} ${name}` ? 'the new one' : heir}`
    }
    case 'become':
      return `Turn ${label} ${name} into ${nounOf(to)} ${spokenName(to, schema)}`
    case 'fill':
      return `Fill ${name} in batches`
    case 'alter': {
      if (fields.length === 0) return `Set ${label} ${name} aside`
      const [only = '', ...more] = fields
      const rule = more.length > 0 ? undefined : fieldOf(kind, only)?.alter
      const verb = rule && rule !== 'replace' ? rule.verb?.(from, to) : undefined
      if (verb !== undefined) return `${verb} ${label} ${name}`
      const labels = fields.map((field) => (fieldOf(kind, field)?.label ?? field).toLowerCase())
      return `Change ${labels.join(' and ')} of ${label} ${name}`
    }
  }
}
