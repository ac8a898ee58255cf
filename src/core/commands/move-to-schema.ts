import { isColumn } from '../kinds/column/column.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isSchemaObject, type SchemaObject } from '../kinds/schema/schema.kind.ts'
import { isSequence } from '../kinds/sequence/sequence.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { rewritten } from './rename.ts'
import { rewriteNamespace } from './rewrite-names.ts'

interface MoveToSchema {
  readonly objects: readonly ObjectId[]
  /** The schema (namespace) they go to. */
  readonly namespace: ObjectId
}

/**
 * Moves objects to another schema, sequences that columns of a table own with it (as ALTER TABLE … SET SCHEMA does),
 * and writes the new place into the expressions that name them. Function bodies are text and stay as they are.
 */
export function moveToSchema(document: SchemaDocument, { objects, namespace }: MoveToSchema): Patch {
  const schema = schemaOf(document)
  const target = schema.need(namespace, isSchemaObject)
  const moved = objects
    .flatMap((id) => schema.get(id) ?? [])
    .filter((object) => schemasFor(object, schema).includes(target))
    .flatMap((object) => [object, ...ownedSequences(object.id, schema)])
    .filter((object) => object.parent !== target.id)
  return edit(document, (draft) => {
    for (const object of moved) {
      draft.put({ ...(draft.objects.get(object.id) ?? object), parent: target.id })
      const from = schema.get(object.parent ?? '')?.name ?? ''
      const kind = named(object)
      if (!kind) continue
      const rewrite = rewriteNamespace({ kind, name: object.name, from, to: target.name })
      for (const user of document.objects.values()) {
        const current = draft.objects.get(user.id) ?? user
        const next = rewritten(current, rewrite)
        if (next !== current) draft.put(next)
      }
    }
  })
}

/** The schemas that an object may live in, its own included; none for what goes where something else goes. */
export function schemasFor(object: ObjectBase, schema: Schema): readonly SchemaObject[] {
  const kind = kindOf(object)
  if (!kind.move || (kind.droppedWith?.(object) ?? null) !== null) return []
  return schema.children(null).filter(isSchemaObject)
}

function ownedSequences(table: ObjectId, schema: Schema): readonly ObjectBase[] {
  return schema
    .all(isSequence)
    .filter((sequence) => schema.find(sequence.ownedBy ?? undefined, isColumn)?.parent === table)
}

/** The kinds that expressions mention with their schema. */
function named({ kind }: ObjectBase): 'table' | 'view' | 'sequence' | 'function' | 'enum' | null {
  switch (kind) {
    case 'table':
    case 'view':
    case 'sequence':
    case 'function':
    case 'enum':
      return kind
    default:
      return null
  }
}
