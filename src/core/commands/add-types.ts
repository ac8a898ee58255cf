import type { CompositeType } from '../kinds/composite-type/composite-type.kind.ts'
import type { Domain } from '../kinds/domain/domain.kind.ts'
import type { MaterializedView } from '../kinds/materialized-view/materialized-view.kind.ts'
import { storedAsUsual } from '../kinds/storage.ts'
import type { SchemaDocument } from '../model/document.ts'
import { applyPatch, type Patch, patchBetween } from '../model/patch.ts'
import { pgType } from '../model/pg-type.ts'
import { type AddObject, addInNamespace } from './add-objects.ts'
import { addAttribute } from './add-own-parts.ts'

/** A domain over text that forbids nothing yet. */
export function addDomain(document: SchemaDocument, args: AddObject): Patch {
  return addInNamespace(
    document,
    args,
    'domain',
    'new_domain',
    (base): Domain => ({
      ...base,
      kind: 'domain',
      type: pgType('text'),
      collation: null,
      default: null,
      notNull: false,
    }),
  )
}

/** A composite type with one attribute. */
export function addCompositeType(document: SchemaDocument, args: AddObject): Patch {
  const type = addInNamespace(
    document,
    args,
    'composite type',
    'new_type',
    (base): CompositeType => ({ ...base, kind: 'composite type' }),
  )
  const made = applyPatch(document, type)
  return patchBetween(document, applyPatch(made, addAttribute(made, { id: args.newId(), type: args.id })))
}

/** A materialized view of one row. */
export function addMaterializedView(document: SchemaDocument, args: AddObject): Patch {
  return addInNamespace(
    document,
    args,
    'materialized view',
    'new_materialized_view',
    (base): MaterializedView => ({
      ...base,
      kind: 'materialized view',
      query: 'SELECT 1 AS one',
      populated: true,
      with: [],
      ...storedAsUsual,
    }),
  )
}
