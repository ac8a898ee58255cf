import { columnHolder } from '../kinds/column-holder.ts'
import { expressionsOf, fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { isType, kindOf } from '../kinds/registry.ts'
import { isRole } from '../kinds/role/role.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { namespaceOf } from '../sql/names.ts'
import { uniqueName } from '../sql/unique-name.ts'
import { NameRegister } from './naming.ts'
import { type Rewrite, rewriteColumn, rewriteRelation, rewriteSpecial } from './rewrite-names.ts'
import { withRoleRenamed } from './role-uses.ts'

interface Rename {
  readonly object: ObjectId
  readonly name: string
  /** Parts named after the object follow it: `contacts_pkey` → `people_pkey`. For what is in no database yet. */
  readonly withParts?: boolean
}

/**
 * Gives an object another name, and writes it into the expressions that use the old one: checks, index keys,
 * defaults, generated columns, trigger conditions and views. Function bodies are text and stay as they are.
 */
export function renameObject(document: SchemaDocument, { object: id, name, withParts }: Rename): Patch {
  const object = document.objects.get(id)
  if (!object) throw new Error(`No object ${id}`)
  return edit(document, (draft) => {
    draft.put({ ...object, name })
    if (name === object.name) return
    const schema = schemaOf(document)
    for (const user of document.objects.values()) {
      if (kindOf(user).namedAfter?.(user) === id) draft.put({ ...user, name })
      const rewrite = rewriteFor(object, name, user, schema)
      if (!rewrite) continue
      const current = draft.objects.get(user.id) ?? user
      const next = rewritten(current, rewrite)
      if (next !== current) draft.put(next)
    }
    if (isRole(object)) {
      for (const user of document.objects.values()) {
        const next = withRoleRenamed(user, object.name, name)
        if (next !== user) draft.put(next)
      }
    }
    if (!withParts) return
    const names = new NameRegister(schema)
    for (const part of schema.children(id)) {
      if (!part.name.startsWith(`${object.name}_`)) continue
      const current = draft.objects.get(part.id) ?? part
      const followed = `${name}${part.name.slice(object.name.length)}`
      draft.put({ ...current, name: uniqueName(followed, names.taken(part.kind, id)) })
    }
  })
}

/** How expressions of `user` are rewritten; null when they cannot mean the renamed object. */
function rewriteFor(object: ObjectBase, name: string, user: ObjectBase, schema: Schema): Rewrite | null {
  const old = object.name
  switch (object.kind) {
    case 'column': {
      const table = schema.get(object.parent ?? '')
      if (!table) return null
      const inside = [user.id, user.parent].some((id) => columnHolder(id, schema) === table.id)
      if (!inside && user.kind !== 'view') return null
      if (inside) return rewriteColumn(old, name, table.name, { unqualified: true, keepsOutput: false })
      const rivals = otherOwners(object, table, user, schema)
      return rewriteColumn(old, name, table.name, { unqualified: !rivals, keepsOutput: true })
    }
    case 'table':
    case 'view':
      return rewriteRelation(old, name, namespaceOf(object, schema))
    case 'schema':
    case 'sequence':
    case 'function':
      return rewriteSpecial(object.kind, old, name)
    default:
      return isType(object) ? rewriteSpecial('type', old, name) : null
  }
}

/** True when another table that the view names has a column of the same name, so that a bare name is not ours. */
function otherOwners(column: ObjectBase, table: ObjectBase, view: ObjectBase, schema: Schema): boolean {
  const text = expressionsOf(view, kindOf(view)).join('\n').toLowerCase()
  for (const other of schema.document.objects.values()) {
    if (other.kind !== 'column' || other.name !== column.name || other.parent === table.id) continue
    const owner = schema.get(other.parent ?? '')
    if (owner && text.includes(owner.name.toLowerCase())) return true
  }
  return false
}

/** The object with its expressions rewritten; itself where that changes nothing. */
export function rewritten(object: ObjectBase, rewrite: Rewrite): ObjectBase {
  let next = object
  for (const [name, field] of fieldsOf(kindOf(object))) {
    if (!field.expressions) continue
    const value = readField(next, name)
    let changed = false
    const mapped = field.expressions.map(value, (text) => {
      const result = rewrite(text)
      if (result !== text) changed = true
      return result
    })
    if (changed) next = withField(next, name, mapped)
  }
  return next
}
